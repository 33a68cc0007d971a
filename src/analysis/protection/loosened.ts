// Conditions that still stand and let more through: a lesser right, `or` for `and`, `>` for `>=`, a result not looked at.

import { wordsOf } from "../../base/words.js";
import type { Comparison, Expression, If } from "../../python/ast.js";
import type { DefinitionChange } from "./change.js";
import { statementCall } from "./checks.js";
import { callsOf, isInside, type Leaf } from "./leaf.js";
import { type Loss, lossAt, type Protection } from "./loss.js";
import { normalText } from "./normal-text.js";
import { lastNameOf } from "./pool.js";
import { refusalOf, strengthOf } from "./refusal.js";
import { exposedBehind } from "./subject.js";
import { AUTHORIZATION, GREAT, says, VALIDATION } from "./words.js";

export function loosenedConditions(change: DefinitionChange): readonly Loss[] {
  const rewritten = [...change.rewritten].flatMap(([base, head]) => {
    const [before, now] = [testOf(base), testOf(head)];
    if (!before || !now) return [];
    const loss =
      lesserRight(base, head, before, now, change) ??
      otherConnective(base, head, before, now, change) ??
      widerBound(base, head, before, now, change);
    return loss ? [loss] : [];
  });
  return [...rewritten, ...fewerMethods(change), ...ignoredResults(change)];
}

function testOf({ node }: Leaf): Expression | undefined {
  if (node.kind === "if") return node.test;
  return node.kind === "return" ? node.value : undefined;
}

/** `not user.is_superuser` is `not user.is_authenticated` now. */
function lesserRight(
  base: Leaf,
  head: Leaf,
  before: Expression,
  now: Expression,
  change: DefinitionChange,
): Loss | undefined {
  const rights = (leaf: Leaf) =>
    leaf
      .parts()
      .flatMap((part) => (part.kind === "attribute" || part.kind === "call" ? [lastNameOf(part)] : []));
  const [old, fresh] = [rights(base), rights(head)];
  const lost = old.find((name) => says(name, GREAT) && !fresh.includes(name));
  if (lost === undefined || fresh.some((name) => says(name, GREAT))) return undefined;
  const instead = fresh.find((name) => !old.includes(name) && LESSER.test(name));
  const others = fresh.filter((name) => !old.includes(name) && name !== instead && says(name, AUTHORIZATION));
  if (!instead || others.length > 0 || isNegated(before) !== isNegated(now)) return undefined;
  if (base.node.kind === "if" && isNegated(before) !== (refusalOf(base.node.body) !== undefined))
    return undefined;
  const did = "asks for a greater right";
  return lossAt("weakened", {
    protection: "authorization",
    did,
    change,
    base,
    guard: before,
    head,
    exposed: now,
  });
}

const LESSER = /^(is_authenticated|is_active|is_logged_in|logged_in|is_member|authenticated)$/;

function isNegated(test: Expression): boolean {
  return test.kind === "unary" && test.operator === "not";
}

/** `request.method not in ("GET", "HEAD")` is `request.method == "POST"` now, around a refusal. */
function fewerMethods(change: DefinitionChange): readonly Loss[] {
  return change.base.leaves.flatMap((base) => {
    if (methodsAsked(base) !== "all but some" || change.kept.has(base)) return [];
    const refusal = change.base.leaves.find(
      (leaf) => isInside(leaf, base) && leaf.node.kind === "if" && refusalOf(leaf.node.body)?.isForbidden,
    );
    const still = refusal && change.kept.get(refusal);
    const now = still?.owners.find(({ leaf }) => methodsAsked(leaf) === "some")?.leaf;
    if (!now) return [];
    const did = "is asked of every method that changes something";
    return [lossAt("weakened", { protection: "authorization", did, change, base, head: now })];
  });
}

function methodsAsked({ node }: Leaf): "all but some" | "some" | undefined {
  if (node.kind !== "if" || node.test.kind !== "comparison") return undefined;
  const { operands, operators } = node.test;
  if (!operands.some((each) => lastNameOf(each) === "method") || operators.length !== 1) return undefined;
  if (operators[0] === "not in") return "all but some";
  return operators[0] === "==" || operators[0] === "in" ? "some" : undefined;
}

