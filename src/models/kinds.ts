// The vocabulary in which models speak of libraries and rules speak of defects. Neither names the other.

/** Where untrusted data comes from. */
export const SOURCE_KINDS = [
  /** Anything that a client sends in an HTTP request: query, form, body, headers, cookies, URL path. */
  "http-request",
  /** The content or client-side name of an uploaded file. */
  "upload",
  /** A message of a queue, a broker, an RPC call, a socket, a webhook. */
  "message",
  /** What another server answered. */
  "remote-response",
  /** Command line, environment, standard input. */
  "local",
  /** The content of files and archives. */
  "file",
  /** Rows that a database gave back: stored by somebody earlier. */
  "database",
] as const;
export type SourceKind = (typeof SOURCE_KINDS)[number];

/** Where untrusted data does harm. */
export const SINK_KINDS = [
  "sql",
  "sql-identifier",
  "nosql",
  "shell",
  "program",
  "program-argument",
  "code",
  "import",
  "attribute-name",
  "format-string",
  "template",
  "path",
  "archive",
  "url",
  "redirect",
  "html",
  "xml",
  "xpath",
  "xslt",
  "deserialize",
  "csv",
  "header",
  "mail",
  "log",
  "config-line",
  "ldap-filter",
  "ldap-dn",
  "regex",
  "mass-assignment",
  "size",
] as const;
export type SinkKind = (typeof SINK_KINDS)[number];

/** A set of sink kinds; immutable, compared with `===`. */
export type KindSet = bigint;

const BITS = new Map<SinkKind, bigint>(SINK_KINDS.map((kind, index) => [kind, 1n << BigInt(index)]));

export const NO_KINDS: KindSet = 0n;
export const ALL_KINDS: KindSet = (1n << BigInt(SINK_KINDS.length)) - 1n;

export function kindSet(kinds: readonly SinkKind[]): KindSet {
  return kinds.reduce((set, kind) => set | BITS.get(kind)!, NO_KINDS);
}

export function hasKind(set: KindSet, kind: SinkKind): boolean {
  return (set & BITS.get(kind)!) !== 0n;
}
