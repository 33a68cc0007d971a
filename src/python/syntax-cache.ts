// Syntax tables as text, kept by content: a file that was parsed once is not parsed again.
import { type Cache, noCache } from "../base/source.js";
import type { Unparsed } from "./ast.js";
import { kindCount } from "./kinds.js";
import type { ParsedText, PythonParser, UnparsableText } from "./parse.js";
import { newTable, type SyntaxTable } from "./syntax-table.js";

/** Names the layout below, the order of kinds and the grammar. What changes any of them changes this. */
const format = "syntax-1-0.25.0";

/** The table of `text`, whose content address is `blob`: from `cache` if it is there and whole, else parsed. */
export function parseCached(
  parser: PythonParser,
  cache: Cache,
  blob: string,
  text: string,
): ParsedText | UnparsableText {
  const key = `${format}:${blob}`;
  const stored = cache.get(key);
  const known = stored === undefined ? undefined : decodeTable(stored, text.length);
  if (known !== undefined) return known;
  const parsed = parser.parse(text);
  if (parsed.kind === "parsed" && cache !== noCache) cache.put(key, encodeTable(parsed, text.length));
  return parsed;
}

interface Header {
  readonly rows: number;
  readonly comments: number;
  readonly length: number;
  readonly faults: readonly (readonly [start: number, end: number, reason: string])[];
}

/** A line of JSON; then each row as kind, start (from the row before), length, rows inside; then the comments. */
export function encodeTable(parsed: ParsedText, textLength: number): string {
  const { tree, size, comments, faults } = parsed;
  const header: Header = {
    rows: size,
    comments: comments.length,
    length: textLength,
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
  return `${JSON.stringify(header)}\n${writer.text()}`;
}

/** Undefined for anything that `encodeTable` cannot have made of a text of this length. */
export function decodeTable(stored: string, textLength: number): ParsedText | undefined {
  const line = stored.indexOf("\n");
  const header = line < 0 ? undefined : parseHeader(stored.slice(0, line));
  if (header === undefined || header.length !== textLength) return undefined;
  const reader: Reader = { text: stored, at: line + 1 };
  const tree = readRows(reader, header.rows, textLength);
  if (tree === undefined) return undefined;
  const comments: { start: number; end: number }[] = [];
  let start = 0;
  for (let index = 0; index < header.comments; index++) {
    start += readNumber(reader);
    const end = start + readNumber(reader);
    if (!(end <= textLength)) return undefined;
    comments.push({ start, end });
  }
  if (reader.at !== stored.length) return undefined;
  const occurs = new Uint8Array(kindCount);
  for (let row = 0; row < header.rows; row++) occurs[tree.kind[row]!] = 1;
  const faults = header.faults.map(([from, to, reason]): Unparsed => {
    return { kind: "unparsed", start: from, end: to, reason };
  });
  return { kind: "parsed", tree, size: header.rows, comments, faults, occurs };
}

/** The rows, if each lies inside the row around it. */
function readRows(reader: Reader, rows: number, textLength: number): SyntaxTable | undefined {
  if (rows < 1 || rows > reader.text.length) return undefined;
  const tree = newTable(rows);
  const open: number[] = [];
  let previous = 0;
  for (let row = 0; row < rows; row++) {
    while (open.length > 0 && tree.after[open[open.length - 1]!]! === row) open.pop();
    const kind = readNumber(reader);
    const start = previous + readNumber(reader);
    const end = start + readNumber(reader);
    const after = row + 1 + readNumber(reader);
    const limit = open.length === 0 ? (row === 0 ? rows : 0) : tree.after[open[open.length - 1]!]!;
    if (!(kind > 0 && kind < kindCount && end <= textLength && after <= limit)) return undefined;
    tree.kind[row] = kind;
    tree.start[row] = start;
    tree.end[row] = end;
    tree.after[row] = after;
    previous = start;
    if (after > row + 1) open.push(row);
  }
  return tree.after[0] === rows ? tree : undefined;
}

function parseHeader(line: string): Header | undefined {
  try {
    const header: unknown = JSON.parse(line);
    return isHeader(header) ? header : undefined;
  } catch (error) {
    // What is stored is no JSON: the entry is damaged, which is the same as not being there.
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}

function isHeader(value: unknown): value is Header {
  if (typeof value !== "object" || value === null) return false;
  const { rows, comments, length, faults } = value as Partial<Record<keyof Header, unknown>>;
  const isCount = (count: unknown) => Number.isInteger(count) && (count as number) >= 0;
  const isFault = (fault: unknown) =>
    Array.isArray(fault) && isCount(fault[0]) && isCount(fault[1]) && typeof fault[2] === "string";
  return [rows, comments, length].every(isCount) && Array.isArray(faults) && faults.every(isFault);
}

/** Numbers are digits of base 32, least first, with 32 added to each that another follows; "0" is the digit 0. */
const firstDigitUnit = 48;

interface Reader {
  readonly text: string;
  at: number;
}

/** NaN past the end or at what is no digit. */
function readNumber(reader: Reader): number {
  let value = 0;
  for (let shift = 0; shift < 30; shift += 5) {
    const digit = reader.text.charCodeAt(reader.at++) - firstDigitUnit;
    if (!(digit >= 0 && digit < 64)) return Number.NaN;
    value |= (digit & 31) << shift;
    if (digit < 32) return value;
  }
  return Number.NaN;
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
