// Lowering of the plainest expressions: names, literals, access, calls and what wraps one other expression.
import type { Argument, Expression, Slice } from "./ast.js";
import { byKind, kindOf } from "./kinds.js";
import {
  childrenOf,
  firstChild,
  type LowerExpression,
  type Lowering,
  nameAt,
  nameOf,
  nextSibling,
  noteUnparsed,
  type Row,
  required,
  tupleOrSingle,
  unparsedRow,
} from "./lowering.js";
import { isIdentifierCode, skipTrivia, startsWithWord } from "./text.js";

const keywordArgumentKind = kindOf("keyword_argument");
const listSplatKind = kindOf("list_splat");
const dictionarySplatKind = kindOf("dictionary_splat");
const generatorKind = kindOf("generator_expression");
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
  const written = tupleOrSingle(lowering, indices, row);
  const index: Expression =
    written.kind === "starred"
      ? { kind: "display", start: written.start, end: written.end, form: "tuple", elements: [written] }
      : written;
  return { kind: "subscript", start: lowering.start[row]!, end: lowering.end[row]!, object, index };
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
  named_expression: lowerWalrus,
  await: lowerAwait,
  yield: lowerYield,
  as_pattern: lowerStrayAs,
  as_pattern_target: lowerParenthesized,
});
