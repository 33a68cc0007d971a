// The hidden first line of a comment by which a later review knows it again.

/** What a comment says of its finding: that it is there, that it is gone, or that people have set it aside. */
export type CommentState = "open" | "fixed" | "dismissed";

export interface Marker {
  /** 16 hex digits. */
  readonly fingerprint: string;
  readonly state: CommentState;
}

/** An HTML comment, invisible on GitHub: the first line of every comment of ours. */
export function commentMarker(fingerprint: string, state: CommentState = "open"): string {
  return `<!-- hognose:${fingerprint}${state === "open" ? "" : ` ${state}`} -->`;
}

/**
 * The marker of a comment's body; undefined when it has none. Only the very start counts: further down a comment
 * quotes the user's code, which can hold anything. The author must be checked by the caller: others can forge it.
 */
export function readMarker(body: string): Marker | undefined {
  const match = /^<!-- hognose:([0-9a-f]{16})(?: (fixed|dismissed))? -->/.exec(body);
  return match
    ? { fingerprint: match[1]!, state: (match[2] as CommentState | undefined) ?? "open" }
    : undefined;
}

/** `body` without its marker line. */
export function withoutMarker(body: string): string {
  return readMarker(body) ? body.replace(/^.*?-->(\r?\n)*/, "") : body;
}
