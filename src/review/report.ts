// A placed finding as it is said: the last step before wording, with everything that an output needs.
import type { Step } from "../analysis/step.js";
import type { Finding } from "../rules/finding.js";
import type { Rule } from "../rules/rule.js";
import { spanLines } from "./diff-index.js";
import { fingerprint } from "./fingerprint.js";
import type { Placed } from "./place.js";
import type { ReportedFinding, ReportedStep } from "./review.js";

export function reported(finding: Finding, rule: Rule, placed: Placed): ReportedFinding {
  return {
    rule: rule.id,
    family: rule.family,
    cwe: rule.cwe,
    severity: finding.severity,
    confidence: finding.confidence,
    path: placed.path,
    startLine: placed.startLine,
    endLine: placed.endLine,
    side: placed.side,
    placement: placed.placement,
    message: finding.message,
    help: finding.help,
    fingerprint: fingerprint(finding),
    where: finding.where ?? "",
    evidence: finding.evidence.map(reportedStep),
    ...(finding.cycle ? { cycle: finding.cycle } : {}),
    ...(finding.considered?.length ? { considered: finding.considered } : {}),
  };
}

function reportedStep(step: Step): ReportedStep {
  const { start, end } = spanLines(step);
  return {
    role: step.role,
    path: step.span.path,
    line: start,
    endLine: end,
    side: step.side === "base" ? "LEFT" : "RIGHT",
    note: step.note,
  };
}
