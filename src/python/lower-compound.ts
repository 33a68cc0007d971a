// Lowering of compound statements: branches, loops, `try` and `with`.
import type { ExceptHandler, If, Statement, WithItem } from "./ast.js";
import { byKind, kindOf } from "./kinds.js";
import {
  childOfKind,
  childrenOf,
  firstChild,
  type Lowering,
  type LowerStatement,
  nameOf,
  nextSibling,
  type Row,
  required,
  tupleOrSingle,
} from "./lowering.js";
import { skipTrivia, startsWithWord } from "./text.js";

const blockKind = kindOf("block");
const elifKind = kindOf("elif_clause");
const elseKind = kindOf("else_clause");
const exceptKind = kindOf("except_clause");
const finallyKind = kindOf("finally_clause");
const withClauseKind = kindOf("with_clause");
const asPatternKind = kindOf("as_pattern");
const tupleKind = kindOf("tuple");
const parenthesizedKind = kindOf("parenthesized_expression");
const identifierKind = kindOf("identifier");

/** A chain of `elif` may be thousands long: it is built from its end. */
function lowerIf(lowering: Lowering, row: Row): Statement {
  const end = lowering.end[row]!;
  const rows = childrenOf(lowering, row);
  const elifs = rows.filter((child) => lowering.kind[child] === elifKind);
  const elseRow = rows.find((child) => lowering.kind[child] === elseKind) ?? 0;
  let otherwise = lowerElse(lowering, elseRow);
  for (const elif of elifs.reverse()) otherwise = [lowerBranch(lowering, elif, end, otherwise)];
  return lowerBranch(lowering, row, end, otherwise);
}

function lowerBranch(lowering: Lowering, row: Row, end: number, otherwise: readonly Statement[]): If {
  const first = firstChild(lowering, row);
  const test = required(lowering, first !== 0 && lowering.kind[first] !== blockKind ? first : 0, row);
  const body = lowering.block(childOfKind(lowering, row, blockKind));
  return { kind: "if", start: lowering.start[row]!, end, test, body, otherwise };
}

/** The block of an `else_clause` or `finally_clause` row; none for row 0. */
function lowerElse(lowering: Lowering, row: Row): readonly Statement[] {
  return row === 0 ? [] : lowering.block(childOfKind(lowering, row, blockKind));
}

function lowerFor(lowering: Lowering, row: Row): Statement {
  const [targetRow = 0, iterableRow = 0] = childrenOf(lowering, row);
  return {
    kind: "for",
    start: lowering.start[row]!,
    end: lowering.end[row]!,
    isAsync: startsWithWord(lowering.text, "async", lowering.start[row]!),
    target: required(lowering, targetRow, row),
    iterable: required(lowering, iterableRow, row),
    body: lowering.block(childOfKind(lowering, row, blockKind)),
    otherwise: lowerElse(lowering, childOfKind(lowering, row, elseKind)),
  };
}

function lowerWhile(lowering: Lowering, row: Row): Statement {
  return {
    kind: "while",
    start: lowering.start[row]!,
    end: lowering.end[row]!,
    test: required(lowering, firstChild(lowering, row), row),
    body: lowering.block(childOfKind(lowering, row, blockKind)),
    otherwise: lowerElse(lowering, childOfKind(lowering, row, elseKind)),
  };
}

function lowerTry(lowering: Lowering, row: Row): Statement {
  const body = lowering.block(childOfKind(lowering, row, blockKind));
  const handlers = childrenOf(lowering, row)
    .filter((child) => lowering.kind[child] === exceptKind)
    .map((child) => lowerHandler(lowering, child));
  return {
    kind: "try",
    start: lowering.start[row]!,
    end: lowering.end[row]!,
    body,
    handlers,
    otherwise: lowerElse(lowering, childOfKind(lowering, row, elseKind)),
    finalizer: lowerElse(lowering, childOfKind(lowering, row, finallyKind)),
  };
}

function lowerHandler(lowering: Lowering, row: Row): ExceptHandler {
  const { text, start, end } = lowering;
  const isGroup = text.charAt(skipTrivia(text, start[row]! + "except".length)) === "*";
  const rows = childrenOf(lowering, row);
  const bodyRow = rows.find((child) => lowering.kind[child] === blockKind) ?? 0;
  const caught = lowerCaught(
    lowering,
    rows.filter((child) => child !== bodyRow),
    row,
  );
  const body = lowering.block(bodyRow);
  return { kind: "except", start: start[row]!, end: end[row]!, isGroup, ...caught, body };
}

/** `T as name`; `T, name` where Python 2 is spoken; else one type or the tuple of several. */
function lowerCaught(
  lowering: Lowering,
  rows: readonly Row[],
  parent: Row,
): Pick<ExceptHandler, "type" | "name"> {
  const [first = 0, second = 0] = rows;
  if (first === 0) return {};
  if (lowering.kind[first] === asPatternKind) {
    const [typeRow = 0, targetRow = 0] = childrenOf(lowering, first);
    const nameRow = targetRow === 0 ? 0 : firstChild(lowering, targetRow);
    return {
      type: required(lowering, typeRow, first),
      name: nameOf(lowering, nameRow, lowering.end[first]!),
    };
  }
  const isNamed = rows.length === 2 && lowering.kind[second] === identifierKind;
  const between = lowering.text.charAt(skipTrivia(lowering.text, lowering.end[first]!));
  if (isNamed && (between !== "," || lowering.dialect === "python2")) {
    return { type: lowering.expression(first), name: nameOf(lowering, second, lowering.end[first]!) };
  }
  return { type: tupleOrSingle(lowering, rows, parent) };
}

function lowerWith(lowering: Lowering, row: Row): Statement {
  const clause = childOfKind(lowering, row, withClauseKind);
  const items =
    clause === 0 ? [] : childrenOf(lowering, clause).flatMap((item) => lowerItems(lowering, item));
  return {
    kind: "with",
    start: lowering.start[row]!,
    end: lowering.end[row]!,
    isAsync: startsWithWord(lowering.text, "async", lowering.start[row]!),
    items,
    body: lowering.block(childOfKind(lowering, row, blockKind)),
  };
}

/** One item, or the several that parentheses hold together. */
function lowerItems(lowering: Lowering, row: Row): readonly WithItem[] {
  const valueRow = firstChild(lowering, row);
  if (valueRow === 0) return [];
  const kind = lowering.kind[valueRow];
  const inner = firstChild(lowering, valueRow);
  const isGroup = kind === parenthesizedKind && inner !== 0 && lowering.kind[inner] === asPatternKind;
  if (isGroup || kind === tupleKind) {
    return childrenOf(lowering, valueRow).map((child) => lowerItem(lowering, child));
  }
  return [lowerItem(lowering, valueRow)];
}

function lowerItem(lowering: Lowering, row: Row): WithItem {
  const start = lowering.start[row]!;
  const end = lowering.end[row]!;
  if (lowering.kind[row] !== asPatternKind) {
    return { kind: "withItem", start, end, context: lowering.expression(row) };
  }
  const contextRow = firstChild(lowering, row);
  const targetRow = contextRow === 0 ? 0 : nextSibling(lowering, contextRow, row);
  const context = required(lowering, contextRow, row);
  return { kind: "withItem", start, end, context, target: required(lowering, targetRow, row) };
}

export const compoundLowerers = byKind<LowerStatement>({
  if_statement: lowerIf,
  for_statement: lowerFor,
  while_statement: lowerWhile,
  try_statement: lowerTry,
  with_statement: lowerWith,
});
