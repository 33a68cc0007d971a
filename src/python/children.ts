// The children of a syntax node, for passes that care about few kinds and must see the others through.
import { assertNever } from "../base/assert.js";
import type { SyntaxNode } from "./ast.js";

/**
 * Calls `visit` with every direct child of `node`, in the order of evaluation where that is plain, else of the source.
 * Long `a + b + …` and `elif` chains nest deeply: a pass that recurses follows `left` and a lone `otherwise` in a loop.
 */
export function forEachChild<Context>(node: SyntaxNode, visit: Visit<Context>, context: Context): void {
  switch (node.kind) {
    case "name":
    case "number":
    case "string":
    case "constant":
    case "unparsed":
    case "pass":
    case "break":
    case "continue":
      return;
    case "attribute":
      one(node.object, visit, context);
      one(node.name, visit, context);
      return;
    case "call":
      one(node.callee, visit, context);
      all(node.arguments, visit, context);
      return;
    case "argument":
      one(node.name, visit, context);
      one(node.value, visit, context);
      return;
    case "subscript":
      one(node.object, visit, context);
      one(node.index, visit, context);
      return;
    case "slice":
      one(node.lower, visit, context);
      one(node.upper, visit, context);
      one(node.step, visit, context);
      return;
    case "formatted":
      all(node.parts, visit, context);
      return;
    case "interpolation":
      one(node.value, visit, context);
      one(node.format, visit, context);
      return;
    case "unary":
      one(node.operand, visit, context);
      return;
    case "binary":
      one(node.left, visit, context);
      one(node.right, visit, context);
      return;
    case "boolean":
    case "comparison":
      all(node.operands, visit, context);
      return;
    case "conditional":
      one(node.test, visit, context);
      one(node.body, visit, context);
      one(node.otherwise, visit, context);
      return;
    case "walrus":
      one(node.value, visit, context);
      one(node.target, visit, context);
      return;
    case "lambda":
      all(node.parameters, visit, context);
      one(node.body, visit, context);
      return;
    case "parameter":
      one(node.name, visit, context);
      one(node.pattern, visit, context);
      one(node.annotation, visit, context);
      one(node.default, visit, context);
      return;
    case "display":
      all(node.elements, visit, context);
      return;
    case "dict":
      for (const { key, value } of node.entries) {
        one(key, visit, context);
        one(value, visit, context);
      }
      return;
    case "comprehension":
      all(node.clauses, visit, context);
      one(node.key, visit, context);
      one(node.element, visit, context);
      return;
    case "starred":
    case "await":
    case "yield":
    case "return":
    case "expression":
      one(node.value, visit, context);
      return;
    case "function":
      all(node.decorators, visit, context);
      one(node.name, visit, context);
      all(node.typeParameters, visit, context);
      all(node.parameters, visit, context);
      one(node.returns, visit, context);
      all(node.body, visit, context);
      return;
    case "class":
      all(node.decorators, visit, context);
      one(node.name, visit, context);
      all(node.typeParameters, visit, context);
      all(node.bases, visit, context);
      all(node.body, visit, context);
      return;
    case "decorator":
      one(node.expression, visit, context);
      return;
    case "typeParameter":
      one(node.name, visit, context);
      one(node.bound, visit, context);
      one(node.default, visit, context);
      return;
    case "delete":
      all(node.targets, visit, context);
      return;
    case "assign":
      one(node.annotation, visit, context);
      one(node.value, visit, context);
      all(node.targets, visit, context);
      return;
    case "augmented":
      one(node.target, visit, context);
      one(node.value, visit, context);
      return;
    case "for":
      one(node.iterable, visit, context);
      one(node.target, visit, context);
      if ("body" in node) {
        all(node.body, visit, context);
        all(node.otherwise, visit, context);
      }
      return;
    case "while":
      one(node.test, visit, context);
      all(node.body, visit, context);
      all(node.otherwise, visit, context);
      return;
    case "if":
      one(node.test, visit, context);
      if ("body" in node) {
        all(node.body, visit, context);
        all(node.otherwise, visit, context);
      }
      return;
    case "with":
      all(node.items, visit, context);
      all(node.body, visit, context);
      return;
    case "withItem":
      one(node.context, visit, context);
      one(node.target, visit, context);
      return;
    case "match":
      one(node.subject, visit, context);
      all(node.cases, visit, context);
      return;
    case "case":
      one(node.pattern, visit, context);
      one(node.guard, visit, context);
      all(node.body, visit, context);
      return;
    case "matchValue":
      one(node.value, visit, context);
      return;
    case "matchAs":
      one(node.pattern, visit, context);
      one(node.name, visit, context);
      return;
    case "matchStar":
      one(node.name, visit, context);
      return;
    case "matchOr":
    case "matchSequence":
      all(node.patterns, visit, context);
      return;
    case "matchMapping":
      for (const { key, pattern } of node.entries) {
        one(key, visit, context);
        one(pattern, visit, context);
      }
      one(node.rest, visit, context);
      return;
    case "matchClass":
      one(node.class, visit, context);
      all(node.positional, visit, context);
      for (const { name, pattern } of node.keywords) {
        one(name, visit, context);
        one(pattern, visit, context);
      }
      return;
    case "raise":
      one(node.exception, visit, context);
      one(node.cause, visit, context);
      return;
    case "try":
      all(node.body, visit, context);
      all(node.handlers, visit, context);
      all(node.otherwise, visit, context);
      all(node.finalizer, visit, context);
      return;
    case "except":
      one(node.type, visit, context);
      one(node.name, visit, context);
      all(node.body, visit, context);
      return;
    case "assert":
      one(node.test, visit, context);
      one(node.message, visit, context);
      return;
    case "import":
      all(node.names, visit, context);
      return;
    case "importFrom":
      if (node.names !== "*") all(node.names, visit, context);
      return;
    case "importedName":
      one(node.alias, visit, context);
      return;
    case "scope":
      all(node.names, visit, context);
      return;
    case "typeAlias":
      one(node.name, visit, context);
      all(node.typeParameters, visit, context);
      one(node.value, visit, context);
      return;
    case "print":
      one(node.file, visit, context);
      all(node.values, visit, context);
      return;
    case "exec":
      one(node.code, visit, context);
      one(node.globals, visit, context);
      one(node.locals, visit, context);
      return;
    default:
      assertNever(node);
  }
}

type Visit<Context> = (child: SyntaxNode, context: Context) => void;

function one<Context>(child: SyntaxNode | undefined, visit: Visit<Context>, context: Context): void {
  if (child !== undefined) visit(child, context);
}

function all<Context>(children: readonly SyntaxNode[], visit: Visit<Context>, context: Context): void {
  for (const child of children) visit(child, context);
}
