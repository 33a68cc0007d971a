// Evidence to a place on the diff: where the author is told, and why there when it is not the defect itself.
import type { Step, StepRole } from "../analysis/step.js";
import { assertNever } from "../base/assert.js";
import type { Finding } from "../rules/finding.js";
import { type Anchor, anchorOf, type DiffIndex, pathOnGitHub, spanLines } from "./diff-index.js";
import type { Placement } from "./review.js";

export interface Placed extends Anchor {
  readonly placement: Placement;
  /** Why it is said here, a phrase; only when the place is not the defect itself. */
  readonly because?: string;
}

/** The step that is the defect itself. */
function defectOf(finding: Finding): Step {
  return finding.evidence.at(-1)!;
}

/**
 * The place of a finding. In this order: a step on a line that the change adds (the defect first; a defect in the base
 * counts when its line is deleted), the defect where GitHub accepts a comment, another step there, a deleted line, the
 * file, the summary. Low confidence is said in the summary only.
 */
export function place(finding: Finding, diff: DiffIndex): Placed {
  const defect = defectOf(finding);
  if (finding.confidence === "low") return { ...onDefect(defect), placement: "summary" };
  return inline(finding, diff) ?? onFile(finding, diff) ?? { ...onDefect(defect), placement: "summary" };
}

/** How well a finding explains that it is new: 2 when its defect is on a changed line, 1 when another step is. */
export function changeRank(finding: Finding, diff: DiffIndex): number {
  if (anchorOf(defectOf(finding), diff, "changed")) return 2;
  return finding.evidence.some((step) => anchorOf(step, diff, "changed")) ? 1 : 0;
}

function inline(finding: Finding, diff: DiffIndex): Placed | undefined {
  const defect = defectOf(finding);
  const others = finding.evidence.slice(0, -1).reverse();
  const atHead = others.filter((step) => step.side === "head");
  const atBase = others.filter((step) => step.side === "base");
  const onChanged = anchorOf(defect, diff, "changed");
  if (onChanged) return said(onChanged);
  return (
    firstAnchor(atHead, diff, "changed", (step) => `this changed line is ${roleInWords(step.role)}`) ??
    said(anchorOf(defect, diff, "commentable")) ??
    firstAnchor(atHead, diff, "commentable", (step) => `this line is ${roleInWords(step.role)}`) ??
    firstAnchor(atBase, diff, "changed", (step) => `the line deleted here was ${roleInWords(step.role)}`) ??
    said(deletedBetween(finding, diff), "the line deleted here stood between the steps")
  );
}

function firstAnchor(
  steps: readonly Step[],
  diff: DiffIndex,
  meeting: "changed" | "commentable",
  because: (step: Step) => string,
): Placed | undefined {
  for (const step of steps) {
    const anchor = anchorOf(step, diff, meeting);
    if (anchor) return said(anchor, because(step));
  }
  return undefined;
}

function said(anchor: Anchor | undefined, because?: string): Placed | undefined {
  if (!anchor) return undefined;
  return { ...anchor, placement: "inline", ...(because === undefined ? {} : { because }) };
}

/** The last deleted line that stood between the head steps of the file of the defect. */
function deletedBetween(finding: Finding, diff: DiffIndex): Anchor | undefined {
  const defect = defectOf(finding);
  const at = defect.side === "head" ? diff.fileAt(defect.span.path, "head") : undefined;
  if (!at) return undefined;
  const there = finding.evidence.filter(
    (step) => step.side === "head" && step.span.path === defect.span.path,
  );
  const first = Math.min(...there.map((step) => spanLines(step).start));
  const last = Math.max(...there.map((step) => spanLines(step).end));
  const between = [...at.lines.deletedAfter].filter(([, after]) => after >= first && after < last);
  const line = between.at(-1)?.[0];
  if (line === undefined) return undefined;
  return { path: pathOnGitHub(at.file), startLine: line, endLine: line, side: "LEFT" };
}

/** On the file of the defect when the change touches it, else on that of the nearest step that it touches. */
function onFile(finding: Finding, diff: DiffIndex): Placed | undefined {
  for (const step of [...finding.evidence].reverse()) {
    const at = diff.fileAt(step.span.path, step.side);
    if (!at) continue;
    const where = { ...onDefect(step), path: pathOnGitHub(at.file) };
    return { ...where, placement: "file", because: "none of its lines is in the diff" };
  }
  return undefined;
}

function onDefect(defect: Step): Anchor {
  const { start, end } = spanLines(defect);
  const side = defect.side === "base" ? "LEFT" : "RIGHT";
  return { path: defect.span.path, startLine: start, endLine: end, side };
}

function roleInWords(role: StepRole): string {
  switch (role) {
    case "source":
      return "where the data comes from";
    case "flow":
      return "on the way of the data";
    case "call":
      return "the call that leads there";
    case "sink":
      return "where it takes effect";
    case "acquire":
      return "where it is acquired";
    case "release":
      return "where it is released";
    case "guard":
      return "the check";
    case "missing":
      return "where the check is missing";
    default:
      return assertNever(role);
  }
}
