// Conditions that refused or permitted, and that the head has not.

import { wordsOf } from "../../base/words.js";
import type { Expression, If, Statement, SyntaxNode } from "../../python/ast.js";
import type { DefinitionChange } from "./change.js";
import { grants, isDecision, returnsTrue } from "./decision.js";
import type { Definition } from "./definition.js";
import { dottedName } from "./dotted.js";
import { callsOf, isInside, type Leaf } from "./leaf.js";
import { type Loss, lossAt } from "./loss.js";
import { normalText } from "./normal-text.js";
import { calleeOf, lastNameOf, type Pool } from "./pool.js";
import { type Refusal, refusalOf, strengthOf } from "./refusal.js";
import { exposedBehind, inHead, inlined, liftedOut, mentions, subjectsOf } from "./subject.js";
import { AUTHORIZATION, says, VALIDATION } from "./words.js";

export function lostConditions(change: DefinitionChange, pool: Pool): readonly Loss[] {
  const losses: Loss[] = [];
  for (const leaf of change.removed) {
    if (leaf.node.kind !== "if" || pool.standsAsOften(leaf.text)) continue;
    const loss = lostRefusal(leaf, leaf.node, change, pool) ?? lostPermit(leaf, leaf.node, change, pool);
    if (loss) losses.push(loss);
  }
  return losses;
}

/** `if bad(x): raise` is gone, and `x` is used as before. */
function lostRefusal(leaf: Leaf, node: If, change: DefinitionChange, pool: Pool): Loss | undefined {
  const refusal = refusalBy(node, change);
  if (!refusal || refusesStill(leaf, change)) return undefined;
  const subjects = subjectsOf(node.test);
  const judged = judgeInside(leaf, node, refusal, subjects, change);
  if (
    !judged ||
    calledElsewhere(node.test, change, pool) ||
    isReplaced(judged.protection, subjects, change, leaf)
  ) {
    return undefined;
  }
  const wanted = judged.protection === "authorization" ? undefined : subjects;
  const outer = liftedOut(leaf, change.removed);
  const exposed =
    exposedBehind(outer, wanted, change) ??
    inlined(leaf, subjects, change) ??
    (judged.decides || runsBefore(change) ? lastBefore(leaf, change) : undefined);
  if (!exposed || (judged.decides && refusesAlways(exposed, change.head))) return undefined;
  if (judged.protection === "validation" && isMadeOtherwise(subjects, change)) return undefined;
  return lossAt("removed", {
    protection: judged.protection,
    did: refusal.form === "skip" ? "skips the rest" : "refuses",
    change,
    base: leaf,
    head: exposed,
    sure: judged.sure,
  });
}

/** The last statement or header before `guard` that the head still has. */
function lastBefore(guard: Leaf, change: DefinitionChange): Leaf | undefined {
  const before = change.base.leaves.slice(0, guard.index).reverse();
  for (const leaf of before) {
    const head = inHead(leaf, change);
    if (head && !refusesAlways(head, change.head)) return head;
  }
  return undefined;
}

/** Does the function refuse for others, whose operations stand elsewhere: a hook before every request? */
function runsBefore({ base, head }: DefinitionChange): boolean {
  const isHook = ({ decorators }: Definition) =>
    decorators.some(({ expression }) => HOOK.test(lastNameOf(calleeOf(expression))));
  return isHook(base) && isHook(head);
}

const HOOK = /^(before(_app)?_(request|websocket)|before_request_func|middleware|on_request|hook)$/;

/** `return False`, `raise …`, `abort(403)` */
function refusesAlways({ node }: Leaf, around: Definition): boolean {
  if (node.kind === "raise" || node.kind === "assert") return true;
  if (node.kind === "expression") return refusalOf([node]) !== undefined;
  return node.kind === "return" && !grants([node], around);
}

