// Two texts to hunks, as git's default diff would print them, for files whose patch is absent or that no git diffed.
import { diffArrays } from "diff";
import { anchorPairs } from "./line-anchors.js";
import type { Hunk, HunkLine } from "./snapshot.js";

/** Unchanged lines before and after a change, as in git and on GitHub. */
const CONTEXT = 3;
/**
 * The insertions and deletions up to which a minimal diff is searched for; the cost grows with the square of it.
 * Beyond, lines that occur once on each side are matched first and the rest between them.
 */
const LONGEST_EDIT = 2000;
const LONGEST_EDIT_BETWEEN_ANCHORS = 200;

/**
 * The hunks from `base` to `head`, with three lines of context. Lines end with "\n"; a last line with and one without
 * it differ, as in git. Either text may be "" for a new or deleted file. Time is about linear in the size of the texts,
 * whatever they hold.
 */
export function diffTexts(base: string, head: string): readonly Hunk[] {
  const baseLines = linesOf(base);
  const headLines = linesOf(head);
  const matches = matchLines(...asNumbers(baseLines, headLines));
  return hunks(editScript(baseLines, headLines, matches));
}

/** Lines with their ends, so that a missing newline at the end of the file is a difference. */
function linesOf(text: string): readonly string[] {
  const lines = text.split("\n");
  const last = lines.pop()!;
  return [...lines.map((line) => `${line}\n`), ...(last === "" ? [] : [last])];
}

/** Equal lines become equal numbers. */
function asNumbers(base: readonly string[], head: readonly string[]): [number[], number[]] {
  const numbers = new Map<string, number>();
  const numberOf = (line: string) => {
    const known = numbers.get(line);
    if (known !== undefined) return known;
    numbers.set(line, numbers.size);
    return numbers.size - 1;
  };
  return [base.map(numberOf), head.map(numberOf)];
}

/** For each base line (0-based) the head line (0-based) it is matched with, or -1; ascending where not -1. */
type Matches = Int32Array;

function matchLines(base: readonly number[], head: readonly number[]): Matches {
  const matches = new Int32Array(base.length).fill(-1);
  let start = 0;
  while (start < base.length && start < head.length && base[start] === head[start]) matches[start] = start++;
  let baseEnd = base.length;
  let headEnd = head.length;
  while (baseEnd > start && headEnd > start && base[baseEnd - 1] === head[headEnd - 1])
    matches[--baseEnd] = --headEnd;
  const whole = { baseStart: start, baseEnd, headStart: start, headEnd };
  if (matchStretch(base, head, whole, LONGEST_EDIT, matches)) return matches;
  let from = { base: start, head: start };
  for (const pair of [...anchorPairs(base, head, whole), { base: baseEnd, head: headEnd }]) {
    const between = { baseStart: from.base, baseEnd: pair.base, headStart: from.head, headEnd: pair.head };
    matchStretch(base, head, between, LONGEST_EDIT_BETWEEN_ANCHORS, matches);
    if (pair.base < baseEnd) matches[pair.base] = pair.head;
    from = { base: pair.base + 1, head: pair.head + 1 };
  }
  return matches;
}

/** A stretch of each side, 0-based, ends exclusive. */
export interface Stretch {
  readonly baseStart: number;
  readonly baseEnd: number;
  readonly headStart: number;
  readonly headEnd: number;
}

/**
 * Matches the lines of one stretch. Lines that the other side does not have cannot match, so they are taken out first:
 * that leaves next to nothing of a rewritten file.
 * @returns false when the rest needs more than `longestEdit` insertions and deletions; nothing is matched then.
 */
function matchStretch(
  base: readonly number[],
  head: readonly number[],
  stretch: Stretch,
  longestEdit: number,
  matches: Matches,
): boolean {
  const inBase = new Set(base.slice(stretch.baseStart, stretch.baseEnd));
  const inHead = new Set(head.slice(stretch.headStart, stretch.headEnd));
  const baseLeft = indexes(stretch.baseStart, stretch.baseEnd, (index) => inHead.has(base[index]!));
  const headLeft = indexes(stretch.headStart, stretch.headEnd, (index) => inBase.has(head[index]!));
  const baseNumbers = baseLeft.map((index) => base[index]!);
  const headNumbers = headLeft.map((index) => head[index]!);
  const changes = diffArrays(baseNumbers, headNumbers, { maxEditLength: longestEdit });
  if (changes === undefined) return false;
  let atBase = 0;
  let atHead = 0;
  for (const change of changes) {
    if (change.added) atHead += change.count;
    else if (change.removed) atBase += change.count;
    else for (let n = 0; n < change.count; n++) matches[baseLeft[atBase++]!] = headLeft[atHead++]!;
  }
  return true;
}

function indexes(start: number, end: number, wanted: (index: number) => boolean): number[] {
  const found: number[] = [];
  for (let index = start; index < end; index++) if (wanted(index)) found.push(index);
  return found;
}

/** Every line of both sides in the order of a diff: within a change, deleted lines come first. */
function editScript(base: readonly string[], head: readonly string[], matches: Matches): readonly HunkLine[] {
  const script: HunkLine[] = [];
  const text = (line: string) => (line.endsWith("\n") ? line.slice(0, -1) : line);
  let atHead = 0;
  const addUntil = (end: number) => {
    for (; atHead < end; atHead++)
      script.push({ kind: "added", head: atHead + 1, text: text(head[atHead]!) });
  };
  for (let atBase = 0; atBase < base.length; atBase++) {
    const match = matches[atBase]!;
    const line = text(base[atBase]!);
    if (match < 0) script.push({ kind: "deleted", base: atBase + 1, text: line });
    else {
      addUntil(match);
      script.push({ kind: "context", base: atBase + 1, head: ++atHead, text: line });
    }
  }
  addUntil(head.length);
  return script;
}

/** Cuts the script into hunks: changes whose contexts touch are one. */
function hunks(script: readonly HunkLine[]): readonly Hunk[] {
  const found: Hunk[] = [];
  let index = 0;
  while (index < script.length) {
    if (script[index]!.kind === "context") {
      index++;
      continue;
    }
    const start = Math.max(0, index - CONTEXT);
    let end = index; // exclusive; after the last change of this hunk
    for (let next = index; next < script.length && next <= end + 2 * CONTEXT; next++)
      if (script[next]!.kind !== "context") end = next + 1;
    const lines = script.slice(start, Math.min(script.length, end + CONTEXT));
    found.push(hunkOf(script, start, lines));
    index = start + lines.length;
  }
  return found;
}

function hunkOf(script: readonly HunkLine[], start: number, lines: readonly HunkLine[]): Hunk {
  const baseCount = lines.filter((line) => line.kind !== "added").length;
  const headCount = lines.filter((line) => line.kind !== "deleted").length;
  const before = (side: "base" | "head") => linesBefore(script, start, side);
  // As git does: a side without lines is numbered by the line before.
  return {
    baseStart: before("base") + (baseCount > 0 ? 1 : 0),
    baseCount,
    headStart: before("head") + (headCount > 0 ? 1 : 0),
    headCount,
    lines,
  };
}

/** How many lines one side has before `script[start]`. */
function linesBefore(script: readonly HunkLine[], start: number, side: "base" | "head"): number {
  for (let index = start - 1; index >= 0; index--) {
    const line = script[index]!;
    if (side === "base" && line.kind !== "added") return line.base;
    if (side === "head" && line.kind !== "deleted") return line.head;
  }
  return 0;
}
