// Conditions that refused, permitted or filtered, and that the head has not or has in part.

import { wordsOf } from "../../base/words.js";
import type { Expression, If } from "../../python/ast.js";
import type { DefinitionChange } from "./change.js";
import { dottedName } from "./dotted.js";
import { isInside, type Leaf } from "./leaf.js";
import type { Loss } from "./loss.js";
import { normalText } from "./normal-text.js";
import { lastNameOf, type Pool } from "./pool.js";
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
  for (const [base, head] of change.rewritten) {
    const loss = lostPart(base, head, change, pool);
    if (loss) losses.push(loss);
  }
  return losses;
}

/** `if bad(x): raise` is gone, and `x` is used as before. */
function lostRefusal(leaf: Leaf, node: If, change: DefinitionChange, pool: Pool): Loss | undefined {
  const refusal = refusalOf(node.body) ?? refusalOf(node.otherwise);
  if (!refusal || refusesStill(leaf, change)) return undefined;
  const subjects = subjectsOf(node.test);
  const judged = judge(node.test, refusal, subjects, change);
  if (
    !judged ||
    calledElsewhere(node.test, change, pool) ||
    isReplaced(judged.protection, subjects, change)
  ) {
    return undefined;
  }
  const wanted = judged.protection === "authorization" ? undefined : subjects;
  const outer = liftedOut(leaf, change.removed);
  const exposed = exposedBehind(outer, wanted, change) ?? inlined(leaf, subjects, change);
  if (!exposed) return undefined;
  if (judged.protection === "validation" && isMadeOtherwise(subjects, change)) return undefined;
  return {
    ...judged,
    how: "removed",
    change,
    guard: { syntax: leaf.syntax, node: leaf.range },
    exposed: { syntax: exposed.syntax, node: exposed.range },
    exposedLeaf: exposed,
    did: refusal.form === "skip" ? "skips the rest" : "refuses",
  };
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

interface Judged {
  readonly protection: "authorization" | "validation";
  readonly sure: Loss["sure"];
}

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
function checksIn(test: Expression): readonly string[] {
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

/** Has the head something new of the same kind in the same definition, its decorators included? */
export function isReplaced(
  protection: Loss["protection"],
  subjects: readonly string[],
  change: DefinitionChange,
): boolean {
  const isAuthorization = protection === "authorization";
  const words = isAuthorization ? AUTHORIZATION : VALIDATION;
  if (newDecorators(change).some((text) => says(text, words))) return true;
  return change.added.some((leaf) => {
    if (leaf.node.kind === "raise" || leaf.node.kind === "import" || leaf.node.kind === "importFrom")
      return false;
    const about = isAuthorization || mentions(leaf, subjects);
    if (!about) return false;
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

/** A call that begins with one of these checks whatever it is given. */
const STRICT = /^(validate|verify|ensure|require|enforce|authori[sz]e|authenticate)$/;

/** Decorators of the head that the base has not, as normal text. */
function newDecorators({ base, head }: DefinitionChange): readonly string[] {
  const texts = ({ module, decorators }: DefinitionChange["base"]) =>
    decorators.map(({ expression }) => normalText(module.syntax, expression));
  const old = texts(base);
  return texts(head).filter((text) => !old.includes(text));
}

/** `if safe(x): use(x)` is gone, and `use(x)` stands alone. */
function lostPermit(leaf: Leaf, node: If, change: DefinitionChange, pool: Pool): Loss | undefined {
  const checks = checksIn(node.test);
  if (checks.length === 0 || calledElsewhere(node.test, change, pool)) return undefined;
  const subjects = subjectsOf(node.test);
  const isAuthorization = strengthOf(node.test, AUTHORIZATION) === "words";
  const protection = isAuthorization ? "authorization" : "validation";
  if (isReplaced(protection, subjects, change)) return undefined;
  const exposed =
    change.base.leaves.flatMap((each) => {
      const still = isInside(each, leaf, "body") ? inHead(each, change) : undefined;
      return still && (isAuthorization || mentions(still, subjects)) ? [still] : [];
    })[0] ?? inlined(leaf, subjects, change);
  if (!exposed) return undefined;
  return {
    protection,
    sure: "medium",
    how: "removed",
    change,
    guard: { syntax: leaf.syntax, node: leaf.range },
    exposed: { syntax: exposed.syntax, node: exposed.range },
    exposedLeaf: exposed,
    did: "decides",
  };
}

/** One operand of `and` or `or` is gone: `if a or bad(x): raise`, `return owns(x) and allowed(x)`. */
function lostPart(base: Leaf, head: Leaf, change: DefinitionChange, pool: Pool): Loss | undefined {
  const wanted = connective(base);
  if (!wanted) return undefined;
  const left = new Set(head.parts().map((part) => normalText(head.syntax, part)));
  const operands = operandsOf(testOf(base), wanted);
  const gone = operands.filter((operand) => {
    if (operand.kind === "boolean" || left.has(normalText(base.syntax, operand))) return false;
    const names = checksIn(operand);
    return names.length > 0 && !names.every((name) => pool.calledAsOften(name));
  });
  const [lost] = gone;
  if (!lost || gone.length === operands.length) return undefined;
  // Something else stands in its place.
  const known = new Set(base.parts().map((part) => normalText(base.syntax, part)));
  const isNew = (part: { start: number; end: number }) => !known.has(normalText(head.syntax, part));
  const fresh = head.parts().filter((part) => part.kind === "name" && isNew(part));
  if (fresh.length > 0) return undefined;
  const isAuthorization = strengthOf(lost, AUTHORIZATION) === "words";
  return {
    protection: isAuthorization ? "authorization" : "validation",
    sure: "medium",
    how: "weakened",
    change,
    guard: { syntax: base.syntax, node: lost },
    exposed: { syntax: head.syntax, node: head.range },
    exposedLeaf: head,
    did: "is part of the condition",
  };
}

function testOf({ node }: Leaf): Expression | undefined {
  if (node.kind === "if") return node.test;
  return node.kind === "return" ? node.value : undefined;
}

/** The operands, at any depth, of which each makes the whole stricter; under `not` the other connective does. */
function operandsOf(test: Expression | undefined, wanted: "and" | "or"): readonly Expression[] {
  if (test?.kind === "unary" && test.operator === "not") {
    return operandsOf(test.operand, wanted === "and" ? "or" : "and");
  }
  if (test?.kind !== "boolean") return [];
  const inner = test.operands.flatMap((operand) => operandsOf(operand, wanted));
  return test.operator === wanted ? [...test.operands, ...inner] : inner;
}

/** The connective by which another operand makes the leaf stricter. */
function connective({ node }: Leaf): "and" | "or" | undefined {
  if (node.kind === "return") return "and";
  if (node.kind !== "if") return undefined;
  return refusalOf(node.body) ? "or" : "and";
}