/** Is what was checked made by a new statement, so that whatever that is made of may have been checked instead? */
function isMadeOtherwise(subjects: readonly string[], { added, rewritten }: DefinitionChange): boolean {
  const rewrites = new Set(rewritten.values());
  return added.some(({ node }, index) => {
    if (node.kind !== "assign" || rewrites.has(added[index]!)) return false;
    return node.targets.some((target) => subjects.includes(dottedName(target) ?? ""));
  });
}

/** Does the statement that refuses still stand, under another condition? */
function refusesStill(leaf: Leaf, change: DefinitionChange): boolean {
  const inside = change.base.leaves.filter((each) => isInside(each, leaf));
  const last = inside.at(-1);
  const still = last && inHead(last, change);
  if (!still || last.text.length < 15) return false;
  return still.owners.at(-1)?.leaf.node.kind === "if";
}

/** How `node` refuses. `return True` lets pass; in a function that decides, so does all but a refusing answer. */
function refusalBy({ body, otherwise }: If, { base }: DefinitionChange): Refusal | undefined {
  const decides = isDecision(base);
  const refusing = (block: readonly Statement[]): Refusal | undefined => {
    const refusal = refusalOf(block);
    const passes =
      refusal?.form === "return"
        ? decides
          ? grants(block, base)
          : returnsTrue(block)
        : refusal?.form === "abort" && EXITS.test(refusal.name) && answersByExit(base);
    return passes ? undefined : refusal;
  };
  return refusing(body) ?? refusing(otherwise);
}

const EXITS = /^_?exit$/;

/** A script that ends with `exit(status)` answers by it: another status is another answer, and no refusal. */
function answersByExit({ leaves }: Definition): boolean {
  const last = leaves.findLast(({ owners }) => owners.every(({ branch }) => branch === "body"));
  return last?.node.kind === "expression" && EXITS.test(lastNameOf(last.node.value));
}

interface Judged {
  readonly protection: "authorization" | "validation";
  readonly sure: Loss["sure"];
  /** The function around it decides who may do something: what it lets pass is exposed wherever it is called. */
  readonly decides?: boolean;
}

function judgeInside(
  leaf: Leaf,
  node: If,
  refusal: Refusal,
  subjects: readonly string[],
  change: DefinitionChange,
): Judged | undefined {
  if (isDecision(change.base) && isDecision(change.head)) {
    const isOther = change.added.some((each) => each.node.kind === "if" && mentions(each, subjects));
    const counts = refusal.form !== "skip" && strengthOf(node.test, AUTHORIZATION) !== "none";
    const stands = change.base.leaves.some(
      (each) => isInside(each, leaf) && refusesAlways(each, change.base) && change.kept.has(each),
    );
    if (counts && !isOther && !stands && isStable(change)) {
      return { protection: "authorization", sure: "medium", decides: true };
    }
  }
  if (answersForRight(leaf, node, change)) return { protection: "authorization", sure: "medium" };
  return judge(node.test, refusal, subjects, change);
}

/** `answer = authorize(request)`, `if answer: return answer` */
function answersForRight(guard: Leaf, { test, body }: If, { base }: DefinitionChange): boolean {
  const name = dottedName(test);
  const last = body.at(-1);
  const answer = last?.kind === "return" || last?.kind === "raise" ? last : undefined;
  if (name === undefined || !answer) return false;
  const given = answer.kind === "return" ? answer.value : answer.exception;
  if (!given || dottedName(given) !== name) return false;
  const made = base.leaves
    .slice(0, guard.index)
    .findLast(({ node }) => node.kind === "assign" && node.targets.some((each) => dottedName(each) === name));
  return made?.parts().some(saysAuthorization) ?? false;
}

function saysAuthorization(part: SyntaxNode): boolean {
  if (part.kind === "call") return says(lastNameOf(part.callee), RIGHTS);
  return part.kind === "string" && part.value.length < 40 && says(part.value, RIGHTS);
}

const RIGHTS = /^(authori[sz]e|authori[sz]ation|authenticate|permissions?|acl|csrf)$/;

