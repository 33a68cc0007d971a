// Lowering of expressions, all but strings and definitions: one small function for each kind of the grammar.
import type {
  Argument,
  Binary,
  BinaryOperator,
  BooleanOperation,
  ComparisonOperator,
  Comprehension,
  ComprehensionClause,
  DictDisplay,
  Display,
  Expression,
  Slice,
} from "./ast.js";
import { byKind, kindOf } from "./kinds.js";
import {
  childrenOf,
  commaFollows,
  expressionsOf,
  firstChild,
  type Lowering,
  nameAt,
  nameOf,
  nextSibling,
  noteUnparsed,
  type Row,
  required,
  unparsedRow,
} from "./lowering.js";
import { isIdentifierCode, skipTrivia, startsWithWord } from "./text.js";

export type LowerExpression = (lowering: Lowering, row: Row) => Expression;

const binaryKind = kindOf("binary_operator");
const booleanKind = kindOf("boolean_operator");
const keywordArgumentKind = kindOf("keyword_argument");
const listSplatKind = kindOf("list_splat");
const dictionarySplatKind = kindOf("dictionary_splat");
const generatorKind = kindOf("generator_expression");
const forInKind = kindOf("for_in_clause");
const pairKind = kindOf("pair");
const colon = 58;

function lowerName(lowering: Lowering, row: Row): Expression {
  return nameAt(lowering, lowering.start[row]!, lowering.end[row]!);
}

function lowerNumber(lowering: Lowering, row: Row): Expression {
  const start = lowering.start[row]!;
  const end = lowering.end[row]!;
  return { kind: "number", start, end, text: lowering.text.slice(start, end) };
}

function constant(value: true | false | null | "..."): LowerExpression {
  return ({ start, end }, row) => ({ kind: "constant", start: start[row]!, end: end[row]!, value });
}

/** The name of `a.b` ends where the attribute ends. */
function lowerAttribute(lowering: Lowering, row: Row): Expression {
  const object = required(lowering, firstChild(lowering, row), row);
  const end = lowering.end[row]!;
  let nameStart = end;
  while (nameStart > object.end && isIdentifierCode(lowering.text.charCodeAt(nameStart - 1))) nameStart--;
  const name = nameAt(lowering, nameStart, end);
  return { kind: "attribute", start: lowering.start[row]!, end, object, name };
}

function lowerSubscript(lowering: Lowering, row: Row): Expression {
  const objectRow = firstChild(lowering, row);
  const object = required(lowering, objectRow, row);
  const indices: Row[] = [];
  const limit = lowering.after[row]!;
  for (let child = lowering.after[objectRow]!; child < limit; child = lowering.after[child]!) {
    indices.push(child);
  }
  const index = tupleOrSingle(lowering, indices, row);
  return { kind: "subscript", start: lowering.start[row]!, end: lowering.end[row]!, object, index };
}

/** One expression, or the tuple that commas make of `rows`, children of `parent`. */
export function tupleOrSingle(lowering: Lowering, rows: readonly Row[], parent: Row): Expression {
  const first = rows[0];
  if (first === undefined) return required(lowering, 0, parent);
  const last = rows[rows.length - 1]!;
  if (rows.length === 1 && !commaFollows(lowering, first, lowering.end[parent]!))
    return lowering.expression(first);
  const elements = rows.map((row) => lowering.expression(row));
  return {
    kind: "display",
    start: lowering.start[first]!,
    end: lowering.end[last]!,
    form: "tuple",
    elements,
  };
}

function lowerSlice(lowering: Lowering, row: Row): Expression {
  const { text, start, end } = lowering;
  const slice: { -readonly [Key in keyof Slice]: Slice[Key] } = {
    kind: "slice",
    start: start[row]!,
    end: end[row]!,
  };
  const parts = ["lower", "upper", "step"] as const;
  let part = 0;
  let at = start[row]!;
  for (const child of childrenOf(lowering, row)) {
    at = skipTrivia(text, at);
    while (at < start[child]! && text.charCodeAt(at) === colon) {
      part++;
      at = skipTrivia(text, at + 1);
    }
    const name = parts[part];
    if (name === undefined) return unparsedRow(lowering, row);
    slice[name] = lowering.expression(child);
    at = end[child]!;
  }
  return slice;
}

