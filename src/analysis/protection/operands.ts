// Conditions that still stand, but refuse less or let more pass: an operand gone from them, or one that switches them off.
import type { Expression } from "../../python/ast.js";
import type { DefinitionChange } from "./change.js";
import { checksIn } from "./conditions.js";
import { grants, isDecision } from "./decision.js";
import type { Definition } from "./definition.js";
import { dottedName } from "./dotted.js";
import type { Leaf } from "./leaf.js";
import { type Loss, lossAt } from "./loss.js";
import { normalText } from "./normal-text.js";
import type { Pool } from "./pool.js";
import { refusalOf, strengthOf } from "./refusal.js";
import { AUTHORIZATION } from "./words.js";

export function lostOperands(change: DefinitionChange, pool: Pool): readonly Loss[] {
  const decides = isDecision(change.base) && isDecision(change.head);
  return [...change.rewritten].flatMap(([base, head]) => {
    const loss = lostOperand(base, head, decides, change, pool) ?? switchedOff(base, head, decides, change);
    return loss ? [loss] : [];
  });
}

/** One operand of `and` or `or` is gone: `if a or bad(x): raise`, `return owns(x) and allowed(x)`. */
function lostOperand(
  base: Leaf,
  head: Leaf,
  decides: boolean,
  change: DefinitionChange,
  pool: Pool,
): Loss | undefined {
  const wanted = connective(base, decides ? change.base : undefined);
  const operands = operandsOf(testOf(base), wanted);
  const still = textsOf(head, decides ? operandsOf(testOf(head), wanted, true) : head.parts());
  const gone = operands.filter((operand) => {
    if (operand.kind === "boolean" || still.has(normalText(base.syntax, operand))) return false;
    const names = checksIn(operand);
    return names.length > 0 ? !names.every((name) => pool.calledAsOften(name)) : decides;
  });
  const [lost] = gone;
  if (!lost || gone.length === operands.length || hasOther(base, head)) return undefined;
  const isAuthorization = decides || strengthOf(lost, AUTHORIZATION) === "words";
  const protection = isAuthorization ? "authorization" : "validation";
  const did = "is part of the condition";
  return lossAt("weakened", { protection, did, change, base, guard: lost, head });
}

/** Stands something in `head` that `base` does not name? */
function hasOther(base: Leaf, head: Leaf): boolean {
  const known = textsOf(base, base.parts());
  return head.parts().some((part) => part.kind === "name" && !known.has(normalText(head.syntax, part)));
}

/** `if x not in allowed: raise` is `if allowed and x not in allowed: raise` now: nothing allowed is everything allowed. */
function switchedOff(base: Leaf, head: Leaf, decides: boolean, change: DefinitionChange): Loss | undefined {
  if (base.node.kind !== "if" || head.node.kind !== "if") return undefined;
  const refusal = refusalOf(head.node.body);
  if (!refusal || !refusalOf(base.node.body) || (decides && grants(head.node.body, change.head)))
    return undefined;
  const isAbout = decides || refusal.isForbidden || strengthOf(base.node.test, AUTHORIZATION) === "words";
  if (!isAbout) return undefined;
  const before = textsOf(base, operandsOf(base.node.test, "and", true));
  const { test } = head.node;
  const operands = test.kind === "boolean" && test.operator === "and" ? test.operands : [];
  const fresh = operands.find((operand) => {
    const name = dottedName(operand);
    if (name === undefined || before.has(normalText(head.syntax, operand))) return false;
    return operands.some((other) => other !== operand && isComparedWith(other, name));
  });
  if (!fresh) return undefined;
  const did = `refuses, also when ${dottedName(fresh)} is empty`;
  return lossAt("weakened", { protection: "authorization", did, change, base, guard: base.node.test, head });
}

/** `x not in name`, `not x in name`, `name != x` */
function isComparedWith(test: Expression, name: string): boolean {
  if (test.kind === "unary") return isComparedWith(test.operand, name);
  if (test.kind !== "comparison") return false;
  const [left, right] = [test.operands[0]!, test.operands.at(-1)!];
  if (test.operators.every((operator) => /^(not )?in$/.test(operator))) return dottedName(right) === name;
  if (!test.operators.every((operator) => operator === "!=" || operator === "==")) return false;
  if ([left, right].some(({ kind }) => kind === "string" || kind === "number" || kind === "constant"))
    return false;
  return dottedName(left) === name || dottedName(right) === name;
}

function textsOf({ syntax }: Leaf, parts: readonly { start: number; end: number }[]): ReadonlySet<string> {
  return new Set(parts.map((part) => normalText(syntax, part)));
}

function testOf({ node }: Leaf): Expression | undefined {
  if (node.kind === "if") return node.test;
  return node.kind === "return" ? node.value : undefined;
}

/**
 * The operands, at any depth, of which each makes the whole stricter; under `not` the other connective does.
 * @param whole whether a test that is no such connective counts as its own operand
 */
function operandsOf(
  test: Expression | undefined,
  wanted: "and" | "or",
  whole = false,
): readonly Expression[] {
  if (test?.kind === "unary" && test.operator === "not") {
    const inner = operandsOf(test.operand, wanted === "and" ? "or" : "and");
    return inner.length === 0 && whole ? [test] : inner;
  }
  if (test?.kind !== "boolean") return whole && test ? [test] : [];
  const inner = test.operands.flatMap((operand) => operandsOf(operand, wanted, whole));
  return test.operator === wanted ? [...test.operands, ...inner] : inner;
}

/** The connective by which another operand makes the leaf stricter; `decision` is the function that decides with it. */
function connective({ node }: Leaf, decision: Definition | undefined): "and" | "or" {
  if (node.kind !== "if" || !refusalOf(node.body)) return "and";
  return decision && grants(node.body, decision) ? "and" : "or";
}
