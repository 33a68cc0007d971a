// Queries that asked whose an object is, or what the asker may see, and that ask for it no more.
import { wordsOf } from "../../base/words.js";
import type { Argument, Call, Expression, SyntaxNode } from "../../python/ast.js";
import { speaksOfOwner } from "../access/lookups.js";
import type { DefinitionChange } from "./change.js";
import { dottedText } from "./checks.js";
import { dottedName } from "./dotted.js";
import { callsOf, type Leaf } from "./leaf.js";
import { type Loss, lossAt } from "./loss.js";
import { lastNameOf, type Pool } from "./pool.js";
import { dominatedBy, inHead, liftedOut, mentions } from "./subject.js";
import { AUTHORIZATION, says } from "./words.js";

const ASKING =
  /^(filter|filter_by|where|get|aget|get_or_404|first_or_404|one|find|find_one|get_object_or_404|get_list_or_404|exclude|join|having|query|search|save|create|perform_create)$/;

/** What a client is known by inside a request, and not what it sends. */
const ASKER =
  /^((self|info|cls)\.)?(request\.user|req\.user|request\.auth|context|ctxt|ctx|req\.context|info\.context|current_user|user|identity|principal|g|flask\.g|session|me|viewer|actor|auth_user|login_user|token|claims|(cherrypy\.|flask\.)?session|request\.session|request\.environ|request\.authenticated_userid|request\.tenant)\b/;

export function lostOwnership(change: DefinitionChange, pool: Pool): readonly Loss[] {
  return [...lostFilters(change, pool), ...lostScopes(change), ...lostAskers(change)];
}

function lostFilters(change: DefinitionChange, pool: Pool): readonly Loss[] {
  const gone = [...change.removed, ...change.rewritten.keys()].filter(
    (leaf) => !pool.standsAsOften(leaf.text),
  );
  return gone.flatMap((leaf) => {
    const guard = callsOf(leaf).flatMap(ownersAsked)[0];
    if (!guard || asksOtherwise(leaf, change)) return [];
    const exposed = change.rewritten.get(leaf) ?? queriedBehind(leaf, change);
    if (!exposed || !asksStill(leaf, exposed)) return [];
    return lossAt("weakened", {
      protection: "ownership",
      did: "asks whose it is",
      change,
      base: leaf,
      guard,
      head: exposed,
    });
  });
}

/** What a query is given of who asks, by what its function is called. */
const SCOPING =
  /(^|_)(for_user|for_request|by_user|visible|accessible|permitted|viewable|restrict|owner_aware|readable|allowed)(_|$)/;

/** `get_objects_for_user(request.user, perm, Order).filter(…)` is `Order.objects.filter(…)` now. */
function lostScopes(change: DefinitionChange): readonly Loss[] {
  return [...change.rewritten].flatMap(([base, head]) => {
    const scoped = callsOf(base).find(isScoped);
    if (!scoped || callsOf(head).some(isScoped) || asksOtherwise(base, change)) return [];
    const managers = callsOf(head).flatMap(({ callee }) => managerOf(callee) ?? []);
    const asked = base.parts().flatMap((part) => (part.kind === "name" ? [part.id] : []));
    const open = managers.find((manager) => asked.includes(manager.split(".").at(-2)!));
    if (open === undefined) return [];
    return [
      lossAt("weakened", {
        protection: "ownership",
        did: "gives what the asker may see",
        change,
        base,
        guard: scoped,
        head,
      }),
    ];
  });
}

const LOOKUP = /^(get|find|fetch|load|lookup|search|list|show|read|validate|query|select)$/;
const FOR_WHOM = /^(context|ctxt|user|request_user|actor|tenant_id|project_id|owner|account)$/;

/** `subnet_exists(number, context=context)` is `subnet_exists(number)` now. */
function lostAskers(change: DefinitionChange): readonly Loss[] {
  return [...change.rewritten].flatMap(([base, head]) => {
    const namesNobody = callsOf(head).every((call) =>
      call.arguments.every(({ value }) => !namesAsker(value)),
    );
    if (!namesNobody || asksOtherwise(base, change)) return [];
    return callsOf(base).flatMap((call) => {
      const guard = looksUp(call) ? call.arguments.find(saysForWhom) : undefined;
      const now = callsOf(head).find((each) => dottedText(each.callee) === dottedText(call.callee));
      if (!guard || !now || now.arguments.length >= call.arguments.length) return [];
      const did = "says who asks";
      return [lossAt("weakened", { protection: "ownership", did, change, base, guard, head })];
    });
  });
}

function looksUp({ callee }: Call): boolean {
  const name = lastNameOf(callee);
  return LOOKUP.test(wordsOf(name)[0] ?? "") || /_exists$/.test(name);
}

function saysForWhom({ name, value }: Argument): boolean {
  return name !== undefined && FOR_WHOM.test(name.id) && namesAsker(value);
}

