// Where a review comment may stand, and where it is after later pushes: the hunks of merge base to head decide.
import { type FileDiff, findLine, followLine, hunkDownTo, lineAtPosition, type Side } from "./diff.js";
import { pullMergeBase } from "./shapes/pull.js";
import type { Pull, Subject, Thread } from "./world.js";

/** A place as the API takes it. Lines are 1-based; `position` is the old way. */
export interface WantedAnchor {
  readonly path: string;
  readonly subject_type?: "line" | "file";
  readonly side?: Side;
  readonly line?: number;
  readonly start_side?: Side;
  readonly start_line?: number;
  readonly position?: number;
}

export interface Anchor {
  readonly path: string;
  readonly subject: Subject;
  readonly diffHunk: string;
}

/** Why GitHub does not take a place: the field and what is said about it. */
export class AnchorError extends Error {
  override readonly name = "AnchorError";
  readonly field: string;

  constructor(field: string, message: string) {
    super(message);
    this.field = field;
  }
}

/** The files that the pull request changes when `commit` is its head. */
export function filesAt(pull: Pull, commit: string): readonly FileDiff[] {
  return pull.repository.git.diff(pullMergeBase(pull, commit), commit);
}

/** @throws AnchorError when the place is not in the diff at `commit` */
export function anchor(pull: Pull, commit: string, wanted: WantedAnchor): Anchor {
  const file = filesAt(pull, commit).find(({ path }) => path === wanted.path);
  if (file === undefined) throw new AnchorError("path", "Path could not be resolved");
  if (wanted.subject_type === "file")
    return { path: file.path, subject: { kind: "file" }, diffHunk: file.patch ?? "" };
  const { line, side } = endOf(file, wanted);
  const found = findLine(file, side, line);
  if (found === undefined) throw new AnchorError("line", "Line could not be resolved");
  const start = startOf(file, wanted, side, line);
  const subject: Subject = { kind: "lines", side, line, ...start, position: found.position };
  return { path: file.path, subject, diffHunk: hunkDownTo(found) };
}

function endOf(file: FileDiff, wanted: WantedAnchor): { line: number; side: Side } {
  if (wanted.line !== undefined) return { line: wanted.line, side: wanted.side ?? "RIGHT" };
  if (wanted.position === undefined) throw new AnchorError("line", "Line could not be resolved");
  const place = lineAtPosition(file, wanted.position);
  if (place === undefined) throw new AnchorError("position", "Position could not be resolved");
  return place;
}

function startOf(file: FileDiff, wanted: WantedAnchor, side: Side, line: number): { startLine?: number } {
  const { start_line: startLine, start_side: startSide = "RIGHT" } = wanted;
  if (startLine === undefined) return {};
  if (startLine >= line) throw new AnchorError("start_line", "Start line must precede the end line.");
  const start = findLine(file, startSide, startLine);
  const sameHunk = start !== undefined && start.hunk === findLine(file, side, line)?.hunk;
  if (startSide !== side || !sameHunk)
    throw new AnchorError("start_line", "Start line must be part of the same hunk as the line.");
  return { startLine };
}

/** Where a thread is in the current diff. `line` undefined: outdated, or about the whole file. */
export interface PlaceNow {
  readonly path: string;
  readonly outdated: boolean;
  readonly line?: number;
  readonly startLine?: number;
  readonly position?: number;
}

/** Follows the thread's lines from its commit to the head, through edits, renames, rebases and force pushes. */
export function placeNow(thread: Thread): PlaceNow {
  const { pull, subject, path } = thread;
  const files = filesAt(pull, pull.head.sha);
  if (subject.kind === "file") return { path, outdated: !files.some((file) => file.path === path) };
  const outdated: PlaceNow = { path, outdated: true };
  const moved = follow(thread, subject.side, subject.line);
  if (moved === undefined) return outdated;
  const file = files.find(
    (one) => moved.path === (subject.side === "LEFT" ? (one.previousPath ?? one.path) : one.path),
  );
  const found = file && findLine(file, subject.side, moved.line);
  if (file === undefined || found === undefined) return outdated;
  const start =
    subject.startLine === undefined ? undefined : follow(thread, subject.side, subject.startLine)?.line;
  const startNow = start !== undefined && start < moved.line ? { startLine: start } : {};
  return { path: file.path, outdated: false, line: moved.line, ...startNow, position: found.position };
}

/** The line and its path on the same side of the current diff; undefined when it is gone. */
function follow(thread: Thread, side: Side, line: number): { path: string; line: number } | undefined {
  const { pull, commit } = thread;
  const left = side === "LEFT";
  const from = left ? pullMergeBase(pull, commit) : commit;
  const to = left ? pullMergeBase(pull) : pull.head.sha;
  const original = filesAt(pull, commit).find(({ path }) => path === thread.path);
  const path = (left ? original?.previousPath : undefined) ?? thread.path;
  if (from === to) return { path, line };
  const change = pull.repository.git.diff(from, to).find((file) => (file.previousPath ?? file.path) === path);
  if (change === undefined) return { path, line };
  const now = change.status === "removed" ? undefined : followLine(change.hunks, line);
  return now === undefined ? undefined : { path: change.path, line: now };
}
