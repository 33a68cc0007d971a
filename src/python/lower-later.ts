// Functions whose bodies are lowered when they are first read.
import type {
  Decorator,
  Expression,
  FunctionDefinition,
  Name,
  Parameter,
  Statement,
  TypeParameter,
} from "./ast.js";
import type { Lowering } from "./lowering.js";
import type { DeferredBlock } from "./syntax-table.js";

export type FunctionHeader = Omit<FunctionDefinition, "reachesOut" | "body">;

/** The function with this header, whose body waits. */
export function deferredFunction(
  lowering: Lowering,
  block: DeferredBlock,
  header: FunctionHeader,
): FunctionDefinition {
  return new DeferredFunction(lowering, block, header);
}

/** A class, so that there is one getter: one for each node would give each node a shape of its own. */
class DeferredFunction implements FunctionDefinition {
  readonly kind = "function";
  readonly start: number;
  readonly end: number;
  readonly name: Name;
  readonly isAsync: boolean;
  readonly decorators: readonly Decorator[];
  readonly typeParameters: readonly TypeParameter[];
  readonly parameters: readonly Parameter[];
  declare readonly returns?: Expression;
  readonly reachesOut: boolean;
  readonly #lowering: Lowering;
  readonly #block: DeferredBlock;
  readonly #depth: number;
  #body: readonly Statement[] | undefined;

  constructor(lowering: Lowering, block: DeferredBlock, header: FunctionHeader) {
    this.start = header.start;
    this.end = header.end;
    this.name = header.name;
    this.isAsync = header.isAsync;
    this.decorators = header.decorators;
    this.typeParameters = header.typeParameters;
    this.parameters = header.parameters;
    if (header.returns !== undefined) this.returns = header.returns;
    this.reachesOut = block.reachesOut;
    this.#lowering = lowering;
    this.#block = block;
    this.#depth = lowering.depth;
    this.#body = undefined;
  }

  get body(): readonly Statement[] {
    this.#body ??= this.#lowering.later(this.#block, this.#depth);
    return this.#body;
  }
}
