// The one walk over tree-sitter's tree, from cursor to syntax table, without recursion.
// A call into tree-sitter costs as much as fifty characters of text, so where the tree has no errors the walk reads
// the text instead: what the grammar says must come next is stepped over, and offsets are counted, not asked for.
import type { Range } from "../base/span.js";
import type { Unparsed } from "./ast.js";
import {
  arity,
  endsBeforeBracket,
  endsWithLine,
  hasTokenBetween,
  isBracketed,
  isList,
  mayHoldBrackets,
  startsWithToken,
} from "./grammar-shape.js";
import { byKind, kindCount, kindOf } from "./kinds.js";
import { grown, type SyntaxTable } from "./syntax-table.js";
import { startsWithWord } from "./text.js";

/** What the walk needs of tree-sitter's cursor. Every access is a call into native code. */
export interface Cursor {
  readonly startIndex: number;
  readonly endIndex: number;
  readonly nodeIsMissing: boolean;
  readonly nodeType: string;
  gotoFirstChild(): boolean;
  gotoNextSibling(): boolean;
  gotoParent(): boolean;
}

/** What a cursor stands on: a kind's number, or one of these. */
export const tokenCode = 0;
export const commentCode = 0xff;

export interface Flattened {
  readonly tree: SyntaxTable;
  readonly size: number;
  readonly comments: readonly Range[];
  readonly faults: readonly Unparsed[];
  readonly occurs: Uint8Array;
}

const errorKind = kindOf("ERROR");
const missingKind = kindOf("MISSING");
const stringKind = kindOf("string");
const identifierKind = kindOf("identifier");
const attributeKind = kindOf("attribute");
const subscriptKind = kindOf("subscript");
const comparisonKind = kindOf("comparison_operator");

