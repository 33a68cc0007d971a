// The hidden first line of a comment by which a later review knows it again.

export interface Marker {
  /** 16 hex digits. */
  readonly fingerprint: string;
  readonly fixed: boolean;
}

/** An HTML comment, invisible on GitHub: the first line of every comment of ours. */
export function commentMarker(fingerprint: string, fixed = false): string {
  return `<!-- hognose:${fingerprint}${fixed ? " fixed" : ""} -->`;
}

/**
 * The marker of a comment's body; undefined when it has none. Only the very start counts: further down a comment
 * quotes the user's code, which can hold anything. The author must be checked by the caller: others can forge it.
 */
export function readMarker(body: string): Marker | undefined {
  const match = /^<!-- hognose:([0-9a-f]{16})( fixed)? -->/.exec(body);
  return match ? { fingerprint: match[1]!, fixed: match[2] !== undefined } : undefined;
}

/** `body` without its marker line. */
export function withoutMarker(body: string): string {
  return readMarker(body) ? body.replace(/^.*?-->(\r?\n)*/, "") : body;
}
