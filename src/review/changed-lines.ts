// Hunks to facts about lines: where GitHub accepts a comment, what is new, what is gone. Lines are 1-based.
import type { ChangedFile } from "./snapshot.js";

/** One side of a changed file. */
export interface SideLines {
  /** The lines that only this side has: added ones on the head, deleted ones on the base. */
  readonly changed: ReadonlySet<number>;
  /** Every line in a hunk, context included, with the index of its hunk: a comment is accepted here and only here. */
  readonly hunkOf: ReadonlyMap<number, number>;
}

export interface ChangedLines {
  readonly base: SideLines;
  readonly head: SideLines;
  /** For each deleted base line the head line before it (0 at the start of the file). */
  readonly deletedAfter: ReadonlyMap<number, number>;
}

export function changedLines(file: ChangedFile): ChangedLines {
  const base = { changed: new Set<number>(), hunkOf: new Map<number, number>() };
  const head = { changed: new Set<number>(), hunkOf: new Map<number, number>() };
  const deletedAfter = new Map<number, number>();
  file.hunks.forEach((hunk, index) => {
    let headBefore = hunk.headCount > 0 ? hunk.headStart - 1 : hunk.headStart;
    for (const line of hunk.lines) {
      if (line.kind !== "added") base.hunkOf.set(line.base, index);
      if (line.kind !== "deleted") head.hunkOf.set(line.head, index);
      if (line.kind === "added") head.changed.add(line.head);
      if (line.kind === "deleted") {
        base.changed.add(line.base);
        deletedAfter.set(line.base, headBefore);
      } else headBefore = line.head;
    }
  });
  return { base, head, deletedAfter };
}

/**
 * The commentable line nearest to `line`, at most `within` lines away; of two equally near ones the later.
 * Undefined when there is none.
 */
export function nearestCommentable(side: SideLines, line: number, within: number): number | undefined {
  let nearest: number | undefined;
  for (const candidate of side.hunkOf.keys()) {
    const distance = Math.abs(candidate - line);
    if (distance > within) continue;
    const best = nearest === undefined ? Number.POSITIVE_INFINITY : Math.abs(nearest - line);
    if (distance < best || (distance === best && candidate > nearest!)) nearest = candidate;
  }
  return nearest;
}

/** The head line on which an unchanged base line now is; undefined for a deleted one. */
export function headLineOf(file: ChangedFile, baseLine: number): number | undefined {
  return across(file, baseLine, "base", "head");
}

/** The base line on which an unchanged head line was; undefined for an added one. */
export function baseLineOf(file: ChangedFile, headLine: number): number | undefined {
  return across(file, headLine, "head", "base");
}

function across(
  file: ChangedFile,
  line: number,
  from: "base" | "head",
  to: "base" | "head",
): number | undefined {
  let shift = 0;
  for (const hunk of file.hunks) {
    const start = from === "base" ? hunk.baseStart : hunk.headStart;
    const count = from === "base" ? hunk.baseCount : hunk.headCount;
    // A side without lines is numbered by the line before it, which is not part of the hunk.
    if (line < (count === 0 ? start + 1 : start)) break;
    if (line < start + count) {
      const same = hunk.lines.find((each) => each.kind === "context" && each[from] === line);
      return same?.kind === "context" ? same[to] : undefined;
    }
    const grown = hunk.headCount - hunk.baseCount;
    shift += from === "base" ? grown : -grown;
  }
  return line + shift;
}