const leaves = byKind<true>({
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
const isLeaf = new Uint8Array(kindCount).map((_, kind) => (leaves[kind] === undefined ? 0 : 1));

/** Kinds that end with their last child: the grammar counts the line end after it in, or out, as it comes. */
const blocks = byKind<true>({
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
const endsWithChild = new Uint8Array(kindCount).map((_, kind) => (blocks[kind] === undefined ? 0 : 1));

/** Kinds whose ERROR children keep their own children: statements that are whole are lowered from them. */
const statementParents = byKind<true>({ module: true, block: true, ERROR: true });

const moduleKind = kindOf("module");
const blockKind = kindOf("block");
const callKind = kindOf("call");
const assignmentKind = kindOf("assignment");

/**
 * Fills `table` (or a larger one) with the tree that `cursor` stands on the root of.
 * @param codeOf what the cursor stands on: `tokenCode`, `commentCode` or a kind's number.
 * @param hasFaults whether there are errors in the tree: then every step asks tree-sitter.
 */
export function flatten(
  text: string,
  cursor: Cursor,
  codeOf: (cursor: Cursor) => number,
  hasFaults: boolean,
  table: SyntaxTable,
): Flattened {
  let tree = table;
  let size = 0;
  const comments: Range[] = [];
  const faults: Unparsed[] = [];
  const occurs = new Uint8Array(kindCount);
  /** The rows around the cursor, outermost first. */
  const open: number[] = [];
  /** Of each open row: how many child rows it has; how many rows around it and it may hold brackets. */
  const childCounts: number[] = [];
  const bracketCounts: number[] = [];
  /** Where the node under the cursor starts, or -1 if the text has not told. */
  let knownStart = -1;
  /** Up to where the text has been read, or -1 if the cursor is at something that is no row. */
  let reached = -1;
  /** Where the last closed row ends. */
  let lastEnd = 0;

  while (visit() || advance());
  return { tree, size, comments, faults, occurs };

  /** Records the node under the cursor and goes to its first child; false if that is not to be visited. */
  function visit(): boolean {
    const code = codeOf(cursor);
    if (code === tokenCode && !hasFaults) return nothing();
    if (code === commentCode) {
      comments.push({ start: cursor.startIndex, end: cursor.endIndex });
      return nothing();
    }
    if (hasFaults && isFault(code)) return nothing();
    if (code === tokenCode || isAttributeName(code)) return nothing();
    const from = knownStart >= 0 ? knownStart : cursor.startIndex;
    const row = addRow(code, from);
    if (isLeaf[code] === 1 || (code === stringKind && !isFormatted(text, from))) {
      const known = code === identifierKind && !hasFaults ? identifierEndAt(from) : -1;
      return closed(row, known >= 0 ? known : cursor.endIndex);
    }
    return descend(row, code, from);
  }

  /** The name of `a.b` is read from the text: it ends where the attribute ends. */
  function isAttributeName(code: number): boolean {
    if (code !== identifierKind || open.length === 0) return false;
    const isAttribute = tree.kind[open[open.length - 1]!] === attributeKind;
    return isAttribute && childCounts[childCounts.length - 1] === 1;
  }

  function nothing(): false {
    knownStart = -1;
    reached = -1;
    return false;
  }

  /** Is something missing here, or an error that is no row? Then it is recorded. */
  function isFault(code: number): boolean {
    if (cursor.nodeIsMissing) {
      const at = cursor.startIndex;
      faults.push({ kind: "unparsed", start: at, end: at, reason: `missing ${cursor.nodeType}` });
      if (code !== tokenCode) closed(addRow(missingKind, at), at);
      return true;
    }
    const parent = open[open.length - 1];
    if (code !== errorKind || parent === undefined) return false;
    if (statementParents[tree.kind[parent]!] !== undefined) return false;
    faults.push({ kind: "unparsed", start: cursor.startIndex, end: cursor.endIndex, reason: "ERROR" });
    return true;
  }

  function descend(row: number, code: number, from: number): boolean {
    const isGuided = !hasFaults;
    if (isGuided && isBracketed[code] === 1) {
      const first = skipSpace(from + 1);
      if (isClosing(text.charCodeAt(first))) return closed(row, first + 1);
    }
    if (!cursor.gotoFirstChild()) return closed(row, cursor.endIndex);
    open.push(row);
    childCounts.push(0);
    bracketCounts.push((bracketCounts[bracketCounts.length - 1] ?? 0) + mayHoldBrackets[code]!);
    reached = -1;
    knownStart = -1;
    if (isGuided && (isBracketed[code] === 1 || startsWithToken[code] === 1)) return false;
    if (isGuided && code !== moduleKind && code !== blockKind) knownStart = from;
    return true;
  }

  /** Goes to the next node to visit, closing the rows that end before it; false at the end of the tree. */
  function advance(): boolean {
    while (open.length > 0) {
      const row = open[open.length - 1]!;
      const step = hasFaults ? "ask" : guided(row);
      if (step === "arrived") return true;
      if (step === "left") continue;
      knownStart = -1;
      if (cursor.gotoNextSibling()) return true;
      cursor.gotoParent();
      const isChildsEnd = endsWithChild[tree.kind[row]!] === 1 && size > row + 1;
      shut(row, isChildsEnd ? lastEnd : cursor.endIndex);
    }
    return false;
  }

  /** A step that the text alone decides, inside `row`; "ask" where it does not. */
  function guided(row: number): "arrived" | "left" | "ask" {
    const kind = tree.kind[row]!;
    const count = childCounts[childCounts.length - 1]!;
    if (count === 0) return isBracketed[kind] === 1 && reached < 0 ? enterBrackets(row) : "ask";
    if (count === arity[kind]) return leave(row, lastEnd);
    if (reached < 0) return "ask";
    const isInBrackets = bracketCounts[bracketCounts.length - 1]! > 0;
    const at = isInBrackets ? skipSpace(reached) : skipBlanks(reached);
    const code = text.charCodeAt(at);
    if (!isInBrackets && isLineEnd(code)) {
      return endsWithLine[kind] === 1 && (kind !== comparisonKind || count > 1) ? leave(row, lastEnd) : "ask";
    }
    if (code === hash || code === backslash) return "ask";
    if (hasTokenBetween[kind] === 1) return passToken(-1);
    switch (kind) {
      case attributeKind:
        return code === dot ? passName(row, at, isInBrackets) : "ask";
      case callKind:
        knownStart = at;
        return cursor.gotoNextSibling() ? "arrived" : "ask";
      case subscriptKind:
        if (count === 1) return passToken(code === openBracket ? startAfter(at) : -1);
        break;
      case comparisonKind:
        return count === 1 || isComparison(at, code) ? passToken(-1) : leave(row, lastEnd);
      case assignmentKind:
        return count === 1 || code === equals ? passToken(-1) : "ask";
    }
    if (code === comma) {
      if (isList[kind] === 1) return passComma(row, at);
      return endsBeforeBracket[kind] === 1 ? leave(row, lastEnd) : "ask";
    }
    if (!isClosing(code)) return "ask";
    if (isBracketed[kind] === 1 || kind === subscriptKind) return leave(row, at + 1);
    return endsBeforeBracket[kind] === 1 ? leave(row, lastEnd) : "ask";
  }

  /** From the opening bracket to what follows it. */
  function enterBrackets(row: number): "arrived" | "ask" {
    if (!cursor.gotoNextSibling()) return "ask";
    knownStart = startAfter(tree.start[row]!);
    return "arrived";
  }

  /** Over one token to what follows it, which starts at `next` if that is known. */
  function passToken(next: number): "arrived" | "ask" {
    if (!cursor.gotoNextSibling() || !cursor.gotoNextSibling()) return "ask";
    knownStart = next;
    return "arrived";
  }

  /** Over a comma; out of the brackets if it was the last thing in them. */
  function passComma(row: number, at: number): "arrived" | "left" | "ask" {
    const next = skipSpace(at + 1);
    if (isClosing(text.charCodeAt(next))) return leave(row, next + 1);
    return passToken(startAfter(at));
  }

  /** Over the dot and name that end an attribute. */
  function passName(row: number, at: number, isInBrackets: boolean): "left" | "ask" {
    const nameEnd = identifierEndAt(isInBrackets ? skipSpace(at + 1) : skipBlanks(at + 1));
    return nameEnd < 0 ? "ask" : leave(row, nameEnd);
  }

  function leave(row: number, rowEnd: number): "left" {
    cursor.gotoParent();
    shut(row, rowEnd);
    return "left";
  }

  /** Closes the innermost open row. */
  function shut(row: number, rowEnd: number): void {
    open.pop();
    childCounts.pop();
    bracketCounts.pop();
    closed(row, rowEnd);
  }

  function closed(row: number, rowEnd: number): false {
    tree.end[row] = rowEnd;
    tree.after[row] = size;
    lastEnd = rowEnd;
    reached = rowEnd;
    knownStart = -1;
    if (childCounts.length > 0) childCounts[childCounts.length - 1]!++;
    return false;
  }

  function addRow(kind: number, start: number): number {
    if (size === tree.kind.length) tree = grown(tree);
    tree.kind[size] = kind;
    tree.start[size] = start;
    occurs[kind] = 1;
    return size++;
  }

  /** Where what follows the one-character token at `at` starts; -1 if something else comes first. */
  function startAfter(at: number): number {
    const next = skipSpace(at + 1);
    const code = text.charCodeAt(next);
    return code === hash || code === backslash || code >= 128 ? -1 : next;
  }

  function skipSpace(from: number): number {
    let at = from;
    for (let code = text.charCodeAt(at); code === space || (code >= 9 && code <= 13); ) {
      code = text.charCodeAt(++at);
    }
    return at;
  }

  function skipBlanks(from: number): number {
    let at = from;
    while (text.charCodeAt(at) === space || text.charCodeAt(at) === tab) at++;
    return at;
  }

  /** The end of the identifier at `from`; -1 where there is none or it goes beyond ASCII. */
  function identifierEndAt(from: number): number {
    let at = from;
    let code = text.charCodeAt(at);
    while (
      (code >= 97 && code <= 122) ||
      code === 95 ||
      (code >= 65 && code <= 90) ||
      (code >= 48 && code <= 57)
    ) {
      code = text.charCodeAt(++at);
    }
    return code >= 128 || at === from ? -1 : at;
  }

  /** Does a comparison operator stand at `at`, where `code` is? */
  function isComparison(at: number, code: number): boolean {
    if (code === 60 || code === 62) return true;
    if (code === 33 || code === equals) return text.charCodeAt(at + 1) === equals;
    return comparisonWords.some((word) => startsWithWord(text, word, at));
  }
}

const space = 32;
const tab = 9;
const hash = 35;
const comma = 44;
const dot = 46;
const semicolon = 59;
const equals = 61;
const openBracket = 91;
const backslash = 92;
const comparisonWords = ["in", "not", "is"];

function isClosing(code: number): boolean {
  return code === 41 || code === 93 || code === 125;
}

/** Does the logical line end here, outside brackets? */
function isLineEnd(code: number): boolean {
  return code === 10 || code === 13 || code === hash || code === semicolon;
}

/** Does the string literal at `start` have a prefix with "f" or "t"? */
function isFormatted(text: string, start: number): boolean {
  for (let at = start; ; at++) {
    const code = text.charCodeAt(at) | 0x20;
    if (code === 102 || code === 116) return true;
    if (!(code >= 97 && code <= 122)) return false;
  }
}