function lowerCall(lowering: Lowering, row: Row): Expression {
  const calleeRow = firstChild(lowering, row);
  const callee = required(lowering, calleeRow, row);
  const argumentsRow = calleeRow === 0 ? 0 : nextSibling(lowering, calleeRow, row);
  return {
    kind: "call",
    start: lowering.start[row]!,
    end: lowering.end[row]!,
    callee,
    arguments: lowerArguments(lowering, argumentsRow),
  };
}

/** The arguments of an `argument_list` row, or of a generator that is the only one; none for row 0. */
export function lowerArguments(lowering: Lowering, row: Row): readonly Argument[] {
  if (row === 0) return [];
  if (lowering.kind[row] === generatorKind) {
    const value = lowering.expression(row);
    return [{ kind: "argument", start: value.start, end: value.end, form: "positional", value }];
  }
  const { after } = lowering;
  const result: Argument[] = [];
  for (let child = row + 1; child < after[row]!; child = after[child]!) {
    result.push(lowerArgument(lowering, child));
  }
  return result;
}

function lowerArgument(lowering: Lowering, row: Row): Argument {
  const kind = lowering.kind[row];
  const start = lowering.start[row]!;
  const end = lowering.end[row]!;
  if (kind === keywordArgumentKind) {
    const nameRow = firstChild(lowering, row);
    const name = nameOf(lowering, nameRow, start);
    const value = required(lowering, nameRow === 0 ? 0 : nextSibling(lowering, nameRow, row), row);
    return { kind: "argument", start, end, form: "keyword", name, value };
  }
  if (kind === listSplatKind || kind === dictionarySplatKind) {
    const form = kind === listSplatKind ? "star" : "doubleStar";
    return { kind: "argument", start, end, form, value: required(lowering, firstChild(lowering, row), row) };
  }
  return { kind: "argument", start, end, form: "positional", value: lowering.expression(row) };
}

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

function lowerWalrus(lowering: Lowering, row: Row): Expression {
  const [targetRow = 0, valueRow = 0] = childrenOf(lowering, row);
  const start = lowering.start[row]!;
  const target = nameOf(lowering, targetRow, start);
  const value = required(lowering, valueRow, row);
  return { kind: "walrus", start, end: lowering.end[row]!, target, value };
}

function lowerParenthesized(lowering: Lowering, row: Row): Expression {
  return required(lowering, firstChild(lowering, row), row);
}

function display(form: Display["form"]): LowerExpression {
  return (lowering, row) => ({
    kind: "display",
    start: lowering.start[row]!,
    end: lowering.end[row]!,
    form,
    elements: expressionsOf(lowering, row),
  });
}

function lowerDict(lowering: Lowering, row: Row): Expression {
  const entries: DictDisplay["entries"][number][] = [];
  for (const child of childrenOf(lowering, row)) {
    const [first = 0, second = 0] = childrenOf(lowering, child);
    if (lowering.kind[child] === dictionarySplatKind) {
      entries.push({ value: required(lowering, first, child) });
    } else if (lowering.kind[child] === pairKind) {
      entries.push({ key: required(lowering, first, child), value: required(lowering, second, child) });
    } else {
      entries.push({ value: unparsedRow(lowering, child) });
    }
  }
  return { kind: "dict", start: lowering.start[row]!, end: lowering.end[row]!, entries };
}

