// How one conclusion was reached, for whoever doubts it: the rule's way of deciding, every step, and what was not seen.
import type { Rule } from "../../rules/rule.js";
import type { ReportedFinding, Review } from "../review.js";
import { placeText } from "./link.js";
import { plainLine } from "./safe.js";

/**
 * Plain text about the finding whose fingerprint begins with `fingerprint`, ending with a newline; undefined when the
 * review has none.
 */
export function renderExplanation(
  review: Pick<Review, "findings" | "notReviewed">,
  rules: readonly Rule[],
  fingerprint: string,
): string | undefined {
  const finding = review.findings.find((each) => each.fingerprint.startsWith(fingerprint));
  const rule = rules.find(({ id }) => id === finding?.rule);
  if (!finding || !rule) return undefined;
  const paragraphs = [
    `${finding.rule} ${finding.cwe}  ${plainLine(finding.message)}`,
    `In ${finding.where || "the module itself"}; ${finding.severity}, ${finding.confidence} confidence; ${PLACEMENT[finding.placement]}.`,
    ["Steps:", ...finding.evidence.map(stepText)].join("\n"),
    ...summaries(finding),
    ...considered(finding),
    `How the rule decides: ${plainLine(rule.docs.decides)}`,
    `It stays silent about: ${plainLine(rule.docs.silent)}`,
    ...(review.notReviewed.length > 0 ? [notSeen(review)] : []),
  ];
  return `${paragraphs.join("\n\n")}\n`;
}

const PLACEMENT: Readonly<Record<ReportedFinding["placement"], string>> = {
  inline: "said on lines of the diff",
  file: "said on the file, because none of its lines is in the diff",
  summary: "said in the summary only",
};

/** The calls into which the proof was followed, by what is known of their callees. */
function summaries({ evidence }: ReportedFinding): readonly string[] {
  const calls = evidence.filter(({ role }) => role === "call");
  if (calls.length === 0) return [];
  const list = calls.map(
    (step) => `  ${placeText({ ...step, path: plainLine(step.path) })}: ${plainLine(step.note)}`,
  );
  return [["Followed through calls:", ...list].join("\n")];
}

function considered({ considered: phrases = [] }: ReportedFinding): readonly string[] {
  if (phrases.length === 0) return [];
  return [["Guards that were considered:", ...phrases.map((phrase) => `  ${plainLine(phrase)}`)].join("\n")];
}

function stepText(step: ReportedFinding["evidence"][number], index: number): string {
  const before = step.side === "LEFT" ? " (before this change)" : "";
  const at = placeText({ ...step, path: plainLine(step.path) });
  return `  ${index + 1}. ${step.role} ${at}${before}: ${plainLine(step.note)}`;
}

function notSeen({ notReviewed }: Pick<Review, "notReviewed">): string {
  const list = notReviewed.map(
    ({ path, reason }) => `  ${[path, reason].filter(Boolean).map(plainLine).join(" ")}`,
  );
  return ["Not seen:", ...list].join("\n");
}
