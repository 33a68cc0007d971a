// Checks that ask about one object now, while the other one that they asked about is still what something is done to.
import { wordsOf } from "../../base/words.js";
import type { Call, Expression } from "../../python/ast.js";
import { nodesIn } from "../../python/walk.js";
import type { DefinitionChange } from "./change.js";
import { dottedText } from "./checks.js";
import { dottedName } from "./dotted.js";
import { callsOf, type Leaf } from "./leaf.js";
import { type Loss, lossAt } from "./loss.js";
import { normalText } from "./normal-text.js";
import { lastNameOf } from "./pool.js";
import { says } from "./words.js";

/** `require_access(user, page)` is `require_access(user, document)` now, and what is deleted behind it is the page. */
export function otherObjects(change: DefinitionChange): readonly Loss[] {
  return [...change.rewritten].flatMap(([base, head]) => {
    const call = callsOf(base).find(asksAboutObject);
    const now = call && callsOf(head).find((each) => dottedText(each.callee) === dottedText(call.callee));
    if (!call || !now) return [];
    const swapped = swappedIn(call, base, now, head);
    if (!swapped) return [];
    const { before, instead } = swapped;
    const [was, is] = [rootOf(before), rootOf(instead)];
    if (was === undefined || is === undefined || was === is || areRelated(was, is, change)) return [];
    if (!isActedOn(was, head, change)) return [];
    const did = "asks about the object that is used";
    return [
      lossAt("weakened", {
        protection: "authorization",
        did,
        change,
        base,
        guard: before,
        head,
        exposed: instead,
      }),
    ];
  });
}

const ASKS =
  /^(check|require|requires|enforce|has|is|can|assert|verify|test|allow|allows|authorize|ensure|raise|must|may|deny)$/;
const RIGHTS =
  /^(perm|perms|permission|permissions|authorize|authorized|acl|role|privilege|policy|access|owner|ownership|member|membership|can|may|edit|view)$/;

/** `check_object_permissions(…)`, `raise_for_access(…)`, `assert_can_edit(…)`, `context.authorize(…)` */
function asksAboutObject({ callee }: Call): boolean {
  const name = lastNameOf(callee);
  return ASKS.test(wordsOf(name)[0] ?? "") && says(name, RIGHTS);
}

/** The only argument that another one stands for now, in its place. */
function swappedIn(
  call: Call,
  base: Leaf,
  now: Call,
  head: Leaf,
): { readonly before: Expression; readonly instead: Expression } | undefined {
  if (call.arguments.length !== now.arguments.length) return undefined;
  const pairs = call.arguments.flatMap(({ name, value }, at) => {
    const other = now.arguments[at]!;
    const isSame = normalText(base.syntax, value) === normalText(head.syntax, other.value);
    return isSame ? [] : [{ before: value, instead: other.value, isNamed: name?.id === other.name?.id }];
  });
  const [only] = pairs;
  return pairs.length === 1 && only?.isNamed ? only : undefined;
}

/** The variable that an expression is, or is a member of. */
function rootOf(value: Expression): string | undefined {
  const [root] = dottedName(value)?.split(".") ?? [];
  return root === "self" || root === "cls" ? undefined : root;
}

/** Is one of them made from the other, so that who may use the one may use both? */
function areRelated(one: string, other: string, { head }: DefinitionChange): boolean {
  const made = head.leaves.flatMap(({ node }) =>
    node.kind === "assign" && node.value && node.targets.some((target) => dottedName(target) !== undefined)
      ? [{ names: node.targets.map(dottedName), value: node.value }]
      : [],
  );
  const isMade = (name: string) => made.filter(({ names }) => names.includes(name));
  if (isMade(one).length === 0 || isMade(other).length === 0) return true;
  const reads = (value: Expression, name: string) =>
    nodesIn([value]).some((part) => part.kind === "name" && part.id === name);
  return (
    isMade(one).some(({ value }) => reads(value, other)) ||
    isMade(other).some(({ value }) => reads(value, one))
  );
}

/** Is `name` changed behind `check`: a statement calls its method, is given it, or sets its attribute? */
function isActedOn(name: string, check: Leaf, { head }: DefinitionChange): boolean {
  return head.leaves.slice(check.index + 1).some(({ node }) => {
    if (node.kind === "assign")
      return node.targets.some((target) => target.kind === "attribute" && rootOf(target) === name);
    if (node.kind !== "expression") return false;
    const call = node.value.kind === "await" ? node.value.value : node.value;
    if (call.kind !== "call") return false;
    const receiver = call.callee.kind === "attribute" ? rootOf(call.callee.object) : undefined;
    return receiver === name || call.arguments.some(({ value }) => dottedName(value) === name);
  });
}