function comprehension(form: Comprehension["form"]): LowerExpression {
  return (lowering, row) => {
    const start = lowering.start[row]!;
    const end = lowering.end[row]!;
    const [body = 0, ...clauseRows] = childrenOf(lowering, row);
    const [first = 0, second = 0] = form === "dict" ? childrenOf(lowering, body) : [0, body];
    const key = form === "dict" ? { key: required(lowering, first, row) } : {};
    const element = required(lowering, second, row);
    const clauses = clauseRows.map((clause) => lowerClause(lowering, clause));
    return { kind: "comprehension", start, end, form, ...key, element, clauses };
  };
}

/** `for a, b in c, d` (the tuple without parentheses is Python 2's) or `if test`. */
function lowerClause(lowering: Lowering, row: Row): ComprehensionClause {
  const start = lowering.start[row]!;
  const end = lowering.end[row]!;
  const [first = 0, ...rest] = childrenOf(lowering, row);
  if (lowering.kind[row] !== forInKind) {
    return { kind: "if", start, end, test: required(lowering, first, row) };
  }
  const isAsync = startsWithWord(lowering.text, "async", start);
  const target = required(lowering, first, row);
  return { kind: "for", start, end, isAsync, target, iterable: tupleOrSingle(lowering, rest, row) };
}

function lowerStarred(lowering: Lowering, row: Row): Expression {
  const value = required(lowering, firstChild(lowering, row), row);
  return { kind: "starred", start: lowering.start[row]!, end: lowering.end[row]!, value };
}

function lowerAwait(lowering: Lowering, row: Row): Expression {
  const value = required(lowering, firstChild(lowering, row), row);
  return { kind: "await", start: lowering.start[row]!, end: lowering.end[row]!, value };
}

function lowerYield(lowering: Lowering, row: Row): Expression {
  const start = lowering.start[row]!;
  const end = lowering.end[row]!;
  const child = firstChild(lowering, row);
  if (child === 0) return { kind: "yield", start, end, isFrom: false };
  const isFrom = startsWithWord(lowering.text, "from", skipTrivia(lowering.text, start + "yield".length));
  return { kind: "yield", start, end, isFrom, value: lowering.expression(child) };
}

/** `x as y` outside `with`, `except` and `case` is no Python; `x` may still matter. */
function lowerStrayAs(lowering: Lowering, row: Row): Expression {
  const value = firstChild(lowering, row);
  const target = value === 0 ? 0 : nextSibling(lowering, value, row);
  if (value === 0 || target === 0) return unparsedRow(lowering, row);
  noteUnparsed(lowering, lowering.start[target]!, lowering.end[target]!, "as_pattern");
  return lowering.expression(value);
}

export const expressionLowerers = byKind<LowerExpression>({
  identifier: lowerName,
  integer: lowerNumber,
  float: lowerNumber,
  true: constant(true),
  false: constant(false),
  none: constant(null),
  ellipsis: constant("..."),
  attribute: lowerAttribute,
  subscript: lowerSubscript,
  slice: lowerSlice,
  call: lowerCall,
  list_splat: lowerStarred,
  list_splat_pattern: lowerStarred,
  dictionary_splat_pattern: lowerStarred,
  parenthesized_expression: lowerParenthesized,
  parenthesized_list_splat: lowerParenthesized,
  unary_operator: lowerUnary,
  not_operator: lowerUnary,
  binary_operator: lowerBinary,
  boolean_operator: lowerBoolean,
  comparison_operator: lowerComparison,
  conditional_expression: lowerConditional,
  named_expression: lowerWalrus,
  list: display("list"),
  set: display("set"),
  tuple: display("tuple"),
  expression_list: display("tuple"),
  pattern_list: display("tuple"),
  list_pattern: display("list"),
  tuple_pattern: display("tuple"),
  dictionary: lowerDict,
  list_comprehension: comprehension("list"),
  set_comprehension: comprehension("set"),
  dictionary_comprehension: comprehension("dict"),
  generator_expression: comprehension("generator"),
  await: lowerAwait,
  yield: lowerYield,
  as_pattern: lowerStrayAs,
  as_pattern_target: lowerParenthesized,
});
