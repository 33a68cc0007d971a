// Text to syntax table: the only file that knows tree-sitter, whose tree it lets go at once.
import Parser from "tree-sitter";
import Python from "tree-sitter-python";
import { type Dialect, dialectOf } from "./dialect.js";
import { type Cursor, commentCode, type Flattened, flatten, tokenCode } from "./flatten.js";
import { kindNumber, kindOf } from "./kinds.js";
import { hasMaskedExec, maskBackquotes, maskExec } from "./python2-masks.js";
import { newTable } from "./syntax-table.js";
import { maskDefaults } from "./type-parameter-defaults.js";

export interface ParsedText extends Flattened {
  readonly kind: "parsed";
  readonly isAscii: boolean;
  readonly dialect: Dialect;
}

export interface UnparsableText {
  readonly kind: "unparsable";
  /** A full phrase for the review ("is larger than 2,000,000 characters"). */
  readonly reason: string;
}

export interface PythonParser {
  /** The table of a text. Its memory is used again by the next call. */
  parse(text: string): ParsedText | UnparsableText;
}

/** Far more than people write; generated tables beyond it hold no flows worth their time. */
const longestText = 2_000_000;
const longestParse = { microseconds: 20_000_000, phrase: "takes longer than 20 seconds to parse" };

/** They end a line for Python and none for the grammar. */
const loneReturns = /\r(?!\n)/g;

const errorSymbol = 0xffff;
const unknownCode = 0xfe;

/** A parser and the memory it reuses from text to text. Not for two threads. */
export function createParser(): PythonParser {
  const parser = new Parser();
  parser.setLanguage(Python as unknown as Parser.Language);
  parser.setTimeoutMicros(longestParse.microseconds);
  const codeOfSymbol = new Uint8Array(0x10000).fill(unknownCode);
  codeOfSymbol[errorSymbol] = kindOf("ERROR");
  let table = newTable(1 << 14);

  function codeOf(cursor: Parser.TreeCursor): number {
    const symbol = cursor.nodeTypeId;
    const code = codeOfSymbol[symbol]!;
    if (code !== unknownCode) return code;
    const learnt = codeOfType(cursor);
    codeOfSymbol[symbol] = learnt;
    return learnt;
  }

  /** Undefined when it took too long. */
  function treeOf(text: string): Parser.Tree | undefined {
    const parsed: Parser.Tree | null = parser.parse(text, undefined, { bufferSize: text.length + 1 });
    const root: Parser.SyntaxNode | null = parsed?.rootNode ?? null;
    if (root === null) parser.reset();
    return root === null ? undefined : parsed!;
  }

  function rowsOf(text: string, tree: Parser.Tree): Flattened {
    const { hasError } = tree.rootNode;
    const rows = flatten(text, tree.walk(), codeOf as (cursor: Cursor) => number, hasError, table);
    table = rows.tree;
    return rows;
  }

  return {
    parse(text) {
      if (text.length > longestText) {
        return {
          kind: "unparsable",
          reason: `is larger than ${longestText.toLocaleString("en")} characters`,
        };
      }
      const readable = text.replace(loneReturns, "\n");
      const plain = treeOf(readable);
      if (plain === undefined) return { kind: "unparsable", reason: longestParse.phrase };
      const known = plain.rootNode.hasError ? maskUnknown(readable) : readable;
      const first = rowsOf(known, known === readable ? plain : (treeOf(known) ?? plain));
      const quoted = maskBackquotes(known, first.tree, first.size);
      const quotedTree = quoted === undefined ? undefined : treeOf(quoted);
      const isQuoted = quotedTree?.rootNode.hasError === false;
      const rows = isQuoted ? rowsOf(quoted!, quotedTree) : first;
      const hasExec = known !== readable && hasMaskedExec(text, rows.tree, rows.size);
      return {
        kind: "parsed",
        ...rows,
        isAscii: /^[\0-\x7f]*$/.test(text),
        dialect: hasExec || isQuoted ? "python2" : dialectOf(rows.occurs, text),
      };
    },
  };
}

/** A text of the same length in which less is unknown to the grammar. */
function maskUnknown(text: string): string {
  const masked = maskDefaults(text) ?? text;
  return maskExec(masked) ?? masked;
}

function codeOfType(cursor: Parser.TreeCursor): number {
  if (!cursor.nodeIsNamed) return tokenCode;
  return cursor.nodeType === "comment" ? commentCode : kindNumber(cursor.nodeType);
}
