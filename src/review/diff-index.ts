// The changed files of a snapshot by path, and the place of a step in them.
import type { Step } from "../analysis/step.js";
import { type ChangedLines, changedLines, type SideLines } from "./changed-lines.js";
import type { Side } from "./review.js";
import type { ChangedFile } from "./snapshot.js";

/** The diff as the later stages ask about it. */
export interface DiffIndex {
  /** The changed file that has `path` on this side, with its lines. */
  fileAt(path: string, side: Step["side"]): ChangedAt | undefined;
}

interface ChangedAt {
  readonly file: ChangedFile;
  readonly lines: ChangedLines;
}

/** Lines of a file are computed when first asked for, so that a scan of a large folder costs only what is reported. */
export function indexDiff(changes: readonly ChangedFile[]): DiffIndex {
  const byPath = {
    base: new Map(changes.flatMap((file) => (file.basePath === undefined ? [] : [[file.basePath, file]]))),
    head: new Map(changes.flatMap((file) => (file.headPath === undefined ? [] : [[file.headPath, file]]))),
  };
  const known = new Map<ChangedFile, ChangedAt>();
  return {
    fileAt(path, side) {
      const file = byPath[side].get(path);
      if (!file) return undefined;
      const at = known.get(file) ?? { file, lines: changedLines(file) };
      known.set(file, at);
      return at;
    },
  };
}

/** A stretch of lines in the diff; 1-based, inclusive. */
export interface Anchor {
  /** The path by which GitHub knows the file: its head path, or its base path when it is deleted. */
  readonly path: string;
  readonly startLine: number;
  readonly endLine: number;
  readonly side: Side;
}

/** A longer span is no single statement: its first line stands for it. */
const LONGEST_STATEMENT = 10;

/**
 * How a step's lines must meet the diff: on a line that its side alone has, or anywhere in a hunk. A base step meets it
 * on deleted lines only: GitHub shows unchanged lines as head lines.
 */
type Meeting = "changed" | "commentable";

/**
 * Where a comment about `step` would stand: its whole span when that is one statement inside one hunk; else the last of
 * its lines that meets the diff as asked. Undefined when none does.
 */
export function anchorOf(step: Step, diff: DiffIndex, meeting: Meeting): Anchor | undefined {
  const at = diff.fileAt(step.span.path, step.side);
  if (!at) return undefined;
  const side = at.lines[step.side];
  const { start, end } = spanLines(step);
  const changed = meeting === "changed" || step.side === "base";
  const meets = (line: number) => (changed ? side.changed.has(line) : side.hunkOf.has(line));
  const met: number[] = [];
  for (let line = start; line <= end; line++) if (meets(line)) met.push(line);
  if (met.length === 0) return undefined;
  const short = end - start < LONGEST_STATEMENT;
  const one = short ? met.at(-1)! : met[0]!;
  const whole = inOneHunk(side, start, end) && (step.side === "head" || met.length === end - start + 1);
  const lines = short && whole ? { start, end } : { start: one, end: one };
  return {
    path: pathOnGitHub(at.file),
    startLine: lines.start,
    endLine: lines.end,
    side: step.side === "base" ? "LEFT" : "RIGHT",
  };
}

/**
 * The lines of a step's span, 1-based and inclusive. A span that ends at the start of a line does not reach into it.
 */
export function spanLines(step: Step): { start: number; end: number } {
  const { start, end } = step.span;
  return { start: start.line, end: end.column === 0 && end.line > start.line ? end.line - 1 : end.line };
}

export function pathOnGitHub(file: ChangedFile): string {
  return (file.headPath ?? file.basePath)!;
}

function inOneHunk(side: SideLines, start: number, end: number): boolean {
  const hunk = side.hunkOf.get(start);
  for (let line = start; line <= end; line++) if (side.hunkOf.get(line) !== hunk) return false;
  return hunk !== undefined;
}
