// Markdown cut to GitHub's limits without leaving a fence, a <details> or a character half open.

const NOTE = "*(cut: too long for GitHub)*";

/**
 * The longest beginning of `text` that fits into `limitBytes` bytes of UTF-8, with what is open closed and a note that
 * it was cut; `text` itself when it fits. Cuts between lines; a first line that is too long alone is cut inside.
 * @param limitBytes at least 200, so that the note and the closing lines have room
 */
export function cutMarkdown(text: string, limitBytes: number): string {
  if (byteLength(text) <= limitBytes) return text;
  const kept: string[] = [];
  let open: readonly Block[] = [];
  let used = byteLength(ending([]));
  for (const line of text.split("\n")) {
    const opened = after(open, line);
    const size = byteLength(line) + 1;
    if (used + size + byteLength(ending(opened)) > limitBytes) break;
    kept.push(line);
    used += size;
    open = opened;
  }
  if (kept.length > 0) return kept.join("\n") + ending(open);
  return cutLine(text.split("\n")[0]!, limitBytes - byteLength(ending([]))) + ending([]);
}

/** The longest beginning of `text` that fits into `limitBytes` bytes of UTF-8 and ends at a whole character. */
export function cutText(text: string, limitBytes: number): string {
  if (byteLength(text) <= limitBytes) return text;
  const bytes = new TextEncoder().encode(text).subarray(0, limitBytes);
  return new TextDecoder("utf-8", { ignoreBOM: true }).decode(bytes.subarray(0, wholeCharacters(bytes)));
}

/** What must be closed before the text may end: a fence by its backticks or tildes, or a details element. */
type Block = { readonly kind: "fence"; readonly mark: string } | { readonly kind: "details" };

function after(open: readonly Block[], line: string): readonly Block[] {
  const inner = open.at(-1);
  const fence = /^ {0,3}(`{3,}|~{3,})(.*)$/.exec(line);
  if (inner?.kind === "fence") {
    const closes = fence && fence[2]!.trim() === "" && fence[1]!.startsWith(inner.mark);
    return closes ? open.slice(0, -1) : open;
  }
  if (fence && !(fence[1]!.startsWith("`") && fence[2]!.includes("`")))
    return [...open, { kind: "fence", mark: fence[1]! }];
  const opened = line.split("<details").length - 1;
  const closed = line.split("</details>").length - 1;
  if (opened > closed)
    return [...open, ...Array.from({ length: opened - closed }, () => ({ kind: "details" }) as const)];
  return open.slice(0, Math.max(0, open.length - (closed - opened)));
}

function ending(open: readonly Block[]): string {
  const closers = [...open]
    .reverse()
    .map((block) => (block.kind === "fence" ? `\n${block.mark}` : "\n\n</details>"));
  return `${closers.join("")}\n\n${NOTE}`;
}

/** Cuts inside a line, and before a code span that would be left open. */
function cutLine(line: string, limitBytes: number): string {
  const cut = cutText(line, limitBytes);
  const runs = [...cut.matchAll(/`+/g)];
  for (let index = 0; index < runs.length; index++) {
    const close = runs.findIndex((run, at) => at > index && run[0].length === runs[index]![0].length);
    if (close < 0) return cut.slice(0, runs[index]!.index);
    index = close;
  }
  return cut;
}

/** How many of `bytes`, the beginning of UTF-8 text, make up whole characters. */
function wholeCharacters(bytes: Uint8Array): number {
  let start = bytes.length - 1;
  while (start >= 0 && (bytes[start]! & 0xc0) === 0x80) start--;
  if (start < 0) return 0;
  const lead = bytes[start]!;
  const length = lead < 0x80 ? 1 : lead < 0xe0 ? 2 : lead < 0xf0 ? 3 : 4;
  return start + length <= bytes.length ? bytes.length : start;
}

function byteLength(text: string): number {
  return new TextEncoder().encode(text).length;
}
