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
  /** What the members of an archive are called: whoever made the archive chose it. */
  "archive-entry",
  /** Rows that a database gave back: stored by somebody earlier. */
  "database",
  /** A password, key, token, session or other thing that nobody else may see. Travels like the others. */
  "secret",
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
  /** What a client is answered, an error message included. */
  "response",
  "metric",
  /** The text of an exception. */
  "message",
  /** A file that others on the machine can read. */
  "shared-file",
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

/** What is wrong with a call whatever data it is given: an option switched off, an algorithm that is broken. */
export const MISUSE_KINDS = [
  "tls-unverified",
  "host-key-unverified",
  "weak-tls-version",
  "clear-text-protocol",
  "weak-hash",
  "weak-cipher",
  "weak-key",
  "constant-nonce",
  "insecure-random",
  "signature-unverified",
  "unsafe-xml-parser",
  "autoescape-off",
  "debug-mode",
  "binds-all-interfaces",
  "insecure-cookie",
  "csrf-exempt",
  "cors-wildcard",
  "permissive-mode",
  "temporary-name",
  "unsafe-extraction",
  "unsafe-deserializer",
  "anonymous-bind",
  "process-fork-hook",
] as const;
export type MisuseKind = (typeof MISUSE_KINDS)[number];

/** What must be given back once it was acquired. */
export const RESOURCE_KINDS = [
  "file",
  "temporary-file",
  "directory",
  "socket",
  "response",
  "connection",
  "session",
  "cursor",
  "transaction",
  "process",
  "executor",
  "thread",
  "lock",
  "file-lock",
  "row-lock",
  "archive",
  "memory-map",
  "event-loop",
] as const;
export type ResourceKind = (typeof RESOURCE_KINDS)[number];

/** For what a call may keep its thread waiting. */
export const WAIT_KINDS = [
  "network",
  "database",
  "process",
  "lock",
  "queue",
  "thread",
  "sleep",
  "disk",
  "user",
] as const;
export type WaitKind = (typeof WAIT_KINDS)[number];

/** What a check decides. */
export const GUARD_KINDS = ["authentication", "authorization", "csrf", "signature", "validation"] as const;
export type GuardKind = (typeof GUARD_KINDS)[number];
