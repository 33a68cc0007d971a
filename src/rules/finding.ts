// What a rule says: a defect, in which family, proved by which steps. Free of GitHub and of diffs.
import type { Step } from "../analysis/step.js";
import type { Span } from "../base/span.js";

/** The seven families, in the order in which every report lists them. */
export const FAMILIES = [
  "input-validation",
  "information-leakage",
  "sql-injection",
  "exception-handling",
  "access-control",
  "resource-management",
  "deadlock",
] as const;
export type Family = (typeof FAMILIES)[number];

/** The heading of a family in a report. */
export const FAMILY_TITLES: Readonly<Record<Family, string>> = {
  "input-validation": "Missing input validation",
  "information-leakage": "Information leakage",
  "sql-injection": "SQL injection",
  "exception-handling": "Exception handling and logging",
  "access-control": "Authorization and access control",
  "resource-management": "Resource management",
  deadlock: "Potential deadlocks",
};

export type Severity = "high" | "medium" | "low";
export type Confidence = "high" | "medium" | "low";

/** A mechanical replacement of one stretch of one head file (UTF-16 offsets). */
export interface Edit {
  readonly path: string;
  readonly start: number;
  readonly end: number;
  readonly replacement: string;
}

/** Somebody who holds one lock and waits for another; both as the code writes them. */
export interface LockWait {
  readonly holds: string;
  readonly waitsFor: string;
  /** The function that does; "" for the module itself. */
  readonly where: string;
}

export interface Finding {
  readonly ruleId: string;
  /** What is wrong, at most 15 words, present tense, naming the user's code; Markdown. */
  readonly message: string;
  /** One action, imperative; Markdown. */
  readonly help: string;
  readonly severity: Severity;
  readonly confidence: Confidence;
  /** The function or class around the defect ("Orders.delete"); absent at module level. */
  readonly where?: string;
  readonly fix?: Edit;
  /** Where the program writes what a function elsewhere then runs: the same end reached from another text is another defect. */
  readonly written?: Span;
  /** The proof, in the order in which it happens; the last step is the defect itself. */
  readonly evidence: readonly [Step, ...Step[]];
  /** Of a deadlock: who waits for whom, all the way round. */
  readonly cycle?: readonly LockWait[];
  /** What might have protected here, and why it does not count: phrases, in Markdown. For whoever asks; no comment says it. */
  readonly considered?: readonly string[];
  /** What makes this the same finding elsewhere or later; free of positions. */
  readonly identity: readonly string[];
}
