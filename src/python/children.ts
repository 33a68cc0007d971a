// The children of a syntax node, for passes that care about few kinds and must see the others through.
import { assertNever } from "../base/assert.js";
import type { SyntaxNode } from "./ast.js";

/**
 * Calls `visit` with every direct child of `node`, in the order of evaluation where that is plain, else of the source.
 * Long `a + b + …` and `elif` chains nest deeply: a pass that recurses follows `left` and a lone `otherwise` in a loop.
 */
export function forEachChild<Context>(
  node: SyntaxNode,
  visit: (child: SyntaxNode, context: Context) => void,
  context: Context,
): void {
  const one = (child: SyntaxNode | undefined) => {
    if (child !== undefined) visit(child, context);
  };
  const all = (children: readonly SyntaxNode[]) => {
    for (const child of children) visit(child, context);
  };
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
      one(node.object);
      one(node.name);
      return;
    case "call":
      one(node.callee);
      all(node.arguments);
      return;
    case "argument":
      one(node.name);
      one(node.value);
      return;
    case "subscript":
      one(node.object);
      one(node.index);
      return;
    case "slice":
      one(node.lower);
      one(node.upper);
      one(node.step);
      return;
    case "formatted":
      all(node.parts);
      return;
    case "interpolation":
      one(node.value);
      one(node.format);
      return;
    case "unary":
      one(node.operand);
      return;
    case "binary":
      one(node.left);
      one(node.right);
      return;
    case "boolean":
    case "comparison":
      all(node.operands);
      return;
    case "conditional":
      one(node.test);
      one(node.body);
      one(node.otherwise);
      return;
    case "walrus":
      one(node.value);
      one(node.target);
      return;
    case "lambda":
      all(node.parameters);
      one(node.body);
      return;
    case "parameter":
      one(node.name);
      one(node.pattern);
      one(node.annotation);
      one(node.default);
      return;
    case "display":
      all(node.elements);
      return;
    case "dict":
      for (const { key, value } of node.entries) {
        one(key);
        one(value);
      }
      return;
    case "comprehension":
      all(node.clauses);
      one(node.key);
      one(node.element);
      return;
    case "starred":
    case "await":
    case "yield":
    case "return":
    case "expression":
      one(node.value);
      return;
    case "function":
      all(node.decorators);
      one(node.name);
      all(node.typeParameters);
      all(node.parameters);
      one(node.returns);
      all(node.body);
      return;
    case "class":
      all(node.decorators);
      one(node.name);
      all(node.typeParameters);
      all(node.bases);
      all(node.body);
      return;
    case "decorator":
      one(node.expression);
      return;
    case "typeParameter":
      one(node.name);
      one(node.bound);
      one(node.default);
      return;
    case "delete":
      all(node.targets);
      return;
    case "assign":
      one(node.annotation);
      one(node.value);
      all(node.targets);
      return;
    case "augmented":
      one(node.target);
      one(node.value);
      return;
    case "for":
      one(node.iterable);
      one(node.target);
      if ("body" in node) {
        all(node.body);
        all(node.otherwise);
      }
      return;
    case "while":
      one(node.test);
      all(node.body);
      all(node.otherwise);
      return;
    case "if":
      one(node.test);
      if ("body" in node) {
        all(node.body);
        all(node.otherwise);
      }
      return;
    case "with":
      all(node.items);
      all(node.body);
      return;
    case "withItem":
      one(node.context);
      one(node.target);
      return;
    case "match":
      one(node.subject);
      all(node.cases);
      return;
    case "case":
      one(node.pattern);
      one(node.guard);
      all(node.body);
      return;
    case "matchValue":
      one(node.value);
      return;
    case "matchAs":
      one(node.pattern);
      one(node.name);
      return;
    case "matchStar":
      one(node.name);
      return;
    case "matchOr":
    case "matchSequence":
      all(node.patterns);
      return;
    case "matchMapping":
      for (const { key, pattern } of node.entries) {
        one(key);
        one(pattern);
      }
      one(node.rest);
      return;
    case "matchClass":
      one(node.class);
      all(node.positional);
      for (const { name, pattern } of node.keywords) {
        one(name);
        one(pattern);
      }
      return;
    case "raise":
      one(node.exception);
      one(node.cause);
      return;
    case "try":
      all(node.body);
      all(node.handlers);
      all(node.otherwise);
      all(node.finalizer);
      return;
    case "except":
      one(node.type);
      one(node.name);
      all(node.body);
      return;
    case "assert":
      one(node.test);
      one(node.message);
      return;
    case "import":
      all(node.names);
      return;
    case "importFrom":
      if (node.names !== "*") all(node.names);
      return;
    case "importedName":
      one(node.alias);
      return;
    case "scope":
      all(node.names);
      return;
    case "typeAlias":
      one(node.name);
      all(node.typeParameters);
      one(node.value);
      return;
    case "print":
      one(node.file);
      all(node.values);
      return;
    case "exec":
      one(node.code);
      one(node.globals);
      one(node.locals);
      return;
    default:
      assertNever(node);
  }
}
