// Unified diff text to hunks: first stage of a review, and the only place that knows the syntax of `@@` blocks.
import type { Hunk, HunkLine } from "./snapshot.js";

/** `@@ -12,3 +14,9 @@ def f():`; a missing count is 1. */
const HUNK_HEADER = /^@@ -(\d+)(?:,(\d+))? \+(\d+)(?:,(\d+))? @@/;

/**
 * The hunks of one file's patch, as GitHub's API gives it in `patch` (without file headers) and as git prints it.
 * Line texts are without their "\n"; a "\r" before it stays. Lines after a hunk that start no other are skipped.
 * @throws Error when a hunk ends before the counts of its header are reached, or has a line that is not of a diff.
 */
export function parsePatch(patch: string): readonly Hunk[] {
  const lines = patch.split("\n");
  const hunks: Hunk[] = [];
  let index = 0;
  while (index < lines.length) {
    if (!HUNK_HEADER.test(lines[index]!)) {
      index++;
      continue;
    }
    const read = readHunk(lines, index);
    hunks.push(read.hunk);
    index = read.next;
  }
  return hunks;
}

/** Whether `line` is the header of a hunk. */
export function startsHunk(line: string): boolean {
  return HUNK_HEADER.test(line);
}

/**
 * The hunk whose header is `lines[start]`, and the index of the first line after it. The counts of the header decide
 * where it ends, so that a deleted line "-- a" or an added line "++ b" is never taken for a file header.
 * @throws Error as parsePatch does.
 */
export function readHunk(lines: readonly string[], start: number): { hunk: Hunk; next: number } {
  const [, baseStart, baseCount, headStart, headCount] = HUNK_HEADER.exec(lines[start]!)!;
  const header = {
    baseStart: Number(baseStart),
    baseCount: Number(baseCount ?? 1),
    headStart: Number(headStart),
    headCount: Number(headCount ?? 1),
  };
  let base = header.baseStart;
  let head = header.headStart;
  const baseEnd = base + header.baseCount;
  const headEnd = head + header.headCount;
  const body: HunkLine[] = [];
  let next = start + 1;
  while (base < baseEnd || head < headEnd) {
    const line = lines[next];
    if (line === undefined) throw new Error(`the hunk "${lines[start]}" ends too early`);
    next++;
    if (line.startsWith("\\")) continue; // "\ No newline at end of file" belongs to the line before
    const text = line.slice(1);
    if (line.startsWith("+")) body.push({ kind: "added", head: head++, text });
    else if (line.startsWith("-")) body.push({ kind: "deleted", base: base++, text });
    // Some tools strip the space of an empty context line.
    else if (line.startsWith(" ") || line === "" || line === "\r")
      body.push({ kind: "context", base: base++, head: head++, text });
    else
      throw new Error(
        `the hunk "${lines[start]}" has the line "${line.slice(0, 80)}", which is not of a diff`,
      );
  }
  if (base !== baseEnd || head !== headEnd)
    throw new Error(`the hunk "${lines[start]}" is longer than it says`);
  return { hunk: { ...header, lines: body }, next };
}