function judge(
  test: Expression,
  refusal: Refusal,
  subjects: readonly string[],
  change: DefinitionChange,
): Judged | undefined {
  const authorization = strengthOf(test, AUTHORIZATION);
  if (authorization === "none") return undefined;
  const validation = strengthOf(test, VALIDATION);
  if (validation !== "words" && (authorization === "words" || refusal.isForbidden)) {
    const certain = authorization === "words" && refusal.isForbidden;
    if (certain) return { protection: "authorization", sure: "high" };
    return refusal.form === "skip" ? undefined : { protection: "authorization", sure: "medium" };
  }
  if (subjects.length === 0) return undefined;
  if (validation === "words") return { protection: "validation", sure: "medium" };
  if (refusal.form === "return" || refusal.form === "skip") return undefined;
  if (validation === "bounds" && !INTERNAL.test(refusal.name) && isStable(change)) {
    return { protection: "validation", sure: "medium" };
  }
  return { protection: "validation", sure: "low" };
}

/** Exceptions that tell the programmer, not the one who sent the data. */
const INTERNAL =
  /^(AssertionError|NotImplementedError|TypeError|RuntimeError|ImportError|AttributeError|StopIteration|ImproperlyConfigured|ConfigurationError|UsageError|CommandError|KeyError|IndexError|SystemExit)$/;

/** Is most of the definition as it was? */
export function isStable({ base, kept, rewritten }: DefinitionChange): boolean {
  return base.leaves.length <= 6 || kept.size + rewritten.size >= base.leaves.length * 0.6;
}

/** What the condition calls is called in the head as often as before, only elsewhere. */
function calledElsewhere(test: Expression, change: DefinitionChange, pool: Pool): boolean {
  const called = checksIn(test);
  if (called.length === 0) return false;
  return called.every((name) => pool.calledAsOften(name)) || pool.takesOver(called, change);
}

/** The names of calls in `test` that check something. */
export function checksIn(test: Expression): readonly string[] {
  const found: string[] = [];
  const visit = (each: Expression): void => {
    if (each.kind === "call") {
      const name = lastNameOf(each.callee);
      if (says(name, VALIDATION) || says(name, AUTHORIZATION)) found.push(name);
      for (const { value } of each.arguments) visit(value);
      if (each.callee.kind === "attribute") visit(each.callee.object);
    } else if (each.kind === "unary") visit(each.operand);
    else if (each.kind === "boolean" || each.kind === "comparison") each.operands.forEach(visit);
    else if (each.kind === "await") visit(each.value);
  };
  visit(test);
  return found;
}

/**
 * Has the head something new of the same kind in the same definition, its decorators included?
 * @param lost the guard that is gone: a condition that was another guard before does not stand for it
 */
export function isReplaced(
  protection: Loss["protection"],
  subjects: readonly string[],
  change: DefinitionChange,
  lost?: Leaf,
): boolean {
  const isAuthorization = protection === "authorization";
  const words = isAuthorization ? AUTHORIZATION : VALIDATION;
  const enforces = (text: string) => isAuthorization && /polic(y|ies)|enforce/.test(text);
  if (newDecorators(change).some((text) => says(text, words) || enforces(text))) return true;
  return change.added.some((leaf) => {
    if (leaf.node.kind === "raise" || leaf.node.kind === "import" || leaf.node.kind === "importFrom")
      return false;
    const about = isAuthorization || mentions(leaf, subjects);
    if (!about || (lost && isNeighbour(leaf, lost, change))) return false;
    if (leaf.node.kind === "if") {
      const refusal = refusalOf(leaf.node.body) ?? refusalOf(leaf.node.otherwise);
      if (refusal && (!isAuthorization || refusal.isForbidden)) return true;
    }
    const first = (name: string) => wordsOf(name)[0] ?? "";
    return leaf
      .parts()
      .some((part) => part.kind === "name" && (says(part.id, words) || STRICT.test(first(part.id))));
  });
}

