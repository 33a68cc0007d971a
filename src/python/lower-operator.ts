// Lowering of operators: arithmetic, logic, comparison and the conditional expression.
import type { Binary, BinaryOperator, BooleanOperation, ComparisonOperator, Expression } from "./ast.js";
import { byKind, kindOf } from "./kinds.js";
import {
  childrenOf,
  firstChild,
  type LowerExpression,
  type Lowering,
  nextSibling,
  type Row,
  required,
  unparsedRow,
} from "./lowering.js";
import { skipTrivia, startsWithWord } from "./text.js";

const binaryKind = kindOf("binary_operator");
const booleanKind = kindOf("boolean_operator");

function lowerUnary(lowering: Lowering, row: Row): Expression {
  const { text, start, end } = lowering;
  const sign = text[start[row]!];
  const operator = sign === "-" || sign === "+" || sign === "~" ? sign : "not";
  const operand = required(lowering, firstChild(lowering, row), row);
  return { kind: "unary", start: start[row]!, end: end[row]!, operator, operand };
}

const binaryOperators: ReadonlySet<string> = new Set([..."+-*/%@&|^", "//", "**", "<<", ">>"]);

/** The operator at `at`, of one or two characters; undefined when none stands there. */
export function binaryOperatorAt(text: string, at: number): BinaryOperator | undefined {
  const two = text.slice(at, at + 2);
  if (binaryOperators.has(two)) return two as BinaryOperator;
  const one = text.charAt(at);
  return binaryOperators.has(one) ? (one as BinaryOperator) : undefined;
}

/** The rows of a chain that leans left, outermost first, and the row at its left end. */
function leftChain(
  lowering: Lowering,
  row: Row,
  kind: number,
): { readonly links: readonly Row[]; readonly leftmost: Row } {
  const links: Row[] = [];
  let leftmost = row;
  while (leftmost !== 0 && lowering.kind[leftmost] === kind) {
    links.push(leftmost);
    leftmost = firstChild(lowering, leftmost);
  }
  return { links, leftmost };
}

/** `a + b + c + …` may be thousands long and leans left: its links are met in a loop. */
function lowerBinary(lowering: Lowering, row: Row): Expression {
  const { links, leftmost } = leftChain(lowering, row, binaryKind);
  let left = required(lowering, leftmost, links[links.length - 1]!);
  let leftRow = leftmost;
  for (let index = links.length - 1; index >= 0; index--) {
    const link = links[index]!;
    left = binaryLink(lowering, link, leftRow, left);
    leftRow = link;
  }
  return left;
}

function binaryLink(lowering: Lowering, row: Row, leftRow: Row, left: Expression): Expression {
  const { text, start, end } = lowering;
  const operator =
    leftRow === 0 ? undefined : binaryOperatorAt(text, skipTrivia(text, lowering.end[leftRow]!));
  if (operator === undefined) return unparsedRow(lowering, row);
  const right = required(lowering, nextSibling(lowering, leftRow, row), row);
  const node: Binary = { kind: "binary", start: start[row]!, end: end[row]!, operator, left, right };
  return node;
}

/** `a and b and c` leans left as two nodes and becomes one. */
function lowerBoolean(lowering: Lowering, row: Row): Expression {
  const operator = booleanOperator(lowering, row);
  const right: Row[] = [];
  let left = row;
  while (lowering.kind[left] === booleanKind && booleanOperator(lowering, left) === operator) {
    const first = firstChild(lowering, left);
    right.push(first === 0 ? 0 : nextSibling(lowering, first, left));
    left = first;
  }
  const operands = [left, ...right.reverse()].map((operand) => required(lowering, operand, row));
  const node: BooleanOperation = {
    kind: "boolean",
    start: lowering.start[row]!,
    end: lowering.end[row]!,
    operator,
    operands,
  };
  return node;
}

function booleanOperator(lowering: Lowering, row: Row): "and" | "or" {
  const left = firstChild(lowering, row);
  const at = skipTrivia(lowering.text, lowering.end[left]!);
  return lowering.text.charCodeAt(at) === 97 ? "and" : "or";
}

function lowerComparison(lowering: Lowering, row: Row): Expression {
  const { start, end } = lowering;
  const rows = childrenOf(lowering, row);
  const operators: ComparisonOperator[] = [];
  for (let index = 1; index < rows.length; index++) {
    const operator = comparisonOperator(lowering, end[rows[index - 1]!]!, start[rows[index]!]!);
    if (operator === undefined) return unparsedRow(lowering, row);
    operators.push(operator);
  }
  const operands = rows.map((operand) => lowering.expression(operand));
  return { kind: "comparison", start: start[row]!, end: end[row]!, operators, operands };
}

const symbolComparisons: readonly ComparisonOperator[] = ["==", "!=", "<=", ">=", "<", ">"];

/** The operator between an operand that ends at `after` and one that starts at `before`. */
function comparisonOperator(
  lowering: Lowering,
  after: number,
  before: number,
): ComparisonOperator | undefined {
  const { text } = lowering;
  const at = skipTrivia(text, after);
  if (text.startsWith("<>", at)) return "!=";
  const symbol = symbolComparisons.find((operator) => text.startsWith(operator, at));
  if (symbol !== undefined) return symbol;
  if (startsWithWord(text, "in", at)) return "in";
  if (startsWithWord(text, "not", at)) return "not in";
  if (!startsWithWord(text, "is", at)) return undefined;
  return skipTrivia(text, at + 2) < before ? "is not" : "is";
}

function lowerConditional(lowering: Lowering, row: Row): Expression {
  const [bodyRow = 0, testRow = 0, otherwiseRow = 0] = childrenOf(lowering, row);
  const body = required(lowering, bodyRow, row);
  const test = required(lowering, testRow, row);
  const otherwise = required(lowering, otherwiseRow, row);
  return {
    kind: "conditional",
    start: lowering.start[row]!,
    end: lowering.end[row]!,
    test,
    body,
    otherwise,
  };
}

export const operatorLowerers = byKind<LowerExpression>({
  unary_operator: lowerUnary,
  not_operator: lowerUnary,
  binary_operator: lowerBinary,
  boolean_operator: lowerBoolean,
  comparison_operator: lowerComparison,
  conditional_expression: lowerConditional,
});
