// Lowering of `match` statements and the patterns of their cases.
import type { Expression, MatchCase, Name, Pattern, Statement } from "./ast.js";
import { byKind, kindOf } from "./kinds.js";
import {
  childOfKind,
  childrenOf,
  commaFollows,
  firstChild,
  type Lowering,
  type LowerPattern,
  type LowerStatement,
  nameOf,
  type Row,
  required,
  tupleOrSingle,
  unparsedRow,
} from "./lowering.js";

const blockKind = kindOf("block");
const caseClauseKind = kindOf("case_clause");
const casePatternKind = kindOf("case_pattern");
const ifClauseKind = kindOf("if_clause");
const dottedKind = kindOf("dotted_name");
const splatKind = kindOf("splat_pattern");
const keywordPatternKind = kindOf("keyword_pattern");
const minus = 45;

function lowerMatch(lowering: Lowering, row: Row): Statement {
  const rows = childrenOf(lowering, row);
  const bodyRow = rows.find((child) => lowering.kind[child] === blockKind) ?? 0;
  const subjects = rows.filter((child) => child !== bodyRow);
  const subject = tupleOrSingle(lowering, subjects, row);
  const cases =
    bodyRow === 0 ? [] : childrenOf(lowering, bodyRow).flatMap((child) => lowerCase(lowering, child));
  return { kind: "match", start: lowering.start[row]!, end: lowering.end[row]!, subject, cases };
}

function lowerCase(lowering: Lowering, row: Row): readonly MatchCase[] {
  if (lowering.kind[row] !== caseClauseKind) {
    unparsedRow(lowering, row);
    return [];
  }
  const patterns = childrenOf(lowering, row).filter((child) => lowering.kind[child] === casePatternKind);
  const guardRow = childOfKind(lowering, row, ifClauseKind);
  const bodyRow = childOfKind(lowering, row, blockKind);
  const pattern = sequenceOrSingle(lowering, patterns, row);
  const guard = guardRow === 0 ? {} : { guard: required(lowering, firstChild(lowering, guardRow), guardRow) };
  return [
    {
      kind: "case",
      start: lowering.start[row]!,
      end: lowering.end[row]!,
      pattern,
      ...guard,
      body: lowering.block(bodyRow),
    },
  ];
}

/** `case a:` or the sequence that commas make: `case a, b:` */
function sequenceOrSingle(lowering: Lowering, rows: readonly Row[], parent: Row): Pattern {
  const first = rows[0];
  if (first === undefined) return unparsedRow(lowering, parent, "incomplete case_clause");
  const last = rows[rows.length - 1]!;
  const isSingle = rows.length === 1 && !commaFollows(lowering, first, lowering.end[parent]!);
  if (isSingle) return lowering.pattern(first);
  const patterns = rows.map((row) => lowering.pattern(row));
  return { kind: "matchSequence", start: lowering.start[first]!, end: lowering.end[last]!, patterns };
}

/** The wrapper of every pattern; `_` has no row inside, and a "-" before a number none of its own. */
function lowerCasePattern(lowering: Lowering, row: Row): Pattern {
  const inner = firstChild(lowering, row);
  if (inner === 0) return wildcard(lowering, row);
  if (
    lowering.text.charCodeAt(lowering.start[row]!) !== minus ||
    lowering.start[inner] === lowering.start[row]
  ) {
    return lowering.pattern(inner);
  }
  return negative(lowering, lowering.start[row]!, inner);
}

function negative(lowering: Lowering, start: number, row: Row): Pattern {
  const end = lowering.end[row]!;
  const operand = lowering.expression(row);
  return { kind: "matchValue", start, end, value: { kind: "unary", start, end, operator: "-", operand } };
}

function wildcard(lowering: Lowering, row: Row): Pattern {
  return { kind: "matchAs", start: lowering.start[row]!, end: lowering.end[row]! };
}

function lowerValue(lowering: Lowering, row: Row): Pattern {
  const value = lowering.expression(row);
  return { kind: "matchValue", start: value.start, end: value.end, value };
}

