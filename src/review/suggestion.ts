// A finding's mechanical replacement to a suggestion that GitHub can commit. Only what was tried is offered: with the
// replacement made, the finding is gone and no other has come.
import { sha256 } from "../base/hash.js";
import { isNotebook } from "../base/python-file.js";
import type { SourceTree } from "../base/source.js";
import { lineStarts, pointAt } from "../base/span.js";
import type { Edit, Finding } from "../rules/finding.js";
import type { Anchor, DiffIndex } from "./diff-index.js";
import { fingerprint } from "./fingerprint.js";

/** Head lines (1-based, inclusive) of one hunk, and what stands there instead. */
export interface Suggestion {
  readonly startLine: number;
  readonly endLine: number;
  /** Without the line break at its end. */
  readonly text: string;
}

/** Trying costs one more analysis of a file each. */
const MOST_TRIED = 10;
const LONGEST = 20;

interface Analysed {
  readonly findings: readonly Finding[];
  readonly omissions: readonly unknown[];
}

interface Trial {
  readonly head: SourceTree;
  readonly diff: DiffIndex;
  analyse(tree: SourceTree, paths: readonly string[]): Analysed;
}

/** Says what may be suggested with a comment about `finding` at `anchor`, for the first few that could be. */
export function suggester({
  head,
  diff,
  analyse,
}: Trial): (finding: Finding, anchor: Anchor) => Suggestion | undefined {
  let tried = 0;
  return (finding, anchor) => {
    const { fix } = finding;
    // What stands in the file of a notebook is not its code, but JSON.
    const file = fix && !isNotebook(fix.path) ? head.read(fix.path) : undefined;
    if (file?.kind !== "text" || file.text.includes("\r")) return undefined;
    const suggestion = suggestionOf(file.text, fix!, anchor, diff);
    if (!suggestion || tried++ >= MOST_TRIED) return undefined;
    const mended = withText(head, fix!.path, edited(file.text, fix!));
    return helps(finding, analyse(head, [fix!.path]), analyse(mended, [fix!.path])) ? suggestion : undefined;
  };
}

/** The lines of the comment and of the replacement, when they meet and all lie in one hunk. */
function suggestionOf(text: string, fix: Edit, anchor: Anchor, diff: DiffIndex): Suggestion | undefined {
  const lines = diff.fileAt(fix.path, "head")?.lines.head;
  if (!lines || anchor.side !== "RIGHT" || anchor.path !== fix.path) return undefined;
  const starts = lineStarts(text);
  const first = pointAt(starts, fix.start).line;
  const last = pointAt(starts, fix.end).line;
  if (last < anchor.startLine || first > anchor.endLine) return undefined;
  const startLine = Math.min(first, anchor.startLine);
  const endLine = Math.max(last, anchor.endLine);
  if (endLine - startLine >= LONGEST) return undefined;
  const hunk = lines.hunkOf.get(startLine);
  for (let line = startLine; line <= endLine; line++) {
    if (hunk === undefined || lines.hunkOf.get(line) !== hunk) return undefined;
  }
  const from = starts[startLine - 1]!;
  const to = starts[endLine] ?? text.length;
  const replaced = text.slice(from, fix.start) + fix.replacement + text.slice(fix.end, to);
  return { startLine, endLine, text: replaced.replace(/\n$/, "") };
}

function edited(text: string, { start, end, replacement }: Edit): string {
  return text.slice(0, start) + replacement + text.slice(end);
}

/** The tree with another text of one file. */
function withText(tree: SourceTree, path: string, text: string): SourceTree {
  const blob = sha256(text);
  return {
    paths: tree.paths,
    blobOf: (other) => (other === path ? blob : tree.blobOf(other)),
    read: (other) => (other === path ? { kind: "text", path, blob, text } : tree.read(other)),
  };
}

/** Is this finding once less there, no other once more, and everything still read? */
function helps(finding: Finding, before: Analysed, after: Analysed): boolean {
  if (after.omissions.length > before.omissions.length) return false;
  const old = countsOf(before.findings);
  const now = countsOf(after.findings);
  const own = fingerprint(finding);
  if ((now.get(own) ?? 0) >= (old.get(own) ?? 0)) return false;
  return [...now].every(([key, count]) => count <= (old.get(key) ?? 0));
}

function countsOf(findings: readonly Finding[]): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const each of findings) {
    const key = fingerprint(each);
    counts.set(key, (counts.get(key) ?? 0) + 1);
  }
  return counts;
}