/** `a and b` is `a or b` now, where both were needed. */
function otherConnective(
  base: Leaf,
  head: Leaf,
  before: Expression,
  now: Expression,
  change: DefinitionChange,
): Loss | undefined {
  const strict = base.node.kind === "if" && refusalOf(base.node.body) ? "or" : "and";
  if (before.kind !== "boolean" || now.kind !== "boolean" || before.operator !== strict) return undefined;
  if (now.operator === strict || base.node.kind !== head.node.kind) return undefined;
  const texts = (leaf: Leaf, operands: readonly Expression[]) =>
    operands.map((operand) => normalText(leaf.syntax, operand)).sort();
  const same = texts(base, before.operands).join("\n") === texts(head, now.operands).join("\n");
  const protection = protectionOf(before);
  if (!same || !protection) return undefined;
  return lossAt("weakened", {
    protection,
    did: "needs both",
    change,
    base,
    guard: before,
    head,
    exposed: now,
  });
}

function protectionOf(test: Expression): Protection | undefined {
  if (strengthOf(test, AUTHORIZATION) === "words") return "authorization";
  return strengthOf(test, VALIDATION) === "words" ? "validation" : undefined;
}

const LOOSER: Readonly<Record<string, string>> = { ">=": ">", "<=": "<" };

/** `if index >= len(table): raise` lets the length itself through when it is `>`. */
function widerBound(
  base: Leaf,
  head: Leaf,
  before: Expression,
  now: Expression,
  change: DefinitionChange,
): Loss | undefined {
  if (base.node.kind !== "if" || !refuses(base.node)) return undefined;
  const [old, fresh] = [comparisonsIn(before, base), comparisonsIn(now, head)];
  if (old.length !== fresh.length) return undefined;
  const differing = old.flatMap((one, index) =>
    one.text === fresh[index]!.text ? [] : [[one, fresh[index]!] as const],
  );
  const [pair, ...others] = differing;
  if (!pair || others.length > 0) return undefined;
  const [one, other] = pair;
  const looser = LOOSER[one.node.operators[0]!];
  const isSame = one.operands.join("\n") === other.operands.join("\n");
  if (one.node.operators.length > 1 || other.node.operators[0] !== looser || !isSame) return undefined;
  const isLength = one.operands.some((text) => /^len\(/.test(text));
  const sure = isLength ? "medium" : "low";
  const did = "keeps the bound itself out";
  const places = { base, guard: one.node, head, exposed: other.node };
  return lossAt("weakened", { protection: "validation", did, change, ...places, sure });
}

function refuses({ body }: If): boolean {
  const form = refusalOf(body)?.form;
  return form === "raise" || form === "abort";
}

interface Compared {
  readonly node: Comparison;
  readonly text: string;
  readonly operands: readonly string[];
}

function comparisonsIn(test: Expression, leaf: Leaf): readonly Compared[] {
  return leaf.parts().flatMap((part) => {
    if (part.kind !== "comparison" || part.start < test.start || part.end > test.end) return [];
    const operands = part.operands.map((operand) => normalText(leaf.syntax, operand));
    return [{ node: part, text: normalText(leaf.syntax, part), operands }];
  });
}

/** `if not is_allowed(x): raise` is `is_allowed(x)` now, a statement whose value nobody reads. */
function ignoredResults(change: DefinitionChange): readonly Loss[] {
  return [...change.removed, ...change.rewritten.keys()].flatMap((base) => {
    if (base.node.kind !== "if" || !refusalOf(base.node.body)) return [];
    const asked = callsOf(base).find(({ callee }) => PREDICATE.test(wordsOf(lastNameOf(callee))[0] ?? ""));
    const protection = asked && protectionOf(asked);
    if (!asked || !protection) return [];
    const ignored = change.added.find((leaf) => {
      const call = statementCall(leaf);
      return call !== undefined && lastNameOf(call.callee) === lastNameOf(asked.callee);
    });
    if (!ignored) return [];
    const head = exposedBehind(base, undefined, change) ?? ignored;
    return [lossAt("weakened", { protection, did: "refuses", change, base, head })];
  });
}

const PREDICATE = /^(is|has|can|may|allows?|allowed|permits?|owns)$/;
