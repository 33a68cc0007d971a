// Conditions: `and`, `or`, `not`, `x if c else y` and chained comparisons become branches, each on one plain value.
import type { BooleanOperation, Comparison, Conditional, Expression } from "../python/ast.js";
import { emitValue, jump, type Label, newLabel, nextValue, place, terminate } from "./block-writer.js";
import type { Body } from "./body.js";
import type { Value } from "./instruction.js";

/** Where a condition leads. With `values`: the value that decided comes along, to be one of several in a `choose`. */
export interface Target {
  readonly label: Label;
  readonly values?: Value[];
}

/** Writes `test` as control flow. The block is closed afterwards. A literal leads to one of the targets only. */
export function branchOn(body: Body, test: Expression, whenTrue: Target, whenFalse: Target): void {
  const truth = literalTruth(test);
  if (truth !== undefined) {
    const target = truth ? whenTrue : whenFalse;
    if (target.values !== undefined) arrive(body, target, body.evaluate(test));
    else jump(body.writer, target.label);
    return;
  }
  switch (test.kind) {
    case "boolean":
      branchOnOperands(body, test, whenTrue, whenFalse);
      return;
    case "conditional":
      branchOnConditional(body, test, whenTrue, whenFalse);
      return;
    case "comparison":
      branchOnComparison(body, test, whenTrue, whenFalse);
      return;
    case "unary":
      if (test.operator === "not") {
        branchOnNegated(body, test, whenTrue, whenFalse);
        return;
      }
      break;
  }
  branchOnValue(body, body.evaluate(test), test, whenTrue, whenFalse);
}

/**
 * The value of `a and b`, `x if c else y`, `a < b < c`: branches that meet in a `choose`.
 *
 *     a or b        [a] --true--------> [choose a, b]
 *                    \--false-> [b] -/
 */
export function chosenValue(body: Body, expression: BooleanOperation | Conditional | Comparison): Value {
  const values: Value[] = [];
  const join: Target = { label: newLabel(body.writer), values };
  evaluateInto(body, expression, join);
  place(body.writer, join.label);
  if (values.length === 1) return values[0]!;
  return emitValue(body.writer, {
    op: "choose",
    node: expression,
    result: nextValue(body.writer),
    operands: values,
  });
}

/** What Python's compiler knows without running: literals, and TYPE_CHECKING, which is false when the code runs. */
function literalTruth(test: Expression): boolean | undefined {
  switch (test.kind) {
    case "constant":
      return test.value !== false && test.value !== null;
    case "number":
      return test.text === "0" ? false : test.text === "1" ? true : undefined;
    case "name":
      return test.id === "TYPE_CHECKING" ? false : undefined;
    case "attribute":
      return test.name.id === "TYPE_CHECKING" ? false : undefined;
    case "unary": {
      const truth = test.operator === "not" ? literalTruth(test.operand) : undefined;
      return truth === undefined ? undefined : !truth;
    }
    default:
      return undefined;
  }
}

function evaluateInto(body: Body, expression: Expression, join: Target): void {
  if (expression.kind === "boolean") {
    const last = expression.operands.length - 1;
    for (let index = 0; index < last; index++) {
      const next = { label: newLabel(body.writer) };
      const operand = expression.operands[index]!;
      if (expression.operator === "and") branchOn(body, operand, next, join);
      else branchOn(body, operand, join, next);
      place(body.writer, next.label);
    }
    evaluateInto(body, expression.operands[last]!, join);
  } else if (expression.kind === "conditional") {
    const then = { label: newLabel(body.writer) };
    const otherwise = { label: newLabel(body.writer) };
    branchOn(body, expression.test, then, otherwise);
    place(body.writer, then.label);
    evaluateInto(body, expression.body, join);
    place(body.writer, otherwise.label);
    evaluateInto(body, expression.otherwise, join);
  } else if (expression.kind === "comparison" && expression.operators.length > 1) {
    arrive(body, join, compareUpToLast(body, expression, join));
  } else {
    arrive(body, join, body.evaluate(expression));
  }
}

function branchOnOperands(body: Body, test: BooleanOperation, whenTrue: Target, whenFalse: Target): void {
  const last = test.operands.length - 1;
  for (let index = 0; index < last; index++) {
    const next = { label: newLabel(body.writer) };
    const operand = test.operands[index]!;
    if (test.operator === "and") branchOn(body, operand, next, whenFalse);
    else branchOn(body, operand, whenTrue, next);
    place(body.writer, next.label);
  }
  branchOn(body, test.operands[last]!, whenTrue, whenFalse);
}

function branchOnConditional(body: Body, test: Conditional, whenTrue: Target, whenFalse: Target): void {
  const then = { label: newLabel(body.writer) };
  const otherwise = { label: newLabel(body.writer) };
  branchOn(body, test.test, then, otherwise);
  place(body.writer, then.label);
  branchOn(body, test.body, whenTrue, whenFalse);
  place(body.writer, otherwise.label);
  branchOn(body, test.otherwise, whenTrue, whenFalse);
}

function branchOnComparison(body: Body, test: Comparison, whenTrue: Target, whenFalse: Target): void {
  branchOnValue(body, compareUpToLast(body, test, whenFalse), test, whenTrue, whenFalse);
}

/** All comparisons of `a < b < c` but the last branch away when false; the value of the last one. */
function compareUpToLast(body: Body, test: Comparison, whenFalse: Target): Value {
  let left = body.evaluate(test.operands[0]!);
  const last = test.operators.length - 1;
  for (let index = 0; ; index++) {
    const right = body.evaluate(test.operands[index + 1]!);
    const result = emitValue(body.writer, {
      op: "compare",
      node: test,
      result: nextValue(body.writer),
      operator: test.operators[index]!,
      left,
      right,
    });
    if (index === last) return result;
    const next = { label: newLabel(body.writer) };
    branchOnValue(body, result, test, next, whenFalse);
    place(body.writer, next.label);
    left = right;
  }
}

/** `not x` where its value is wanted too: the value is a constant on either side, the condition is still `x`. */
function branchOnNegated(
  body: Body,
  test: Expression & { readonly kind: "unary" },
  whenTrue: Target,
  whenFalse: Target,
): void {
  const onTrue = whenTrue.values === undefined ? whenTrue : { label: newLabel(body.writer) };
  const onFalse = whenFalse.values === undefined ? whenFalse : { label: newLabel(body.writer) };
  branchOn(body, test.operand, onFalse, onTrue);
  if (onTrue !== whenTrue) arriveWithConstant(body, onTrue.label, whenTrue, test, true);
  if (onFalse !== whenFalse) arriveWithConstant(body, onFalse.label, whenFalse, test, false);
}

function arriveWithConstant(body: Body, from: Label, to: Target, node: Expression, value: boolean): void {
  place(body.writer, from);
  const result = nextValue(body.writer);
  arrive(body, to, emitValue(body.writer, { op: "constant", node, result, value, type: "constant" }));
}

function branchOnValue(
  body: Body,
  condition: Value,
  node: Expression,
  whenTrue: Target,
  whenFalse: Target,
): void {
  if (body.writer.current === undefined) return;
  whenTrue.values?.push(condition);
  whenFalse.values?.push(condition);
  terminate(body.writer, {
    kind: "branch",
    condition,
    whenTrue: whenTrue.label,
    whenFalse: whenFalse.label,
    node,
  });
}

function arrive(body: Body, target: Target, value: Value): void {
  if (body.writer.current === undefined) return;
  target.values?.push(value);
  jump(body.writer, target.label);
}
