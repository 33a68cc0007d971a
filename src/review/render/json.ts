// A review as JSON for other programs: stable, described by docs/output-schema.json.
import type { ReportedFinding, Review } from "../review.js";

/** Raised when a field changes its meaning or goes away; new fields do not raise it. */
const VERSION = 1;

/** The JSON text of a review, indented by two spaces, ending with a newline. Lines are 1-based and inclusive. */
export function renderJson(review: Review): string {
  const output = {
    version: VERSION,
    base: review.baseSha,
    head: review.headSha,
    conclusion: review.conclusion,
    findings: review.findings.map(jsonFinding),
    ignored: review.ignored.map((finding) => ({ finding: jsonFinding(finding), by: finding.by })),
    notReviewed: review.notReviewed.map(({ path, reason }) => ({ path, reason })),
  };
  return `${JSON.stringify(output, null, 2)}\n`;
}

/** Named field by field, so that a field of the review never becomes part of the format by accident. */
function jsonFinding(finding: ReportedFinding) {
  return {
    rule: finding.rule,
    family: finding.family,
    cwe: finding.cwe,
    severity: finding.severity,
    confidence: finding.confidence,
    path: finding.path,
    startLine: finding.startLine,
    endLine: finding.endLine,
    side: finding.side,
    placement: finding.placement,
    message: finding.message,
    help: finding.help,
    fingerprint: finding.fingerprint,
    evidence: finding.evidence.map(({ role, path, line, side, note }) => ({ role, path, line, side, note })),
  };
}
