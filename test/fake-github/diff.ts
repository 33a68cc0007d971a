// The diff of two commits as GitHub sees it: files, hunks with three lines of context, and who may be commented on.

export type Side = "LEFT" | "RIGHT";

/** A line of a hunk. `left` and `right` are its 1-based numbers on the sides where it exists. */
export interface DiffLine {
  readonly left?: number;
  readonly right?: number;
  /** The line with its first character (" ", "-" or "+"), as in the patch. */
  readonly text: string;
}

export interface DiffHunk {
  /** "@@ -1,2 +1,3 @@ def f():" */
  readonly header: string;
  readonly lines: readonly DiffLine[];
}

export type FileStatus = "added" | "removed" | "modified" | "renamed" | "changed";

export interface FileDiff {
  /** The path at head; of a removed file, its path at the base. */
  readonly path: string;
  readonly previousPath?: string;
  readonly status: FileStatus;
  /** Blob at head; of a removed file, at the base. */
  readonly blob: string;
  /** The hunks as text, from the first "@@", without a line feed at the end; undefined for binary and pure renames. */
  readonly patch?: string;
  readonly hunks: readonly DiffHunk[];
  readonly additions: number;
  readonly deletions: number;
}

interface RawEntry {
  readonly letter: string;
  readonly path: string;
  readonly previousPath?: string;
  readonly oldBlob: string;
  readonly newBlob: string;
}

/**
 * @param raw output of `git diff --raw -z --full-index`
 * @param patch output of `git diff` of the same commits with the same options: the files come in the same order
 */
export function parseDiff(raw: string, patch: string): readonly FileDiff[] {
  const sections = patch.split(/(?<=^|\n)(?=diff --git )/).filter((section) => section !== "");
  let next = 0;
  return parseRaw(raw).map((entry) => {
    // git prints a change of type (file to symlink) as a removal followed by an addition.
    const count = entry.letter === "T" ? 2 : 1;
    const own = sections.slice(next, next + count);
    next += count;
    return fileDiff(entry, own);
  });
}

function parseRaw(raw: string): readonly RawEntry[] {
  const fields = raw.split("\0");
  const entries: RawEntry[] = [];
  let index = 0;
  while (fields[index]?.startsWith(":")) {
    const [, , oldBlob = "", newBlob = "", status = ""] = fields[index]!.split(" ");
    const letter = status.charAt(0);
    const moved = letter === "R" || letter === "C";
    const path = fields[index + (moved ? 2 : 1)]!;
    const previous = moved ? { previousPath: fields[index + 1]! } : {};
    entries.push({ letter, path, ...previous, oldBlob, newBlob });
    index += moved ? 3 : 2;
  }
  return entries;
}

function fileDiff(entry: RawEntry, sections: readonly string[]): FileDiff {
  const hunks = sections.flatMap(parseHunks);
  const texts = hunks.flatMap((hunk) => hunk.lines.map((line) => line.text));
  const patch = hunks
    .map((hunk) => [hunk.header, ...hunk.lines.map((line) => line.text)].join("\n"))
    .join("\n");
  const { path, previousPath } = entry;
  return {
    path,
    ...(previousPath === undefined ? {} : { previousPath }),
    status: statusOf(entry),
    blob: entry.letter === "D" ? entry.oldBlob : entry.newBlob,
    ...(patch === "" ? {} : { patch }),
    hunks,
    additions: texts.filter((text) => text.startsWith("+")).length,
    deletions: texts.filter((text) => text.startsWith("-")).length,
  };
}

function statusOf(entry: RawEntry): FileStatus {
  switch (entry.letter) {
    case "A":
      return "added";
    case "D":
      return "removed";
    case "R":
      return "renamed";
    case "M":
      return entry.oldBlob === entry.newBlob ? "changed" : "modified";
    default:
      return "changed";
  }
}

/** A hunk header; a count of 1 is left out by git ("@@ -0,0 +1 @@"). */
const hunkHeader = /^@@ -(\d+)(?:,\d+)? \+(\d+)(?:,\d+)? @@/;

function parseHunks(section: string): readonly DiffHunk[] {
  const hunks: { header: string; lines: DiffLine[] }[] = [];
  let left = 0;
  let right = 0;
  for (const text of section.replace(/\n$/, "").split("\n")) {
    const start = hunkHeader.exec(text);
    if (start !== null) {
      left = Number(start[1]);
      right = Number(start[2]);
      hunks.push({ header: text, lines: [] });
      continue;
    }
    const lines = hunks.at(-1)?.lines;
    if (lines === undefined) continue;
    if (text.startsWith("-")) lines.push({ left: left++, text });
    else if (text.startsWith("+")) lines.push({ right: right++, text });
    else if (text.startsWith("\\")) lines.push({ text });
    else lines.push({ left: left++, right: right++, text });
  }
  return hunks;
}

/** A line found in a diff: its hunk, and its index in the hunk. */
export interface FoundLine {
  readonly hunk: DiffHunk;
  readonly index: number;
  /** GitHub's old way to name a line: 1 is the line below the first hunk header; later headers count. */
  readonly position: number;
}

/** Where line `line` (1-based) of `side` is in the hunks of `file`; undefined when no hunk shows it. */
export function findLine(file: FileDiff, side: Side, line: number): FoundLine | undefined {
  let position = 0;
  for (const hunk of file.hunks) {
    for (const [index, candidate] of hunk.lines.entries()) {
      position++;
      const number = side === "LEFT" ? candidate.left : candidate.right;
      if (number === line) return { hunk, index, position };
    }
    position++;
  }
  return undefined;
}

/** The line at `position`, with the side on which GitHub puts it; undefined when there is none. */
export function lineAtPosition(file: FileDiff, position: number): { side: Side; line: number } | undefined {
  let current = 0;
  for (const hunk of file.hunks) {
    for (const { left, right } of hunk.lines) {
      current++;
      if (current !== position) continue;
      if (right !== undefined) return { side: "RIGHT", line: right };
      return left === undefined ? undefined : { side: "LEFT", line: left };
    }
    current++;
  }
  return undefined;
}

/** The hunk from its header down to the found line: what GitHub shows above a comment. */
export function hunkDownTo(found: FoundLine): string {
  return [found.hunk.header, ...found.hunk.lines.slice(0, found.index + 1).map((line) => line.text)].join(
    "\n",
  );
}

/**
 * Where line `line` of the old version is in the new one; undefined when it was deleted or rewritten.
 * @param hunks the difference between the two versions of one file
 */
export function followLine(hunks: readonly DiffHunk[], line: number): number | undefined {
  let shift = 0;
  for (const { lines } of hunks) {
    const same = lines.find(({ left }) => left === line);
    if (same !== undefined) return same.right;
    const last = lines.findLast(({ left }) => left !== undefined)?.left ?? 0;
    if (last < line) shift += count(lines, "right") - count(lines, "left");
  }
  return line + shift;
}

function count(lines: readonly DiffLine[], side: "left" | "right"): number {
  return lines.filter((line) => line[side] !== undefined).length;
}
