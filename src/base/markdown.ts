// Code in Markdown: how every message quotes what the user wrote.

/**
 * `text` as a Markdown code span on one line, whatever backticks it contains: the fence is one longer than the longest
 * run inside it.
 */
export function code(text: string): string {
  const flat = text.replace(/\s+/g, " ").trim();
  const fence = "`".repeat(longestRun(flat) + 1);
  const pad = flat.startsWith("`") || flat.endsWith("`") || flat === "" ? " " : "";
  return `${fence}${pad}${flat}${pad}${fence}`;
}

/** The length of the longest run of backticks in `text`. */
function longestRun(text: string): number {
  return Math.max(0, ...(text.match(/`+/g) ?? []).map((run) => run.length));
}

/** A part of a line of Markdown: a code span with its content (fence and padding taken off), or other text. */
export interface MarkdownPart {
  readonly kind: "code" | "text";
  readonly text: string;
}

/**
 * The code spans of `markdown` and the text between them, by CommonMark's rule: a span ends at the next run of exactly
 * as many backticks as began it; a run without such an end is text.
 */
export function codeSpans(markdown: string): readonly MarkdownPart[] {
  const runs = [...markdown.matchAll(/`+/g)].map((match) => ({ at: match.index, length: match[0].length }));
  const parts: MarkdownPart[] = [];
  let from = 0;
  for (let open = 0; open < runs.length; open++) {
    const begin = runs[open]!;
    const close = runs.findIndex((run, index) => index > open && run.length === begin.length);
    if (close < 0) continue;
    const end = runs[close]!;
    if (begin.at > from) parts.push({ kind: "text", text: markdown.slice(from, begin.at) });
    parts.push({ kind: "code", text: unpadded(markdown.slice(begin.at + begin.length, end.at)) });
    from = end.at + end.length;
    open = close;
  }
  if (from < markdown.length) parts.push({ kind: "text", text: markdown.slice(from) });
  return parts;
}

/** CommonMark strips one space from both ends when both have one and the rest is not blank. */
function unpadded(text: string): string {
  return text.startsWith(" ") && text.endsWith(" ") && text.trim() !== "" ? text.slice(1, -1) : text;
}