/** `-1 + 2j`: the signs have no rows. */
function lowerComplex(lowering: Lowering, row: Row): Pattern {
  const start = lowering.start[row]!;
  const end = lowering.end[row]!;
  const [realRow = 0, imaginaryRow = 0] = childrenOf(lowering, row);
  const real = required(lowering, realRow, row);
  const right = required(lowering, imaginaryRow, row);
  const left: Expression =
    real.start === start ? real : { kind: "unary", start, end: real.end, operator: "-", operand: real };
  const operator = lowering.text.slice(real.end, right.start).includes("-") ? "-" : "+";
  return { kind: "matchValue", start, end, value: { kind: "binary", start, end, operator, left, right } };
}

/** A single name captures, a dotted one is a value. */
function lowerDotted(lowering: Lowering, row: Row): Pattern {
  const value = dottedExpression(lowering, row);
  if (value.kind !== "name") return { kind: "matchValue", start: value.start, end: value.end, value };
  if (value.id === "_") return wildcard(lowering, row);
  return { kind: "matchAs", start: value.start, end: value.end, name: value };
}

function dottedExpression(lowering: Lowering, row: Row): Expression {
  const [first = 0, ...rest] = childrenOf(lowering, row);
  const start = lowering.start[row]!;
  let value: Expression = nameOf(lowering, first, start);
  for (const child of rest) {
    const end = lowering.end[child]!;
    value = { kind: "attribute", start, end, object: value, name: nameOf(lowering, child, end) };
  }
  return value;
}

/** `pattern as name` */
function lowerAs(lowering: Lowering, row: Row): Pattern {
  const [patternRow = 0, nameRow = 0] = childrenOf(lowering, row);
  const end = lowering.end[row]!;
  const pattern = patternRow === 0 ? {} : { pattern: lowering.pattern(patternRow) };
  return {
    kind: "matchAs",
    start: lowering.start[row]!,
    end,
    ...pattern,
    name: nameOf(lowering, nameRow, end),
  };
}

function lowerUnion(lowering: Lowering, row: Row): Pattern {
  const start = lowering.start[row]!;
  const end = lowering.end[row]!;
  return { kind: "matchOr", start, end, patterns: alternatives(lowering, row) };
}

/** The alternatives between the bars; `_` and the sign of a number have no rows, so the text says where they are. */
function alternatives(lowering: Lowering, row: Row): readonly Pattern[] {
  const { text, start, end } = lowering;
  const patterns: Pattern[] = [];
  let at = start[row]!;
  for (const child of childrenOf(lowering, row)) {
    const before = text.slice(at, start[child]!);
    patterns.push(...wildcardsIn(before, at));
    const sign = before.lastIndexOf("-");
    patterns.push(sign >= 0 ? negative(lowering, at + sign, child) : lowering.pattern(child));
    at = end[child]!;
  }
  return [...patterns, ...wildcardsIn(text.slice(at, end[row]!), at)];
}

function wildcardsIn(text: string, offset: number): readonly Pattern[] {
  return Array.from(text.matchAll(/_/g), ({ index }): Pattern => {
    return { kind: "matchAs", start: offset + index, end: offset + index + 1 };
  });
}

function lowerSequence(lowering: Lowering, row: Row): Pattern {
  const start = lowering.start[row]!;
  const end = lowering.end[row]!;
  const patterns = childrenOf(lowering, row).map((child) => lowering.pattern(child));
  return { kind: "matchSequence", start, end, patterns };
}

/** `(a)` only groups; `()`, `(a,)` and `(a, b)` are sequences. */
function lowerParenthesized(lowering: Lowering, row: Row): Pattern {
  const [first, ...more] = childrenOf(lowering, row);
  const isGroup =
    first !== undefined && more.length === 0 && !commaFollows(lowering, first, lowering.end[row]!);
  return isGroup ? lowering.pattern(first) : lowerSequence(lowering, row);
}

function lowerSplat(lowering: Lowering, row: Row): Pattern {
  return {
    kind: "matchStar",
    start: lowering.start[row]!,
    end: lowering.end[row]!,
    ...captured(lowering, row),
  };
}

