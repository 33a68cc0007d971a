// The result of the core: everything that a review says, decided, as plain data that can cross threads.
import type { StepRole } from "../analysis/step.js";
import type { Omission } from "../base/omission.js";
import type { Confidence, Family, LockWait, Severity } from "../rules/finding.js";
import type { DismissedFinding } from "./dismissal.js";

export type Side = "LEFT" | "RIGHT";
/** `inline`: a comment on lines of the diff; `file`: a comment on the file; `summary`: in the check run only. */
export type Placement = "inline" | "file" | "summary";
export type Conclusion = "success" | "neutral" | "failure";

export interface ReportedStep {
  readonly role: StepRole;
  readonly path: string;
  /** 1-based, inclusive. */
  readonly line: number;
  readonly endLine: number;
  readonly side: Side;
  readonly note: string;
}

/** A finding as it is said: the shape of the JSON output. Lines are 1-based and inclusive. */
export interface ReportedFinding {
  readonly rule: string;
  readonly family: Family;
  /** For instance "CWE-89". */
  readonly cwe: string;
  readonly severity: Severity;
  readonly confidence: Confidence;
  readonly path: string;
  readonly startLine: number;
  readonly endLine: number;
  readonly side: Side;
  readonly placement: Placement;
  readonly message: string;
  readonly help: string;
  /** 16 hex digits, equal for the same finding after a rebase or a move. */
  readonly fingerprint: string;
  /** The function or class around the defect ("Orders.delete"), or "" at module level. */
  readonly where: string;
  readonly evidence: readonly ReportedStep[];
  /** Of a deadlock: who waits for whom, all the way round. */
  readonly cycle?: readonly LockWait[];
  /** What might have protected here, and why it does not count: phrases, in Markdown. */
  readonly considered?: readonly string[];
}

/** A finding that a comment in the code asked to ignore. It is listed in the summary and does not count. */
export interface IgnoredFinding extends ReportedFinding {
  readonly by: {
    readonly path: string;
    /** 1-based, in the head. */
    readonly line: number;
    /** The comment as it is written, from its "#" on. */
    readonly text: string;
    /** "" in the words of other tools. */
    readonly reason: string;
  };
}

/** A comment on the diff, ready to be posted. Without `line` it is a comment on the file. */
export interface ReviewComment {
  readonly fingerprint: string;
  readonly path: string;
  /** 1-based last line; on `side`. */
  readonly line?: number;
  /** Only when the comment spans several lines, and then smaller than `line`. */
  readonly startLine?: number;
  readonly side?: Side;
  readonly body: string;
}

/** A check-run annotation on head lines (1-based, inclusive). */
export interface Annotation {
  readonly path: string;
  readonly startLine: number;
  readonly endLine: number;
  readonly level: "failure" | "warning" | "notice";
  readonly title: string;
  readonly message: string;
}

export interface Review {
  readonly baseSha: string;
  readonly headSha: string;
  readonly conclusion: Conclusion;
  /** Most severe first. */
  readonly findings: readonly ReportedFinding[];
  /** What is there, too, and was set aside by people. */
  readonly dismissed: readonly DismissedFinding[];
  readonly comments: readonly ReviewComment[];
  readonly annotations: readonly Annotation[];
  /** One line, the verdict; plain text. */
  readonly title: string;
  /** Markdown, grouped by family, ending with what to do. */
  readonly summary: string;
  readonly notReviewed: readonly Omission[];
  readonly ignored: readonly IgnoredFinding[];
}
