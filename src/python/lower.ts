// Syntax table to typed syntax tree: the dispatcher, its depth limit, and what broken source still gives.
import type { Range } from "../base/span.js";
import { lineStarts } from "../base/span.js";
import type { Expression, ModuleSyntax, Pattern, Statement, Unparsed } from "./ast.js";
import { kindName, kindOf } from "./kinds.js";
import { assignmentLowerers } from "./lower-assignment.js";
import { collectionLowerers } from "./lower-collection.js";
import { compoundLowerers } from "./lower-compound.js";
import { definitionLowerers, lambdaLowerers } from "./lower-definition.js";
import { expressionLowerers } from "./lower-expression.js";
import { importLowerers } from "./lower-import.js";
import { operatorLowerers } from "./lower-operator.js";
import { matchLowerers, patternLowerers } from "./lower-pattern.js";
import { statementLowerers } from "./lower-statement.js";
import { stringLowerers } from "./lower-string.js";
import { typeLowerers } from "./lower-type.js";
import { type Lowering, noteUnparsed, type Row, unparsedRow } from "./lowering.js";
import type { ParsedText } from "./parse.js";
import type { PartialTable } from "./syntax-table.js";

/** Deeper rows are `Unparsed`: people stop at twenty, Python itself at a hundred blocks or two hundred brackets. */
const deepest = 200;
const tooDeep = "nested too deeply";

const errorKind = kindOf("ERROR");
const blockKind = kindOf("block");

const expressions = merged(
  expressionLowerers,
  operatorLowerers,
  collectionLowerers,
  stringLowerers,
  typeLowerers,
  lambdaLowerers,
);
const statements = merged(
  statementLowerers,
  assignmentLowerers,
  compoundLowerers,
  matchLowerers,
  definitionLowerers,
  importLowerers,
);

function merged<T>(...tables: readonly (readonly (T | undefined)[])[]): readonly (T | undefined)[] {
  return tables[0]!.map((_, kind) => tables.map((table) => table[kind]).find((entry) => entry !== undefined));
}

/** How a kind of the grammar is met: by which dispatch tables, if any. */
export function loweringsOf(kind: number): readonly ("expression" | "statement" | "pattern")[] {
  return [
    ...(expressions[kind] === undefined ? [] : (["expression"] as const)),
    ...(statements[kind] === undefined ? [] : (["statement"] as const)),
    ...(patternLowerers[kind] === undefined ? [] : (["pattern"] as const)),
  ];
}

/** All that lowering needs of a text besides the text. */
export interface SyntaxRows extends Pick<ParsedText, "comments" | "faults" | "isAscii" | "dialect"> {
  /** Blocks may be deferred only where nothing is `Unparsed`: that is listed before they are read. */
  readonly tree: PartialTable;
}

/** The typed tree of `text`, which `rows` were made of. */
export function lower(path: string, text: string, rows: SyntaxRows): ModuleSyntax {
  const unparsed: Unparsed[] = [...rows.faults];
  const body = lowerBlock(startLowering(text, rows, unparsed, rows.tree, 0), 0);
  return {
    path,
    text,
    body,
    comments: rows.comments,
    unparsed: unparsed.sort(inOrder),
    lineStarts: lineStarts(text),
    dialect: rows.dialect,
  };
}

const noneDeferred: Lowering["deferred"] = new Map();

function startLowering(
  text: string,
  rows: SyntaxRows,
  unparsed: Unparsed[],
  { kind, start, end, after, deferred = noneDeferred }: PartialTable,
  depth: number,
): Lowering {
  const { isAscii, dialect } = rows;
  const lowering: Lowering = {
    text,
    isAscii,
    dialect,
    kind,
    start,
    end,
    after,
    deferred,
    unparsed,
    depth,
    expression: (row) => lowerExpression(lowering, row),
    pattern: (row) => lowerPattern(lowering, row),
    statement: (row) => lowerStatement(lowering, row),
    block: (row) => (row === 0 ? [] : lowerBlock(lowering, row)),
    later: (block, blockDepth) =>
      lowerBlock(startLowering(text, rows, unparsed, block.rows(), blockDepth), 0),
  };
  return lowering;
}

function inOrder(left: Range, right: Range): number {
  return left.start - right.start || right.end - left.end;
}

function lowerExpression(lowering: Lowering, row: Row): Expression {
  const lowerer = expressions[lowering.kind[row]!];
  if (lowerer === undefined) return unparsedRow(lowering, row);
  if (lowering.depth >= deepest) return unparsedRow(lowering, row, tooDeep);
  lowering.depth++;
  const expression = lowerer(lowering, row);
  lowering.depth--;
  return expression;
}

function lowerPattern(lowering: Lowering, row: Row): Pattern {
  const lowerer = patternLowerers[lowering.kind[row]!];
  if (lowerer === undefined) return unparsedRow(lowering, row);
  if (lowering.depth >= deepest) return unparsedRow(lowering, row, tooDeep);
  lowering.depth++;
  const pattern = lowerer(lowering, row);
  lowering.depth--;
  return pattern;
}

function lowerStatement(lowering: Lowering, row: Row): Statement {
  const lowerer = statements[lowering.kind[row]!];
  if (lowerer === undefined) return unparsedRow(lowering, row);
  if (lowering.depth >= deepest) return unparsedRow(lowering, row, tooDeep);
  lowering.depth++;
  const statement = lowerer(lowering, row);
  lowering.depth--;
  return statement;
}

function lowerBlock(lowering: Lowering, row: Row): readonly Statement[] {
  const body: Statement[] = [];
  if (lowering.kind[row] === errorKind) {
    recover(lowering, row, body);
    return body;
  }
  const { kind, after } = lowering;
  for (let child = row + 1; child < after[row]!; child = after[child]!) {
    if (kind[child] === errorKind) recover(lowering, child, body);
    else body.push(lowerStatement(lowering, child));
  }
  return body;
}

/** The statements that are whole inside an ERROR row, and an `Unparsed` for every stretch between them. */
function recover(lowering: Lowering, row: Row, body: Statement[]): void {
  let at = lowering.start[row]!;
  const gapUpTo = (limit: number) => {
    const gap = lowering.text.slice(at, limit);
    const start = at + gap.length - gap.trimStart().length;
    if (gap.trim() !== "") body.push(noteUnparsed(lowering, start, at + gap.trimEnd().length, "ERROR"));
  };
  const visit = (parent: Row) => {
    const { kind, after } = lowering;
    for (let child = parent + 1; child < after[parent]!; child = after[child]!) {
      if (kind[child] === errorKind || kind[child] === blockKind) visit(child);
      else if (isWholeStatement(kind[child]!)) {
        gapUpTo(lowering.start[child]!);
        body.push(lowerStatement(lowering, child));
        at = lowering.end[child]!;
      }
    }
  };
  visit(row);
  gapUpTo(lowering.end[row]!);
}

function isWholeStatement(kind: number): boolean {
  return statements[kind] !== undefined && kindName(kind) !== "assignment";
}
