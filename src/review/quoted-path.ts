// Paths as git writes them in diffs: plain, or in double quotes with C escapes and octal UTF-8 bytes.

const ESCAPES: Readonly<Record<string, number>> = {
  a: 7,
  b: 8,
  t: 9,
  n: 10,
  v: 11,
  f: 12,
  r: 13,
  '"': 34,
  "\\": 92,
};

/** The path that git wrote as `written`; one without quotes is returned as it is. */
export function readPath(written: string): string {
  if (!written.startsWith('"') || !written.endsWith('"') || written.length < 2) return written;
  const inner = written.slice(1, -1);
  const bytes: number[] = [];
  for (const [token] of inner.matchAll(/\\([0-7]{3}|.)|[^\\]+/gs)) bytes.push(...bytesOf(token));
  return new TextDecoder().decode(Uint8Array.from(bytes));
}

function bytesOf(token: string): Iterable<number> {
  if (!token.startsWith("\\")) return new TextEncoder().encode(token);
  const escaped = token.slice(1);
  if (escaped.length === 3) return [Number.parseInt(escaped, 8)];
  const byte = ESCAPES[escaped];
  return byte === undefined ? new TextEncoder().encode(escaped) : [byte];
}
