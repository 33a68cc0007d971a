// Checks of one object that a function has loaded, and statements that change one.
import { lastPart, wordsOf } from "../../base/words.js";
import type { Call, Expression, Statement, SyntaxNode } from "../../python/ast.js";
import { nodesIn } from "../../python/walk.js";
import { refusalOf } from "../protection/refusal.js";
import { dottedName } from "./access-checks.js";
import { namesAccessCheck, namesWrite } from "./access-words.js";
import { mentionsOwner } from "./lookups.js";

export interface Checked {
  readonly node: SyntaxNode;
  /** The variables that it asks about. */
  readonly about: ReadonlySet<string>;
}

const CHECKS_OBJECT = /^(check|require|requires|enforce|assert|verify|authorize|ensure|raise|must|deny)$/;

/** `require_access(user, project)`, `if project.owner != user: raise …`, `if not user.can_edit(project): …` */
export function checkOf(node: SyntaxNode): Checked | undefined {
  if (node.kind === "call") {
    const name = lastPart(dottedName(node.callee));
    const asks =
      CHECKS_OBJECT.test(wordsOf(name)[0] ?? "") && (namesAccessCheck(name, false) || /can|may/.test(name));
    return asks ? { node, about: namesIn(node.arguments.map(({ value }) => value)) } : undefined;
  }
  if (node.kind !== "if" || !("body" in node) || !refuses(node.body)) return undefined;
  const asks =
    mentionsOwner(node.test) || nodesIn([node.test]).some((each) => each.kind === "call" && asksRight(each));
  return asks ? { node: node.test, about: namesIn([node.test]) } : undefined;
}

function asksRight({ callee }: Call): boolean {
  const name = lastPart(dottedName(callee));
  return namesAccessCheck(name, true) || /(^|_)(can|may)_/.test(name);
}

/** `raise Http404`, `return JsonResponse(…, status=403)`, `abort(403)` */
function refuses(body: readonly Statement[]): boolean {
  const refusal = refusalOf(body);
  return refusal?.form === "raise" || refusal?.form === "abort" || refusal?.isForbidden === true;
}

/** The variables in `values`; the names of keyword arguments are none. */
export function namesIn(values: readonly Expression[]): ReadonlySet<string> {
  const nodes = nodesIn(values);
  const keywords = new Set<SyntaxNode>(
    nodes.flatMap((node) => (node.kind === "argument" && node.name ? [node.name] : [])),
  );
  return new Set(nodes.flatMap((node) => (node.kind === "name" && !keywords.has(node) ? [node.id] : [])));
}

/** `child.state = …`, `child.delete()`, `session.delete(child)` */
export function changes(node: SyntaxNode, name: string): boolean {
  if (node.kind === "assign")
    return node.targets.some((each) => each.kind === "attribute" && dottedName(each.object) === name);
  if (node.kind !== "expression") return false;
  const call = node.value.kind === "await" ? node.value.value : node.value;
  if (call.kind !== "call" || call.callee.kind !== "attribute") return false;
  const method = call.callee.name.id;
  if (dottedName(call.callee.object) === name) return namesWrite(method);
  return method === "delete" && call.arguments.some(({ value }) => dottedName(value) === name);
}
