// Syntax tables as text, kept by content: a file that was parsed once is not parsed again, and of what is stored only
// the outline is lowered at once. An entry begins with a digest of the rest, so that a damaged one is not believed.
import { sha256 } from "../base/hash.js";
import { type Cache, noCache } from "../base/source.js";
import type { ModuleSyntax, Unparsed } from "./ast.js";
import type { Dialect } from "./dialect.js";
import { kindCount } from "./kinds.js";
import { lower } from "./lower.js";
import type { ParsedText, PythonParser, UnparsableText } from "./parse.js";
import { newTable, type SyntaxTable } from "./syntax-table.js";

/**
 * Names the layout below, the order of kinds, the grammar and what lowering calls `Unparsed`. What changes any of them
 * changes this.
 */
const format = "syntax-2-0.25.0";

/** The tree of `text`, whose content address is `blob`: from `cache` if it is there and whole, else parsed. */
export function readSyntax(
  parser: PythonParser,
  cache: Cache,
  blob: string,
  path: string,
  text: string,
): ModuleSyntax | UnparsableText {
  const key = `${format}:${blob}`;
  const entry = cache.get(key);
  const stored = entry === undefined ? undefined : decodeSyntax(entry, text.length);
  if (stored !== undefined) return lower(path, text, stored.parsed, stored.isWhole);
  const parsed = parser.parse(text);
  if (parsed.kind === "unparsable") return parsed;
  const syntax = lower(path, text, parsed);
  if (cache !== noCache) {
    cache.put(key, encodeSyntax({ parsed, isWhole: syntax.unparsed.length === 0 }, text.length));
  }
  return syntax;
}

export interface StoredSyntax {
  readonly parsed: ParsedText;
  /** Has the tree no `Unparsed`? Then bodies can wait until they are read. */
  readonly isWhole: boolean;
}

interface Header {
  readonly rows: number;
  readonly comments: number;
  /** Of the text, in UTF-16 code units. */
  readonly length: number;
  readonly isWhole: boolean;
  readonly isAscii: boolean;
  readonly dialect: Dialect;
  readonly faults: readonly (readonly [start: number, end: number, reason: string])[];
}

/** Digits of the digest that are kept: enough against accident, which is all that damages a cache. */
const digestLength = 16;

/**
 * A digest of the rest; a line of JSON; each row as kind, start (from the row before), length, rows inside; then the
 * comments.
 */
export function encodeSyntax({ parsed, isWhole }: StoredSyntax, textLength: number): string {
  const { tree, size, comments, faults, isAscii, dialect } = parsed;
  const header: Header = {
    rows: size,
    comments: comments.length,
    length: textLength,
    isWhole,
    isAscii,
    dialect,
    faults: faults.map(({ start, end, reason }) => [start, end, reason]),
  };
  const writer = createWriter(size * 7);
  let previous = 0;
  for (let row = 0; row < size; row++) {
    const start = tree.start[row]!;
    writer.number(tree.kind[row]!);
    writer.number(start - previous);
    writer.number(tree.end[row]! - start);
    writer.number(tree.after[row]! - row - 1);
    previous = start;
  }
  previous = 0;
  for (const { start, end } of comments) {
    writer.number(start - previous);
    writer.number(end - start);
    previous = start;
  }
  const content = `${JSON.stringify(header)}\n${writer.text()}`;
  return sha256(content).slice(0, digestLength) + content;
}

/** Undefined for anything that `encodeSyntax` did not make of a text of this length. */
export function decodeSyntax(entry: string, textLength: number): StoredSyntax | undefined {
  const content = entry.slice(digestLength);
  if (sha256(content).slice(0, digestLength) !== entry.slice(0, digestLength)) return undefined;
  const line = content.indexOf("\n");
  const header = JSON.parse(content.slice(0, line)) as Header;
  if (header.length !== textLength) return undefined;
  const reader: Reader = { digits: new TextEncoder().encode(content), at: line + 1 };
  const occurs = new Uint8Array(kindCount);
  const tree = readRows(reader, header.rows, occurs);
  const comments = readComments(reader, header.comments);
  const faults = header.faults.map(([start, end, reason]): Unparsed => {
    return { kind: "unparsed", start, end, reason };
  });
  const { isWhole, isAscii, dialect } = header;
  return {
    parsed: { kind: "parsed", tree, size: header.rows, comments, faults, occurs, isAscii, dialect },
    isWhole,
  };
}

function readRows(reader: Reader, rows: number, occurs: Uint8Array): SyntaxTable {
  const tree = newTable(rows);
  const { kind, start, end, after } = tree;
  let from = 0;
  for (let row = 0; row < rows; row++) {
    const each = readNumber(reader);
    from += readNumber(reader);
    kind[row] = each;
    start[row] = from;
    end[row] = from + readNumber(reader);
    after[row] = row + 1 + readNumber(reader);
    occurs[each] = 1;
  }
  return tree;
}

function readComments(reader: Reader, count: number): ParsedText["comments"] {
  let start = 0;
  return Array.from({ length: count }, () => {
    start += readNumber(reader);
    return { start, end: start + readNumber(reader) };
  });
}

/** Numbers are digits of base 32, least first, with 32 added to each that another follows; "0" is the digit 0. */
const firstDigitUnit = 48;

interface Reader {
  readonly digits: Uint8Array;
  at: number;
}

function readNumber(reader: Reader): number {
  const { digits } = reader;
  let digit = digits[reader.at++]! - firstDigitUnit;
  let value = digit & 31;
  for (let shift = 5; digit >= 32; shift += 5) {
    digit = digits[reader.at++]! - firstDigitUnit;
    value |= (digit & 31) << shift;
  }
  return value;
}

interface Writer {
  number(value: number): void;
  text(): string;
}

function createWriter(capacity: number): Writer {
  let units = new Uint8Array(capacity + 64);
  let length = 0;
  function unit(next: number): void {
    if (length === units.length) {
      const larger = new Uint8Array(units.length * 2);
      larger.set(units);
      units = larger;
    }
    units[length++] = next;
  }
  return {
    number(value) {
      let rest = value;
      for (; rest >= 32; rest >>>= 5) unit(firstDigitUnit + 32 + (rest & 31));
      unit(firstDigitUnit + rest);
    },
    text: () => new TextDecoder("latin1").decode(units.subarray(0, length)),
  };
}