/** Is `leaf` of the head a guard beside `lost` that was rewritten, and says nothing of what `lost` alone asked? */
function isNeighbour(leaf: Leaf, lost: Leaf, { base, rewritten }: DefinitionChange): boolean {
  const [before] = [...rewritten].find(([, now]) => now === leaf) ?? [];
  if (leaf.node.kind !== "if" || before?.node.kind !== "if" || !refusalOf(before.node.body)) return false;
  const known = wordsIn(before);
  const own = [...wordsIn(lost)].filter((word) => !known.has(word));
  const now = wordsIn(leaf);
  if (own.length === 0 || own.some((word) => now.has(word))) return false;
  const called = new Set(
    base.leaves.flatMap((each) => callsOf(each).map(({ callee }) => lastNameOf(callee))),
  );
  // A function that was not asked before may ask for both.
  return callsOf(leaf).every(({ callee }) => called.has(lastNameOf(callee)) || callee.kind === "attribute");
}

/** The words of the names and short texts of a leaf. */
function wordsIn(leaf: Leaf): ReadonlySet<string> {
  return new Set(
    leaf.parts().flatMap((part) => {
      if (part.kind === "name") return wordsOf(part.id);
      if (part.kind === "attribute") return wordsOf(part.name.id);
      return part.kind === "string" ? wordsOf(part.value) : [];
    }),
  );
}

/** A call that begins with one of these checks whatever it is given. */
const STRICT = /^(validate|verify|ensure|require|enforce|authori[sz]e|authenticate)$/;

/** Decorators of the head that the base has not, as normal text. */
function newDecorators({ base, head }: DefinitionChange): readonly string[] {
  const texts = ({ module, decorators }: DefinitionChange["base"]) =>
    decorators.map(({ expression }) => normalText(module.syntax, expression));
  const old = texts(base);
  return texts(head).filter((text) => !old.includes(text));
}

/** Does the leaf raise or abort, as a condition or by itself? */
function refusesAlone({ node }: Leaf): boolean {
  if (node.kind === "raise") return true;
  const block = node.kind === "if" ? node.body : node.kind === "expression" ? [node] : [];
  const form = refusalOf(block)?.form;
  return form === "raise" || form === "abort";
}

/** `row["can_write"]`, `share.is_allowed`, looked up rather than called. */
function namesPermit(test: Expression): boolean {
  const names = (node: Expression): readonly string[] => {
    if (node.kind === "boolean") return node.operands.flatMap(names);
    if (node.kind === "attribute") return [node.name.id];
    if (node.kind === "name") return [node.id];
    return node.kind === "subscript" && node.index.kind === "string" ? [node.index.value] : [];
  };
  return names(test).some((name) => PERMITS.test(name));
}

const PERMITS = /^(can|may)_[a-z]|^is_(allowed|permitted|authori[sz]ed)$|_(allowed|permitted|authori[sz]ed)$/;

/** `if safe(x): use(x)` is gone, and `use(x)` stands alone. */
function lostPermit(leaf: Leaf, node: If, change: DefinitionChange, pool: Pool): Loss | undefined {
  const checks = checksIn(node.test);
  if ((checks.length === 0 && !namesPermit(node.test)) || calledElsewhere(node.test, change, pool))
    return undefined;
  const subjects = subjectsOf(node.test);
  const isAuthorization = strengthOf(node.test, AUTHORIZATION) === "words" || checks.length === 0;
  const protection = isAuthorization ? "authorization" : "validation";
  if (isReplaced(protection, subjects, change)) return undefined;
  const exposed =
    change.base.leaves.flatMap((each) => {
      const still = isInside(each, leaf, "body") ? inHead(each, change) : undefined;
      return still && (isAuthorization || mentions(still, subjects)) ? [still] : [];
    })[0] ?? inlined(leaf, subjects, change);
  // A condition around a refusal: without it, more is refused.
  if (!exposed || refusesAlone(exposed)) return undefined;
  return lossAt("removed", { protection, did: "decides", change, base: leaf, head: exposed });
}
