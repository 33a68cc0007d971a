// Expressions, in Python's order of evaluation, one instruction a step.
import { assertNever } from "../base/assert.js";
import type {
  Argument,
  Binary,
  Call,
  DictDisplay,
  Expression,
  FormattedString,
  Interpolation,
  Lambda,
  Slice,
  SyntaxNode,
} from "../python/ast.js";
import { emit, emitValue, nextValue } from "./block-writer.js";
import { type Body, ownVariableOf, variableOf } from "./body.js";
import { evaluateComprehension } from "./build-comprehension.js";
import { chosenValue } from "./build-condition.js";
import { defineFunction } from "./build-definition.js";
import type { CallArgument, Form, Value } from "./instruction.js";
import { endAfterCall } from "./never-returns.js";

/** Writes `expression` and gives its value. */
export function evaluate(body: Body, expression: Expression): Value {
  const writer = body.writer;
  switch (expression.kind) {
    case "name":
      return emitValue(writer, {
        op: "read",
        node: expression,
        result: nextValue(writer),
        variable: variableOf(body, expression.id),
      });
    case "number":
      return constant(body, expression, expression.text, "number");
    case "string":
      return constant(body, expression, expression.value, expression.isBytes ? "bytes" : "string");
    case "constant":
      return constant(body, expression, expression.value, "constant");
    case "attribute": {
      const object = evaluate(body, expression.object);
      const name = expression.name.id;
      return emitValue(writer, { op: "member", node: expression, result: nextValue(writer), object, name });
    }
    case "subscript": {
      const object = evaluate(body, expression.object);
      const index = evaluate(body, expression.index);
      return emitValue(writer, { op: "element", node: expression, result: nextValue(writer), object, index });
    }
    case "call":
      return evaluateCall(body, expression);
    case "binary":
      return evaluateBinary(body, expression);
    case "unary":
      return compose(body, expression, "unary", [evaluate(body, expression.operand)], expression.operator);
    case "comparison":
      return expression.operators.length > 1
        ? chosenValue(body, expression)
        : emitValue(writer, {
            op: "compare",
            node: expression,
            operator: expression.operators[0]!,
            left: evaluate(body, expression.operands[0]!),
            right: evaluate(body, expression.operands[1]!),
            result: nextValue(writer),
          });
    case "boolean":
    case "conditional":
      return chosenValue(body, expression);
    case "walrus": {
      const value = evaluate(body, expression.value);
      const variable = ownVariableOf(body, expression.target.id);
      emit(writer, { op: "write", node: expression.target, variable, value });
      return value;
    }
    case "display":
      return compose(body, expression, expression.form, evaluateAll(body, expression.elements));
    case "starred":
      return compose(body, expression, "starred", [evaluate(body, expression.value)]);
    case "dict":
      return evaluateDict(body, expression);
    case "slice":
      return evaluateSlice(body, expression);
    case "formatted":
      return evaluateFormatted(body, expression);
    case "comprehension":
      return evaluateComprehension(body, expression);
    case "lambda":
      return evaluateLambda(body, expression);
    case "await": {
      const value = evaluate(body, expression.value);
      return emitValue(writer, {
        op: "suspend",
        node: expression,
        result: nextValue(writer),
        form: "await",
        value,
      });
    }
    case "yield": {
      body.isGenerator = true;
      const value = expression.value === undefined ? undefined : evaluate(body, expression.value);
      return emitValue(writer, {
        op: "suspend",
        node: expression,
        result: nextValue(writer),
        form: expression.isFrom ? "yieldFrom" : "yield",
        ...(value === undefined ? {} : { value }),
      });
    }
    case "unparsed":
      return emitValue(writer, { op: "unknown", node: expression, result: nextValue(writer), operands: [] });
    default:
      return assertNever(expression);
  }
}

/** `f(…)` and `class C(…)`. */
export function evaluateArguments(body: Body, list: readonly Argument[]): readonly CallArgument[] {
  return list.map((argument) => {
    const value = evaluate(body, argument.value);
    return argument.name === undefined
      ? { form: argument.form, value }
      : { form: argument.form, name: argument.name.id, value };
  });
}

function constant(
  body: Body,
  node: SyntaxNode,
  value: string | boolean | null,
  type: "string" | "bytes" | "number" | "constant",
): Value {
  return emitValue(body.writer, { op: "constant", node, result: nextValue(body.writer), value, type });
}

function compose(
  body: Body,
  node: SyntaxNode,
  form: Form,
  operands: readonly Value[],
  operator?: string,
): Value {
  const result = nextValue(body.writer);
  return emitValue(
    body.writer,
    operator === undefined
      ? { op: "compose", node, result, form, operands }
      : { op: "compose", node, result, form, operands, operator },
  );
}

function evaluateAll(body: Body, expressions: readonly Expression[]): readonly Value[] {
  return expressions.map((expression) => evaluate(body, expression));
}

function evaluateCall(body: Body, call: Call): Value {
  const callee = evaluate(body, call.callee);
  const list = evaluateArguments(body, call.arguments);
  const result = emitValue(body.writer, {
    op: "call",
    node: call,
    result: nextValue(body.writer),
    callee,
    arguments: list,
  });
  endAfterCall(body, call);
  return result;
}

/** Without recursion to the left: `a + b + c + …` may have thousands of operands. */
function evaluateBinary(body: Body, expression: Binary): Value {
  const spine = [expression];
  let leftmost = expression.left;
  while (leftmost.kind === "binary") {
    spine.push(leftmost);
    leftmost = leftmost.left;
  }
  let value = evaluate(body, leftmost);
  for (let index = spine.length - 1; index >= 0; index--) {
    const node = spine[index]!;
    value = compose(body, node, "binary", [value, evaluate(body, node.right)], node.operator);
  }
  return value;
}

function evaluateDict(body: Body, display: DictDisplay): Value {
  const operands: Value[] = [];
  for (const entry of display.entries) {
    operands.push(entry.key === undefined ? -1 : evaluate(body, entry.key), evaluate(body, entry.value));
  }
  return compose(body, display, "dict", operands);
}

function evaluateSlice(body: Body, slice: Slice): Value {
  const bounds = [slice.lower, slice.upper, slice.step];
  const operands = bounds.map((bound) => (bound === undefined ? -1 : evaluate(body, bound)));
  return compose(body, slice, "slice", operands);
}

function evaluateFormatted(body: Body, formatted: FormattedString): Value {
  const operands = formatted.parts.map((part) =>
    part.kind === "string" ? evaluate(body, part) : evaluateInterpolation(body, part),
  );
  return compose(body, formatted, formatted.isTemplate ? "template" : "format", operands);
}

function evaluateInterpolation(body: Body, part: Interpolation): Value {
  const value = evaluate(body, part.value);
  if (part.conversion === undefined && part.format === undefined) return value;
  const operands = part.format === undefined ? [value] : [value, evaluate(body, part.format)];
  return compose(body, part, "interpolation", operands, part.conversion);
}

function evaluateLambda(body: Body, lambda: Lambda): Value {
  return defineFunction(body, lambda, []);
}
