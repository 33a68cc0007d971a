// Text to syntax table: the only file that knows tree-sitter, which it walks once and then lets go.
// The table is flat and in preorder, so that what lies deep in a file costs memory, not stack.
import Parser from "tree-sitter";
import Python from "tree-sitter-python";
import type { Range } from "../base/span.js";
import type { Unparsed } from "./ast.js";
import { byKind, kindCount, kindNumber, kindOf } from "./kinds.js";

/**
 * The named nodes of one module in preorder, one row each; row 0 is the whole module.
 * A row's first child is the row after it, unless `after[row]` is that row; its next sibling is row `after[row]`,
 * unless that is its parent's `after`.
 */
export interface SyntaxTable {
  readonly kind: Uint8Array;
  /** Offsets in UTF-16 code units, end exclusive. */
  readonly start: Int32Array;
  readonly end: Int32Array;
  /** The first row that is not inside this one. */
  readonly after: Int32Array;
}

export interface ParsedText {
  readonly kind: "parsed";
  /** Overwritten by the next parse of the same parser. */
  readonly tree: SyntaxTable;
  /** In order. */
  readonly comments: readonly Range[];
  /** What stands inside expressions without a place in the grammar, and tokens that are missing; in order. */
  readonly faults: readonly Unparsed[];
  /** Whether a kind occurs, by its number. */
  readonly occurs: Uint8Array;
}

export interface UnparsableText {
  readonly kind: "unparsable";
  /** A full phrase for the review ("is larger than 2,000,000 characters"). */
  readonly reason: string;
}

export interface PythonParser {
  parse(text: string): ParsedText | UnparsableText;
}

/** Far more than people write; generated tables beyond it hold no flows worth their time. */
const longestText = 2_000_000;
const longestParse = { microseconds: 20_000_000, phrase: "takes longer than 20 seconds to parse" };

const errorKind = kindOf("ERROR");
const missingKind = kindOf("MISSING");
const stringKind = kindOf("string");
const errorSymbol = 0xffff;
const commentCode = 0xff;
const unknownCode = 0xfe;

const leafKinds = byKind<true>({
  identifier: true,
  integer: true,
  float: true,
  true: true,
  false: true,
  none: true,
  ellipsis: true,
  pass_statement: true,
  break_statement: true,
  continue_statement: true,
  wildcard_import: true,
  keyword_separator: true,
  positional_separator: true,
});

/** Kinds that end with their last child: the grammar counts the line end after it in, or out, as it comes. */
const blockKinds = byKind<true>({
  block: true,
  decorated_definition: true,
  decorator: true,
  function_definition: true,
  class_definition: true,
  if_statement: true,
  elif_clause: true,
  else_clause: true,
  for_statement: true,
  while_statement: true,
  try_statement: true,
  except_clause: true,
  finally_clause: true,
  with_statement: true,
  match_statement: true,
  case_clause: true,
});

/** Kinds whose ERROR children keep their own children: statements that are whole are lowered from them. */
const statementParents = byKind<true>({ module: true, block: true, ERROR: true });

