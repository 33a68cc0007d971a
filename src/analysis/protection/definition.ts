// The definitions of a module: functions, classes and the module itself, each as a flat list of leaves.
import type {
  Argument,
  ClassDefinition,
  Decorator,
  FunctionDefinition,
  Statement,
  SyntaxNode,
} from "../../python/ast.js";
import { forEachChild } from "../../python/children.js";
import type { Module } from "../../python/module.js";
import { type Leaf, leavesOf } from "./leaf.js";
import { normalText } from "./normal-text.js";

export interface Definition {
  readonly module: Module;
  /** Dotted inside the module ("Shop.Order.delete"); "" for the module itself. */
  readonly name: string;
  readonly node: FunctionDefinition | ClassDefinition | undefined;
  readonly decorators: readonly Decorator[];
  readonly bases: readonly Argument[];
  readonly leaves: readonly Leaf[];
  /** Decorators, bases, parameters and annotations as normal text: what is evaluated where it stands. */
  readonly header: string;
  /** Everything of it as normal text. */
  readonly text: string;
}

/** By module: comparison, takeover and what a change touches all ask. */
const known = new WeakMap<Module, readonly Definition[]>();

/** All definitions of `module`, itself first. */
export function definitionsOf(module: Module): readonly Definition[] {
  const before = known.get(module);
  if (before) return before;
  const found = readDefinitions(module);
  known.set(module, found);
  return found;
}

function readDefinitions(module: Module): readonly Definition[] {
  const { syntax } = module;
  const found: Definition[] = [];

  function add(name: string, node: Definition["node"], body: readonly Statement[]): void {
    const leaves = leavesOf(syntax, body);
    const decorators = node?.decorators ?? [];
    const bases = node?.kind === "class" ? node.bases : [];
    const parameters = node?.kind === "function" ? node.parameters : [];
    const returns = node?.kind === "function" && node.returns ? [node.returns] : [];
    const outside = [...decorators, ...bases, ...parameters, ...returns];
    const sort = node?.kind === "function" && node.isAsync ? "async" : "";
    const header = [sort, ...outside.map((each) => normalText(syntax, each))].join("\n");
    const text = [header, ...leaves.map((leaf) => depthOf(leaf) + leaf.text)].join("\n");
    found.push({ module, name, node, decorators, bases, leaves, header, text });
    for (const inner of definitionsIn(body)) {
      add(name === "" ? inner.name.id : `${name}.${inner.name.id}`, inner, inner.body);
    }
  }

  add("", undefined, syntax.body);
  return found;
}

/** One sign for each block around a leaf: code that only stands in another block is other code. */
function depthOf({ owners }: Leaf): string {
  return owners.map(({ branch }) => (branch === "body" ? " " : "|")).join("");
}

/** The functions and classes that stand in `body`, at any depth but inside one another. */
function definitionsIn(body: readonly Statement[]): readonly (FunctionDefinition | ClassDefinition)[] {
  const found: (FunctionDefinition | ClassDefinition)[] = [];
  const visit = (node: SyntaxNode): void => {
    if (node.kind === "function" || node.kind === "class") found.push(node);
    else if (COMPOUND.has(node.kind)) forEachChild(node, visit, undefined);
  };
  for (const statement of body) visit(statement);
  return found;
}

const COMPOUND = new Set<SyntaxNode["kind"]>([
  "if",
  "for",
  "while",
  "with",
  "try",
  "except",
  "match",
  "case",
]);
