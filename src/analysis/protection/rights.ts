// Calls that ask for a right, and that now ask about less: without the object, about another one, for a weaker right.
import { wordsOf } from "../../base/words.js";
import type { Call, Expression, SyntaxNode } from "../../python/ast.js";
import type { DefinitionChange } from "./change.js";
import { dottedText } from "./checks.js";
import { dottedName } from "./dotted.js";
import { callsOf, type Leaf } from "./leaf.js";
import { type Loss, lossAt } from "./loss.js";
import { normalText } from "./normal-text.js";
import { lastNameOf, type Pool } from "./pool.js";
import { mentions } from "./subject.js";
import { AUTHORIZATION, says } from "./words.js";

/** @param resigned whether the function of this name takes other parameters now */
export function weakenedRights(
  change: DefinitionChange,
  pool: Pool,
  resigned: (name: string) => boolean,
): readonly Loss[] {
  return [...change.rewritten].flatMap(([base, head]) => {
    if (base.node.kind === "import" || base.node.kind === "importFrom") return [];
    for (const call of callsOf(base)) {
      const loss = asksLess(call, base, head, change, resigned) ?? asksNobody(call, base, head, change, pool);
      if (loss) return [loss];
    }
    return [];
  });
}

function asksLess(
  call: Call,
  base: Leaf,
  head: Leaf,
  change: DefinitionChange,
  resigned: (name: string) => boolean,
): Loss | undefined {
  const name = lastNameOf(call.callee);
  if (!asksForRight(call) || resigned(name)) return undefined;
  const now = callsOf(head).find((each) => lastNameOf(each.callee) === name);
  if (!now) return undefined;
  const before = givenTo(call);
  const given = givenTo(now);
  const textOf = (leaf: Leaf) => (value: Expression) => normalText(leaf.syntax, value);
  const [old, fresh] = [before.map(textOf(base)), given.map(textOf(head))];
  const dropped = before.filter((value, at) => !fresh.includes(old[at]!) && isAbout(value));
  const added = given.filter((_, at) => !old.includes(fresh[at]!));
  const [lost] = dropped;
  if (!lost) return undefined;
  if (added.length === 0) return loss(base, lost, head, now, change, "names what the right is for");
  const [instead] = added;
  if (dropped.length !== 1 || added.length !== 1 || !instead) return undefined;
  if (before.length === given.length && isLocal(lost, change.base) && isGlobal(instead, change.head)) {
    return loss(base, lost, head, instead, change, "names the object that the right is for");
  }
  const [was, is] = [rankOf(lost), rankOf(instead)];
  if (was === undefined || is === undefined || was <= is) return undefined;
  return loss(base, lost, head, instead, change, "names the right");
}

function loss(
  base: Leaf,
  guard: SyntaxNode,
  head: Leaf,
  exposed: SyntaxNode,
  change: DefinitionChange,
  did: string,
): Loss {
  return lossAt("weakened", { protection: "authorization", did, change, base, guard, head, exposed });
}

const ASKS =
  /^(check|require|requires|enforce|has|is|can|assert|verify|test|allow|allows|authorize|get|demand|must)$/;

/** `has_permission(…)`, `req.perm(…).require(…)`, `get_matching_permissions(…)` */
function asksForRight({ callee }: Call): boolean {
  const [first = ""] = wordsOf(lastNameOf(callee));
  return says(dottedText(callee), RIGHTS) && ASKS.test(first);
}

const RIGHTS =
  /^(perm|perms|permission|permissions|authorize|authorized|acl|acls|role|roles|privilege|privileges|policy|access)$/;

/** The arguments of a call and of the calls that it is made on: of both in `req.perm(a).require(b)`. */
function givenTo({ callee, arguments: list }: Call): readonly Expression[] {
  let at: Expression = callee;
  while (at.kind === "attribute") at = at.object;
  return [...(at.kind === "call" ? givenTo(at) : []), ...list.map(({ value }) => value)];
}

/** Not who asks, nor what is said when it is refused. */
function isAbout(value: Expression): boolean {
  if (value.kind === "string") return /^[\w.:/*-]+$/.test(value.value);
  if (value.kind === "constant" || value.kind === "number" || value.kind === "formatted") return false;
  return !WHO.test(dottedText(value));
}

const WHO =
  /^((self|info|cls)\.)?(_?request|req|context|ctx|session|db|env|environ|user|current_user|userid|user_id|g|_|gettext|conn|using|auth_token|token|get_\w+)(\.|$)|(^|\.)(user|context|session|request)$|^(self|cls)$/;

/** Is a parameter or variable of the function in `value`, and none that stands for who asks? */
function isLocal(value: Expression, definition: DefinitionChange["base"]): boolean {
  const root = dottedText(value).split(".")[0]!;
  return localsOf(definition).has(root) && !/^(self|cls)$/.test(root);
}

/** Is `value` the same for every call: a constant, or what belongs to the module? */
function isGlobal(value: Expression, definition: DefinitionChange["base"]): boolean {
  if (value.kind === "constant") return true;
  if (value.kind === "dict") return value.entries.length === 0;
  const name = dottedName(value);
  return (
    name?.includes(".") === true && /^[A-Z]/.test(name) && !localsOf(definition).has(name.split(".")[0]!)
  );
}

function localsOf({ node, leaves }: DefinitionChange["base"]): ReadonlySet<string> {
  const parameters = node?.kind === "function" ? node.parameters.map(({ name }) => name.id) : [];
  const assigned = leaves.flatMap((leaf) =>
    leaf.node.kind === "assign" ? leaf.node.targets.flatMap((each) => dottedName(each) ?? []) : [],
  );
  return new Set([...parameters, ...assigned]);
}

/** How much a right lets one do, by the words of its name; undefined when they do not say. */
function rankOf(value: Expression): number | undefined {
  const name = value.kind === "string" ? value.value : (dottedName(value) ?? "");
  if (says(name, /^(admin|administrate|manage|owner|superuser|delete|grant|destroy)$/)) return 3;
  if (says(name, /^(write|edit|change|update|modify|add|create|publish|upload|post)$/)) return 2;
  return says(name, /^(read|view|list|get|browse|guest|see|show|anonymous|public)$/) ? 1 : undefined;
}

const FOR_WHOM = /^(authorized|authorised|accessible|visible|viewable|permitted|editable)$/;

/** `get_authorized_project(name)` is `get_project(name)` now. */
function asksNobody(
  call: Call,
  base: Leaf,
  head: Leaf,
  change: DefinitionChange,
  pool: Pool,
): Loss | undefined {
  const name = lastNameOf(call.callee);
  const words = wordsOf(name);
  if (!says(name, FOR_WHOM) || words.length < 2 || pool.calledAsOften(name)) return undefined;
  if (/^(is|has|check|not)$/.test(words[0]!)) return undefined;
  const now = callsOf(head).find((each) => wordsOf(lastNameOf(each.callee)).at(-1) === words.at(-1));
  if (!now || callsOf(base).some((each) => lastNameOf(each.callee) === lastNameOf(now.callee)))
    return undefined;
  const isOther = [...change.added].some((leaf) =>
    leaf
      .parts()
      .some((part) => part.kind === "name" && (says(part.id, FOR_WHOM) || says(part.id, AUTHORIZATION))),
  );
  if (isOther || mentions(head, ["request.user", "current_user"])) return undefined;
  return loss(base, call.callee, head, now, change, "gives what the asker may see");
}