/** The name inside `*rest`; none in `*_`. */
function captured(lowering: Lowering, row: Row): { readonly name?: Name } {
  const nameRow = firstChild(lowering, row);
  if (nameRow === 0) return {};
  const name = nameOf(lowering, nameRow, lowering.end[row]!);
  return name.id === "_" ? {} : { name };
}

function lowerMapping(lowering: Lowering, row: Row): Pattern {
  const start = lowering.start[row]!;
  const end = lowering.end[row]!;
  const entries: { readonly key: Expression; readonly pattern: Pattern }[] = [];
  let rest: Name | undefined;
  let key: Expression | undefined;
  let at = start + 1;
  for (const child of childrenOf(lowering, row)) {
    if (lowering.kind[child] === splatKind) rest = captured(lowering, child).name;
    else if (key === undefined) key = keyExpression(lowering, child, at);
    else {
      entries.push({ key, pattern: lowering.pattern(child) });
      key = undefined;
    }
    at = lowering.end[child]!;
  }
  return { kind: "matchMapping", start, end, entries, ...(rest === undefined ? {} : { rest }) };
}

/** A key is a literal or a dotted name; a sign before it, after offset `from`, has no row. */
function keyExpression(lowering: Lowering, row: Row, from: number): Expression {
  if (lowering.kind[row] === dottedKind) return dottedExpression(lowering, row);
  const sign = lowering.text.slice(from, lowering.start[row]!).indexOf("-");
  const key = sign < 0 ? lowering.pattern(row) : negative(lowering, from + sign, row);
  return key.kind === "matchValue" ? key.value : unparsedRow(lowering, row);
}

function lowerClassPattern(lowering: Lowering, row: Row): Pattern {
  const start = lowering.start[row]!;
  const end = lowering.end[row]!;
  const [classRow = 0, ...rows] = childrenOf(lowering, row);
  const positional: Pattern[] = [];
  const keywords: { readonly name: Name; readonly pattern: Pattern }[] = [];
  for (const child of rows) {
    const inner = firstChild(lowering, child);
    if (inner !== 0 && lowering.kind[inner] === keywordPatternKind)
      keywords.push(lowerKeyword(lowering, inner));
    else positional.push(lowering.pattern(child));
  }
  return {
    kind: "matchClass",
    start,
    end,
    class: dottedExpression(lowering, classRow),
    positional,
    keywords,
  };
}

/** `name=pattern`; a wildcard and the sign of a number have no rows. */
function lowerKeyword(lowering: Lowering, row: Row): { readonly name: Name; readonly pattern: Pattern } {
  const { text, start, end } = lowering;
  const [nameRow = 0, patternRow = 0] = childrenOf(lowering, row);
  const name = nameOf(lowering, nameRow, start[row]!);
  if (patternRow === 0) return { name, pattern: { kind: "matchAs", start: end[row]! - 1, end: end[row]! } };
  const sign = text.slice(name.end, start[patternRow]!).indexOf("-");
  const pattern = sign < 0 ? lowering.pattern(patternRow) : negative(lowering, name.end + sign, patternRow);
  return { name, pattern };
}

/** A keyword pattern outside a class pattern is no Python. */
function lowerStrayKeyword(lowering: Lowering, row: Row): Pattern {
  return unparsedRow(lowering, row);
}

export const patternLowerers = byKind<LowerPattern>({
  case_pattern: lowerCasePattern,
  as_pattern: lowerAs,
  keyword_pattern: lowerStrayKeyword,
  class_pattern: lowerClassPattern,
  splat_pattern: lowerSplat,
  union_pattern: lowerUnion,
  list_pattern: lowerSequence,
  tuple_pattern: lowerParenthesized,
  dict_pattern: lowerMapping,
  string: lowerValue,
  concatenated_string: lowerValue,
  true: lowerValue,
  false: lowerValue,
  none: lowerValue,
  integer: lowerValue,
  float: lowerValue,
  complex_pattern: lowerComplex,
  dotted_name: lowerDotted,
});

export const matchLowerers = byKind<LowerStatement>({ match_statement: lowerMatch });
