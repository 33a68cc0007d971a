// What the lowering functions share: the table they read, the rows around a row, and the way back to the dispatcher.
import type { Expression, Name, Pattern, Statement, Unparsed } from "./ast.js";
import type { Dialect } from "./dialect.js";
import { kindName } from "./kinds.js";
import type { DeferredBlock } from "./syntax-table.js";
import { skipTrivia } from "./text.js";

/** A row of the syntax table; 0, the module itself, stands for "none" where a row is optional. */
export type Row = number;

export interface Lowering {
  readonly text: string;
  readonly isAscii: boolean;
  readonly dialect: Dialect;
  readonly kind: Uint8Array;
  readonly start: Int32Array;
  readonly end: Int32Array;
  readonly after: Int32Array;
  /** Blocks whose statements wait until they are read. */
  readonly deferred: ReadonlyMap<Row, DeferredBlock>;
  /** Every `Unparsed` made so far. */
  readonly unparsed: Unparsed[];
  /** How deep the row being lowered lies in expressions and statements. */
  depth: number;
  expression(row: Row): Expression;
  pattern(row: Row): Pattern;
  statement(row: Row): Statement;
  /** The statements of a `block` row; none for row 0. */
  block(row: Row): readonly Statement[];
  /** The statements of a block that waited, `depth` deep in the tree. */
  later(block: DeferredBlock, depth: number): readonly Statement[];
}

export type LowerExpression = (lowering: Lowering, row: Row) => Expression;
export type LowerStatement = (lowering: Lowering, row: Row) => Statement;
export type LowerPattern = (lowering: Lowering, row: Row) => Pattern;

/** The first child of `row`, or 0. */
export function firstChild(lowering: Lowering, row: Row): Row {
  return row + 1 < lowering.after[row]! ? row + 1 : 0;
}

/** The sibling after `child` among the children of `parent`, or 0. */
export function nextSibling(lowering: Lowering, child: Row, parent: Row): Row {
  const next = lowering.after[child]!;
  return next < lowering.after[parent]! ? next : 0;
}

/** The first child of `row` of one kind, or 0. */
export function childOfKind(lowering: Lowering, row: Row, kind: number): Row {
  const { after } = lowering;
  for (let child = row + 1; child < after[row]!; child = after[child]!) {
    if (lowering.kind[child] === kind) return child;
  }
  return 0;
}

/** All children of `row`, in order. */
export function childrenOf(lowering: Lowering, row: Row): readonly Row[] {
  const { after } = lowering;
  const children: Row[] = [];
  for (let child = row + 1; child < after[row]!; child = after[child]!) children.push(child);
  return children;
}

/** The expressions that all children of `row` are. */
export function expressionsOf(lowering: Lowering, row: Row): readonly Expression[] {
  const { after } = lowering;
  const expressions: Expression[] = [];
  for (let child = row + 1; child < after[row]!; child = after[child]!) {
    expressions.push(lowering.expression(child));
  }
  return expressions;
}

/** A child that the grammar requires: what stands for it when broken source lacks it is an `Unparsed` of no width. */
export function required(lowering: Lowering, child: Row, parent: Row): Expression {
  if (child !== 0) return lowering.expression(child);
  const at = lowering.end[parent]!;
  return noteUnparsed(lowering, at, at, `incomplete ${kindName(lowering.kind[parent]!)}`);
}

/** The row as source without structure. */
export function unparsedRow(lowering: Lowering, row: Row, reason?: string): Unparsed {
  const { kind, start, end } = lowering;
  return noteUnparsed(lowering, start[row]!, end[row]!, reason ?? kindName(kind[row]!));
}

export function noteUnparsed(lowering: Lowering, start: number, end: number, reason: string): Unparsed {
  const unparsed: Unparsed = { kind: "unparsed", start, end, reason };
  lowering.unparsed.push(unparsed);
  return unparsed;
}

/** The identifier between two offsets, in the normal form in which Python compares names. */
export function nameAt(lowering: Lowering, start: number, end: number): Name {
  return { kind: "name", start, end, id: identifierText(lowering, start, end) };
}

function identifierText(lowering: Lowering, start: number, end: number): string {
  const id = lowering.text.slice(start, end);
  return lowering.isAscii ? id : id.normalize("NFKC");
}

/** The name that an identifier row is; of no width and empty for row 0, at `fallback`. */
export function nameOf(lowering: Lowering, row: Row, fallback: number): Name {
  if (row === 0) return { kind: "name", start: fallback, end: fallback, id: "" };
  return nameAt(lowering, lowering.start[row]!, lowering.end[row]!);
}

/** Is the first thing after `row`, but before `limit`, a comma? */
export function commaFollows(lowering: Lowering, row: Row, limit: number): boolean {
  const at = skipTrivia(lowering.text, lowering.end[row]!);
  return at < limit && lowering.text.charCodeAt(at) === 44;
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