function isScoped({ callee, arguments: list }: Call): boolean {
  return SCOPING.test(lastNameOf(callee)) && list.some(({ value }) => namesAsker(value));
}

/** `owner=request.user`, `Order.project_id == context.project_id`, at any depth of the arguments. */
function ownersAsked(call: Call): readonly SyntaxNode[] {
  const name = lastNameOf(call.callee);
  if (!ASKING.test(name)) return [];
  return call.arguments.flatMap(
    (argument) => ownerIn(argument) ?? (NARROWING.test(name) ? askerIn(argument) : undefined) ?? [],
  );
}

const NARROWING = /^(filter|filter_by|get|aget|get_object_or_404|get_list_or_404)$/;
/** Who is signed in, and nothing else that the request or session holds. */
const SIGNED_IN = /^((self|info|cls)\.)?(request\.user|context\.user|current_user)(\.(id|pk))?$/;

/** `filter(reader=request.user)`: whatever the column is called, it is who asks. */
function askerIn({ name, value }: Argument): SyntaxNode | undefined {
  return name && SIGNED_IN.test(dottedText(value)) ? value : undefined;
}

function ownerIn({ name, value }: Argument): SyntaxNode | undefined {
  if (name && speaksOfOwner(name.id) && namesAsker(value)) return value;
  if (value.kind === "comparison") return comparesOwner(value.operands) ? value : undefined;
  if (value.kind === "boolean") {
    return value.operands.find((each) => each.kind === "comparison" && comparesOwner(each.operands));
  }
  if (value.kind === "binary")
    return ownerIn({ value: value.left } as Argument) ?? ownerIn({ value: value.right } as Argument);
  if (value.kind !== "call") return undefined;
  return value.arguments.map(ownerIn).find((each) => each !== undefined);
}

function comparesOwner(operands: readonly Expression[]): boolean {
  const asker = operands.find(namesAsker);
  return operands.some((each) => each !== asker && speaksOfOwner(lastNameOf(each))) && asker !== undefined;
}

function namesAsker(value: Expression): boolean {
  return ASKER.test(dottedText(value.kind === "subscript" ? value.object : value));
}

/** `query = query.filter(…)` is gone: the next statement that the head still has and that uses the query. */
function queriedBehind(guard: Leaf, change: DefinitionChange): Leaf | undefined {
  if (guard.node.kind !== "assign") return undefined;
  const target = dottedName(guard.node.targets[0]!);
  if (target === undefined || !mentionsItself(guard, target)) return undefined;
  for (const leaf of dominatedBy(liftedOut(guard, change.removed), change)) {
    const head = inHead(leaf, change);
    if (head && mentions(head, [target])) return head;
  }
  return undefined;
}

function mentionsItself({ node }: Leaf, target: string): boolean {
  const value = node.kind === "assign" ? node.value : undefined;
  let at: SyntaxNode | undefined = value;
  while (at?.kind === "call" || at?.kind === "attribute") at = at.kind === "call" ? at.callee : at.object;
  return at !== undefined && dottedName(at) === target;
}

/** Is the same still asked for in `head`: what it names is called as before, or another query is made of the same? */
function asksStill(base: Leaf, head: Leaf): boolean {
  const queried = ({ callee }: Call) => [lastNameOf(callee), ...(managerOf(callee) ?? [])];
  const names = new Set(callsOf(head).flatMap(queried));
  const isSame = callsOf(base).some((call) => queried(call).some((name) => names.has(name)));
  if (!isSame && base.node.kind !== "assign") return false;
  return !callsOf(head).some((call) => ownersAsked(call).length > 0);
}

/** Says something new in the head whose it is, or who may see it? */
function asksOtherwise(base: Leaf, { added }: DefinitionChange): boolean {
  // What is asked, and what the answer is called, has such a name by chance: `account = accounts.get(…)`.
  const targets = base.node.kind === "assign" ? base.node.targets.map(dottedText) : [];
  const asked = callsOf(base).map(({ callee }) => dottedText(callee).split(".")[0]!);
  const old = new Set([...targets, ...asked]);
  return added.some((leaf) =>
    leaf.parts().some((part) => {
      if (part.kind === "call" && ownersAsked(part).length > 0) return true;
      if (part.kind !== "name" || old.has(part.id)) return false;
      if (/^[A-Z]/.test(part.id)) return false;
      return says(part.id, AUTHORIZATION) || says(part.id, SCOPED) || speaksOfOwner(part.id);
    }),
  );
}

/** `Order.objects` of `Order.objects.all` */
function managerOf(callee: Expression): readonly string[] | undefined {
  const manager = callee.kind === "attribute" ? dottedName(callee.object) : undefined;
  return manager !== undefined && /\.(objects|query)$/.test(manager) ? [manager] : undefined;
}

const SCOPED =
  /^(visible|accessible|authorized|authorised|allowed|scoped|scope|owned|mine|viewable|editable)$/;
