// Stage: bytes of a revision -> a source file. The one place that knows which files can be read as Python text.
import { notebookText } from "./notebook.js";
import { isNotebook } from "./python-file.js";
import type { SourceFile, UnreadableFile } from "./source.js";

/** Larger files are generated data as a rule; analysing them costs more than it finds. In bytes. */
export const MAX_SOURCE_BYTES = 1_000_000;

/** What stands in the review for a file that was never fetched because its size is known to be over the limit. */
export const TOO_LARGE = "is larger than 1 MB";

const LFS_POINTER = "version https://git-lfs.github.com/spec/v1";
/** PEP 263: an encoding is declared in a comment on line 1, or on line 2 below a comment or a blank line. */
const COOKIE = /^[ \t\f]*#.*?coding[:=][ \t]*([-_.a-zA-Z0-9]+)/;
const COMMENT_OR_BLANK = /^[ \t\f]*(?:#.*)?$/;

/**
 * Decodes one file the way Python reads source: UTF-8 (a byte order mark is dropped) unless a PEP 263 comment says
 * ASCII or Latin-1, the two others that decode exactly everywhere.
 * Of a notebook it is the code, on the lines of the file.
 * @param blob git's blob id of `bytes`
 */
export function decode(path: string, blob: string, bytes: Uint8Array): SourceFile | UnreadableFile {
  const unreadable = (reason: string): UnreadableFile => ({ kind: "unreadable", path, blob, reason });
  if (bytes.length > MAX_SOURCE_BYTES) return unreadable(TOO_LARGE);
  if (bytes.includes(0)) return unreadable("is binary");
  const encoding = declaredEncoding(bytes);
  const text = decodeText(bytes, encoding);
  if (text === undefined) return unreadable(encoding === "utf-8" ? "is not UTF-8" : `is not ${encoding}`);
  if (text.startsWith(LFS_POINTER))
    return unreadable("is a Git LFS pointer; its content is stored elsewhere");
  return asPython({ kind: "text", path, blob, text });
}

/** The Python in a file whose text was decoded without regard to its name. */
export function asPython(file: SourceFile): SourceFile | UnreadableFile {
  if (!isNotebook(file.path)) return file;
  const { path, blob } = file;
  return { ...notebookText(file.text), path, blob };
}

function decodeText(bytes: Uint8Array, encoding: string): string | undefined {
  switch (encoding) {
    case "latin-1":
      return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString("latin1");
    case "ascii":
      return bytes.some((byte) => byte > 127) ? undefined : utf8(bytes);
    case "utf-8":
      return utf8(bytes);
    default:
      // Every other encoding Python knows is decoded only as far as it is ASCII: then all of them agree.
      return bytes.some((byte) => byte > 127) ? undefined : utf8(bytes);
  }
}

function utf8(bytes: Uint8Array): string | undefined {
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch (error) {
    // The only documented failure of a fatal decoder.
    if (error instanceof TypeError) return undefined;
    throw error;
  }
}

/** The encoding that the first two lines declare, normalised; "utf-8" when they do not. */
function declaredEncoding(bytes: Uint8Array): string {
  const start = Buffer.from(bytes.subarray(0, 1024)).toString("latin1");
  const [first = "", second = ""] = start.split(/\r\n|\r|\n/, 2);
  const declared =
    COOKIE.exec(first)?.[1] ?? (COMMENT_OR_BLANK.test(first) ? COOKIE.exec(second)?.[1] : undefined);
  return declared === undefined ? "utf-8" : normalise(declared);
}

function normalise(name: string): string {
  const plain = name.toLowerCase().replaceAll("_", "-");
  if (/^utf-?8(-|$)/.test(plain)) return "utf-8";
  if (/^(latin-?1|iso-?8859-1|iso-latin-1|l1|cp819)(-|$)/.test(plain)) return "latin-1";
  if (/^(us-)?ascii$/.test(plain)) return "ascii";
  return plain;
}
