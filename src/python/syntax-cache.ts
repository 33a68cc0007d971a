// Syntax tables as text, kept by content: a file that was parsed once is not parsed again, and of what is stored only
// the outline is lowered at once. An entry begins with a checksum of the rest, so that a damaged one is not believed.
import { checksum } from "../base/hash.js";
import { type Cache, noCache } from "../base/source.js";
import type { ModuleSyntax, Unparsed } from "./ast.js";
import type { Dialect } from "./dialect.js";
import { lower, type SyntaxRows } from "./lower.js";
import type { ParsedText, PythonParser, UnparsableText } from "./parse.js";
import { createDigitWriter, type DigitReader, readNumber } from "./syntax-digits.js";
import { readRows, writeRows } from "./syntax-rows.js";

/**
 * Names the layout below, the order of kinds, the grammar and what lowering calls `Unparsed`. What changes any of them
 * changes this.
 */
const format = "syntax-3-0.25.0";

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
  const rows = entry === undefined ? undefined : decodeSyntax(entry, text.length);
  if (rows !== undefined) return lower(path, text, rows);
  const parsed = parser.parse(text);
  if (parsed.kind === "unparsable") return parsed;
  const syntax = lower(path, text, parsed);
  if (cache !== noCache) cache.put(key, encodeSyntax(parsed, text.length, syntax.unparsed.length === 0));
  return syntax;
}

interface Header {
  readonly comments: number;
  /** Of the text, in UTF-16 code units. */
  readonly length: number;
  readonly isAscii: boolean;
  readonly dialect: Dialect;
  readonly faults: readonly (readonly [start: number, end: number, reason: string])[];
}

const checksumLength = 8;

/**
 * A checksum of the rest; a line of JSON; the comments, each as start (from the one before) and length; the rows.
 * @param isWhole whether nothing of the tree is `Unparsed`: then bodies may be read later
 */
export function encodeSyntax(parsed: ParsedText, textLength: number, isWhole: boolean): string {
  const { tree, size, comments, faults, isAscii, dialect } = parsed;
  const header: Header = {
    comments: comments.length,
    length: textLength,
    isAscii,
    dialect,
    faults: faults.map(({ start, end, reason }) => [start, end, reason]),
  };
  const writer = createDigitWriter(size * 7);
  let previous = 0;
  for (const { start, end } of comments) {
    writer.number(start - previous);
    writer.number(end - start);
    previous = start;
  }
  writeRows(writer, tree, size, isWhole);
  const content = `${JSON.stringify(header)}\n${writer.text()}`;
  return checksum(content) + content;
}

/** Undefined for anything that `encodeSyntax` did not make of a text of this length. */
export function decodeSyntax(entry: string, textLength: number): SyntaxRows | undefined {
  if (checksum(entry.slice(checksumLength)) !== entry.slice(0, checksumLength)) return undefined;
  const line = entry.indexOf("\n");
  const header = JSON.parse(entry.slice(checksumLength, line)) as Header;
  if (header.length !== textLength) return undefined;
  const reader: DigitReader = { text: entry, at: line + 1 };
  const comments = readComments(reader, header.comments);
  const faults = header.faults.map(([start, end, reason]): Unparsed => {
    return { kind: "unparsed", start, end, reason };
  });
  const { isAscii, dialect } = header;
  return { tree: readRows(reader), comments, faults, isAscii, dialect };
}

function readComments(reader: DigitReader, count: number): SyntaxRows["comments"] {
  let start = 0;
  return Array.from({ length: count }, () => {
    start += readNumber(reader);
    return { start, end: start + readNumber(reader) };
  });
}