/** A parser and the memory it reuses from text to text. Not for two threads. */
export function createParser(): PythonParser {
  const parser = new Parser();
  parser.setLanguage(Python as unknown as Parser.Language);
  parser.setTimeoutMicros(longestParse.microseconds);
  const codeOfSymbol = new Uint8Array(0x10000).fill(unknownCode);
  codeOfSymbol[errorSymbol] = errorKind;
  let tree = newTable(1 << 14);

  function parse(text: string): ParsedText | UnparsableText {
    if (text.length > longestText) {
      return { kind: "unparsable", reason: `is larger than ${longestText.toLocaleString("en")} characters` };
    }
    const parsed: Parser.Tree | null = parser.parse(text, undefined, { bufferSize: text.length + 1 });
    if (!parsed?.rootNode) {
      parser.reset();
      return { kind: "unparsable", reason: longestParse.phrase };
    }
    return flatten(text, parsed);
  }

  /** One walk over the whole tree, without recursion. */
  function flatten(text: string, parsed: Parser.Tree): ParsedText {
    const hasFaults = parsed.rootNode.hasError;
    const cursor = parsed.walk();
    const comments: Range[] = [];
    const faults: Unparsed[] = [];
    const occurs = new Uint8Array(kindCount);
    const open: number[] = [];
    let size = 0;
    let lastEnd = 0;

    for (;;) {
      let descend = false;
      const code = codeOf(cursor);
      if (hasFaults && cursor.nodeIsMissing) {
        faults.push(missing(cursor));
        if (code !== 0) {
          addRow(missingKind, cursor.startIndex, cursor.startIndex);
          tree.after[size - 1] = size;
        }
      } else if (code === commentCode) {
        comments.push({ start: cursor.startIndex, end: cursor.endIndex });
      } else if (code === errorKind && !holdsStatements()) {
        faults.push({ kind: "unparsed", start: cursor.startIndex, end: cursor.endIndex, reason: "ERROR" });
      } else if (code !== 0) {
        const start = cursor.startIndex;
        addRow(code, start, cursor.endIndex);
        descend = leafKinds[code] === undefined && (code !== stringKind || isFormatted(text, start));
        if (descend) open.push(size - 1);
        else closeRow(size - 1);
      }
      if (descend && cursor.gotoFirstChild()) continue;
      if (descend) closeRow(open.pop()!);
      while (!cursor.gotoNextSibling()) {
        if (!cursor.gotoParent()) {
          return { kind: "parsed", tree, comments, faults, occurs };
        }
        closeRow(open.pop()!);
      }
    }

    function addRow(kind: number, start: number, end: number): void {
      if (size === tree.kind.length) tree = grown(tree);
      tree.kind[size] = kind;
      tree.start[size] = start;
      tree.end[size] = end;
      occurs[kind] = 1;
      size++;
    }

    function closeRow(row: number): void {
      tree.after[row] = size;
      if (blockKinds[tree.kind[row]!] !== undefined && size > row + 1) tree.end[row] = lastEnd;
      lastEnd = tree.end[row]!;
    }

    function holdsStatements(): boolean {
      return open.length === 0 || statementParents[tree.kind[open[open.length - 1]!]!] !== undefined;
    }
  }

  function codeOf(cursor: Parser.TreeCursor): number {
    const symbol = cursor.nodeTypeId;
    const code = codeOfSymbol[symbol]!;
    if (code !== unknownCode) return code;
    const learnt = codeOfType(cursor);
    codeOfSymbol[symbol] = learnt;
    return learnt;
  }

  return { parse };
}

function codeOfType(cursor: Parser.TreeCursor): number {
  if (!cursor.nodeIsNamed) return 0;
  return cursor.nodeType === "comment" ? commentCode : kindNumber(cursor.nodeType);
}

function missing(cursor: Parser.TreeCursor): Unparsed {
  const at = cursor.startIndex;
  return { kind: "unparsed", start: at, end: at, reason: `missing ${cursor.nodeType}` };
}

/** Does the string literal at `start` have a prefix with "f" or "t"? */
function isFormatted(text: string, start: number): boolean {
  for (let at = start; ; at++) {
    const code = text.charCodeAt(at) | 0x20;
    if (code === 102 || code === 116) return true;
    if (!(code >= 97 && code <= 122)) return false;
  }
}

function newTable(rows: number): SyntaxTable {
  return {
    kind: new Uint8Array(rows),
    start: new Int32Array(rows),
    end: new Int32Array(rows),
    after: new Int32Array(rows),
  };
}

function grown(table: SyntaxTable): SyntaxTable {
  const larger = newTable(table.kind.length * 2);
  larger.kind.set(table.kind);
  larger.start.set(table.start);
  larger.end.set(table.end);
  larger.after.set(table.after);
  return larger;
}
