// Texts of folders that end without a separator, since what made them takes it away: `realpath(x)`, `str(path)`.
import { type Body, classOf } from "../../analysis/body.js";
import { calledName } from "../../analysis/calls/callees.js";
import { statementsOf } from "../../analysis/handlers/handlers.js";
import { dottedName } from "../../analysis/protection/dotted.js";
import type { Call, Expression, SyntaxNode } from "../../python/ast.js";
import { nodesIn, walk } from "../../python/walk.js";

/** Names within names: more than code has. */
const MAX_DEPTH = 4;

/** Is every text that `expression` may have seen to end without a separator (but for the root of the file system)? */
export function endsWithoutSeparator(body: Body, expression: Expression, depth = 0): boolean {
  if (depth > MAX_DEPTH) return false;
  const isBare = (each: Expression) => endsWithoutSeparator(body, each, depth + 1);
  switch (expression.kind) {
    case "call":
      return isBareCall(expression, isBare);
    case "name":
    case "attribute": {
      if (expression.kind === "attribute" && expression.name.id === "parent") return true;
      const written = writtenTo(body, expression);
      return written.length > 0 && written.every(isBare);
    }
    // Only paths as objects are divided.
    case "binary":
      return expression.operator === "/";
    case "conditional":
      return isBare(expression.body) && isBare(expression.otherwise);
    default:
      return false;
  }
}

const WITHOUT =
  /^(realpath|abspath|normpath|getcwd|getcwdu|dirname|mkdtemp|gettempdir|resolve|absolute|Path|PurePath)$/;
const AS_TEXT = /^(str|fspath|as_posix)$/;
const KEEPS = /^(normcase|expanduser|lower|decode|encode)$/;

function isBareCall(call: Call, isBare: (expression: Expression) => boolean): boolean {
  const name = calledName(call);
  const [first] = call.arguments;
  if (WITHOUT.test(name)) return true;
  if (AS_TEXT.test(name)) {
    const object = call.callee.kind === "attribute" && !first ? call.callee.object : first?.value;
    return object !== undefined && isBare(object);
  }
  if (!KEEPS.test(name)) return false;
  const kept = first?.value ?? (call.callee.kind === "attribute" ? call.callee.object : undefined);
  return kept !== undefined && isBare(kept);
}

/** What is written to the name or the field, by the statements that may do so: the function, its class, the module. */
function writtenTo(body: Body, target: Expression): readonly Expression[] {
  const name = dottedName(target);
  if (name === undefined) return [];
  const own = assigned(nodesIn(statementsOf(body)), name);
  if (own.length > 0) return own;
  if (target.kind === "name") {
    if (body.kind === "function" && body.definition.parameters.some(({ name: { id } }) => id === name))
      return [];
    return assigned(nodesIn(body.module.syntax.body), name);
  }
  const owner = classOf(body);
  return owner ? assigned(allNodesIn(owner.definition), name) : [];
}

/** Those of methods too. */
function allNodesIn(root: SyntaxNode): readonly SyntaxNode[] {
  const found: SyntaxNode[] = [];
  walk(root, (node) => {
    found.push(node);
    return true;
  });
  return found;
}

/** Every value that one of `nodes` writes to `name`; what is added to it (`name += os.sep`) counts as one. */
function assigned(nodes: readonly SyntaxNode[], name: string): readonly Expression[] {
  return nodes.flatMap((node) => {
    if (node.kind === "augmented") return dottedName(node.target) === name ? [node.value] : [];
    if (node.kind !== "assign" || !node.value) return [];
    return node.targets.some((target) => dottedName(target) === name) ? [node.value] : [];
  });
}
