// What a review decides: which findings become comments, and whether the merge may go on.
import type { Configuration } from "../config/configuration.js";
import { FAMILIES, type Severity } from "../rules/finding.js";
import type { Conclusion, ReportedFinding } from "./review.js";

export interface Policy {
  /** The lowest severity that fails the check; "none" never fails it. Low confidence never does. */
  readonly failOn: Severity | "none";
  /** How many findings become comments, inline or on a file, at most. */
  readonly maxComments: number;
}

export const DEFAULT_POLICY: Policy = { failOn: "high", maxComments: 25 };

/** The policy that a configuration asks for. */
export function policyOf({ failOn, maxComments }: Configuration): Policy {
  return { failOn: failOn ?? DEFAULT_POLICY.failOn, maxComments: maxComments ?? DEFAULT_POLICY.maxComments };
}

const LEVELS = ["high", "medium", "low"] as const;

/**
 * `incomplete`: some of the changed Python was not reviewed. Then the conclusion is never "success": green means that
 * everything was looked at.
 */
export function conclude(
  findings: readonly ReportedFinding[],
  incomplete: boolean,
  policy: Policy,
): Conclusion {
  if (findings.some((finding) => fails(finding, policy))) return "failure";
  return findings.length > 0 || incomplete ? "neutral" : "success";
}

/** Whether this finding alone fails the check. */
export function fails(finding: Pick<ReportedFinding, "severity" | "confidence">, policy: Policy): boolean {
  if (policy.failOn === "none" || finding.confidence === "low") return false;
  return LEVELS.indexOf(finding.severity) <= LEVELS.indexOf(policy.failOn);
}

/** Findings beyond the limit are said in the summary. `findings` are sorted, the most important first. */
export function limitComments(
  findings: readonly ReportedFinding[],
  policy: Policy,
): readonly ReportedFinding[] {
  let left = policy.maxComments;
  return findings.map((finding) => {
    if (finding.placement === "summary" || left-- > 0) return finding;
    return { ...finding, placement: "summary" as const };
  });
}

/** For sorting: most severe first, then the surest, then by family, path and line; never by chance. */
export function byImportance(a: ReportedFinding, b: ReportedFinding): number {
  return (
    LEVELS.indexOf(a.severity) - LEVELS.indexOf(b.severity) ||
    LEVELS.indexOf(a.confidence) - LEVELS.indexOf(b.confidence) ||
    FAMILIES.indexOf(a.family) - FAMILIES.indexOf(b.family) ||
    compareText(a.path, b.path) ||
    a.startLine - b.startLine ||
    compareText(a.rule, b.rule) ||
    compareText(a.fingerprint, b.fingerprint)
  );
}

function compareText(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}
