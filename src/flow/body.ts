// What all parts of the builder share while one body is built.
import type { Call, Expression, Statement, SyntaxNode, WithItem } from "../python/ast.js";
import { type Scope, storageOf } from "../python/scopes.js";
import type { BlockWriter, Label } from "./block-writer.js";
import type { BodyOwner } from "./cfg.js";
import type { Value, Variable } from "./instruction.js";

/** What somebody who knows the libraries can tell the builder. */
export interface CfgHooks {
  /** Does the manager of this `with` item swallow exceptions? Absent: `isKnownSuppressor`. */
  suppresses?(item: WithItem): boolean;
  /** Does this call end in an exception ("raise") or end the process ("stop") instead of returning? */
  neverReturns?(call: Call): "raise" | "stop" | undefined;
}

/** A body being built. `evaluate` and `execute` are here so that the parts need not import each other. */
export interface Body {
  readonly owner: BodyOwner;
  /** The scope inside `owner`. */
  readonly scope: Scope;
  readonly hooks: CfgHooks;
  readonly writer: BlockWriter;
  /** The names of `owner` met so far. */
  readonly variables: Map<string, Variable>;
  /** The comprehensions around what is being evaluated, innermost first. */
  comprehension: ComprehensionNames | undefined;
  /** What has to be done or is aimed at on the way out of the statement being written, innermost first. */
  enclosing: Enclosing | undefined;
  isGenerator: boolean;
  /** Instructions written in second and later copies of `finally` bodies. */
  copied: number;
  evaluate(expression: Expression): Value;
  execute(statements: readonly Statement[]): void;
}

/** The names that a comprehension binds for itself. */
export interface ComprehensionNames {
  readonly variables: Map<string, Variable>;
  readonly outer: ComprehensionNames | undefined;
}

export type Enclosing = Loop | Finalizer | Managed | CaughtName;

export interface Loop {
  readonly kind: "loop";
  readonly onBreak: Label;
  readonly onContinue: Label;
  readonly outer: Enclosing | undefined;
}

/** A `finally`. Ways out that pass it wait here until the `try` is written; then each gets its copy. */
export interface Finalizer {
  readonly kind: "finally";
  readonly ways: { readonly way: WayOut; readonly label: Label }[];
  readonly outer: Enclosing | undefined;
}

/** A `with` item that was entered. */
export interface Managed {
  readonly kind: "with";
  readonly manager: Value;
  readonly isAsync: boolean;
  readonly node: WithItem;
  readonly outerHandler: Label;
  readonly outer: Enclosing | undefined;
}

/** The name of `except … as name`, which Python unbinds at the end of the handler. */
export interface CaughtName {
  readonly kind: "caughtName";
  readonly variable: Variable;
  readonly node: SyntaxNode;
  readonly outer: Enclosing | undefined;
}

export type WayOut =
  | { readonly kind: "return"; readonly value: Value | undefined; readonly node: SyntaxNode }
  | { readonly kind: "break" | "continue"; readonly loop: Loop };

/** The variable that `name` means at this point of the body. */
export function variableOf(body: Body, name: string): Variable {
  for (let scope = body.comprehension; scope !== undefined; scope = scope.outer) {
    const variable = scope.variables.get(name);
    if (variable !== undefined) return variable;
  }
  return ownVariableOf(body, name);
}

/** The variable that `name` means outside the body's comprehensions: where `:=` binds. */
export function ownVariableOf(body: Body, name: string): Variable {
  const known = body.variables.get(name);
  if (known !== undefined) return known;
  const variable: Variable = { name, storage: storageOf(body.scope, name) };
  body.variables.set(name, variable);
  return variable;
}
