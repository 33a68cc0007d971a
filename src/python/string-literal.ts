// The spelling of string literals: from prefix, quotes and escapes to the text they stand for.

export interface LiteralStyle {
  readonly isRaw: boolean;
  readonly isBytes: boolean;
  readonly isFormatted: boolean;
  readonly isTemplate: boolean;
  /** Offsets of what stands between the quotes. */
  readonly bodyStart: number;
  readonly bodyEnd: number;
}

/** The style of the literal from `start` to `end` in `text`. A literal that is not closed ends at `end`. */
export function literalAt(text: string, start: number, end: number): LiteralStyle {
  let quoteAt = start;
  while (quoteAt < end && !isQuote(text.charCodeAt(quoteAt))) quoteAt++;
  const prefix = text.slice(start, quoteAt).toLowerCase();
  const quote = text.charAt(quoteAt);
  const isTriple = text.startsWith(quote.repeat(3), quoteAt) && end - quoteAt >= 6;
  const width = isTriple ? 3 : 1;
  const isClosed = end - quoteAt >= 2 * width && text.startsWith(quote.repeat(width), end - width);
  return {
    isRaw: prefix.includes("r"),
    isBytes: prefix.includes("b"),
    isFormatted: prefix.includes("f") || prefix.includes("t"),
    isTemplate: prefix.includes("t"),
    bodyStart: Math.min(quoteAt + width, end),
    bodyEnd: isClosed ? end - width : end,
  };
}

function isQuote(code: number): boolean {
  return code === 34 || code === 39;
}

const textEscape =
  /\\(?:\r\n|[\n\r]|[0-7]{1,3}|x[0-9a-fA-F]{2}|u[0-9a-fA-F]{4}|U[0-9a-fA-F]{8}|N\{[^}]*\}|[\\'"abfnrtv])/g;
const bytesEscape = /\\(?:\r\n|[\n\r]|[0-7]{1,3}|x[0-9a-fA-F]{2}|[\\'"abfnrtv])/g;

const shortEscapes: Readonly<Record<string, string>> = {
  "\\": "\\",
  "'": "'",
  '"': '"',
  a: "\x07",
  b: "\b",
  f: "\f",
  n: "\n",
  r: "\r",
  t: "\t",
  v: "\v",
};

/**
 * What a stretch of a literal stands for. Escapes that Python does not know keep their backslash, as in Python.
 * `\N{name}` becomes U+FFFD: names of characters are not known here.
 */
export function decodeEscapes(
  source: string,
  style: Pick<LiteralStyle, "isRaw" | "isBytes" | "isFormatted">,
): string {
  let text = source.includes("\r") ? source.replace(/\r\n?/g, "\n") : source;
  if (style.isFormatted) text = text.replaceAll("{{", "{").replaceAll("}}", "}");
  if (style.isBytes) text = asBytes(text);
  if (style.isRaw || !text.includes("\\")) return text;
  return text.replace(style.isBytes ? bytesEscape : textEscape, decodeEscape);
}

function decodeEscape(sequence: string): string {
  const letter = sequence.charAt(1);
  const short = shortEscapes[letter];
  if (short !== undefined) return short;
  if (letter === "\n" || letter === "\r") return "";
  if (letter === "N") return "\ufffd";
  if (letter >= "0" && letter <= "7") return String.fromCharCode(Number.parseInt(sequence.slice(1), 8));
  const code = Number.parseInt(sequence.slice(2), 16);
  return code <= 0x10ffff ? String.fromCodePoint(code) : "\ufffd";
}

/** Beyond ASCII only Python 2 allows, there in the encoding of the file: UTF-8. */
function asBytes(text: string): string {
  if (/^[\0-\x7f]*$/.test(text)) return text;
  return Array.from(new TextEncoder().encode(text), (byte) => String.fromCharCode(byte)).join("");
}
