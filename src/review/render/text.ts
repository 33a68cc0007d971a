// A review for a terminal: one block for each finding, the verdict last, where the eye is.
import type { ReportedFinding, Review } from "../review.js";
import { placeText } from "./link.js";
import { plainLine } from "./safe.js";

/** How parts are coloured; the shell decides, because only it knows whether there is a terminal. */
export interface TextStyle {
  bold(text: string): string;
  dim(text: string): string;
  red(text: string): string;
  yellow(text: string): string;
  green(text: string): string;
}

const same = (text: string) => text;
export const PLAIN: TextStyle = { bold: same, dim: same, red: same, yellow: same, green: same };

/** Plain text, ending with a newline. */
export function renderText(review: Review, style: TextStyle = PLAIN): string {
  const blocks = [
    ...review.findings.map((finding) => findingText(finding, style)),
    ...(review.ignored.length > 0 ? [ignoredText(review, style)] : []),
    ...(review.notReviewed.length > 0 ? [notReviewedText(review, style)] : []),
    verdictText(review, style),
  ];
  return `${blocks.join("\n\n")}\n`;
}

function findingText(finding: ReportedFinding, style: TextStyle): string {
  const place = placeText({ ...finding, path: plainLine(finding.path), line: finding.startLine });
  const side = finding.side === "LEFT" ? " (deleted line)" : "";
  const doubt = finding.confidence === "low" ? ", low confidence" : "";
  const colour = finding.severity === "low" ? same : finding.severity === "high" ? style.red : style.yellow;
  const steps = finding.evidence.map((step) => {
    const before = step.side === "LEFT" ? " (before this change)" : "";
    const at = placeText({ ...step, path: plainLine(step.path) });
    return style.dim(`    ${step.role.padEnd(8)}${at}${before}  ${plainLine(step.note)}`);
  });
  return [
    `${style.bold(place)}${side}  ${colour(finding.severity + doubt)}  ${finding.rule} ${finding.cwe}`,
    `  ${plainLine(finding.message)}`,
    ...steps,
    `  -> ${plainLine(finding.help)}`,
  ].join("\n");
}

function ignoredText(review: Review, style: TextStyle): string {
  const list = review.ignored.map(({ rule, by }) => {
    const place = placeText({ path: plainLine(by.path), line: by.line, endLine: by.line, side: "RIGHT" });
    return style.dim(`  ${place} ${rule}: ${by.reason || by.text}`);
  });
  return ["Ignored by comments in the code:", ...list].join("\n");
}

function notReviewedText(review: Review, style: TextStyle): string {
  const list = review.notReviewed.map(
    ({ path, reason }) => `  ${[path, reason].filter(Boolean).map(plainLine).join(" ")}`,
  );
  return [style.yellow("Not reviewed:"), ...list].join("\n");
}

function verdictText(review: Review, style: TextStyle): string {
  switch (review.conclusion) {
    case "failure":
      return style.red(review.title);
    case "neutral":
      return style.yellow(review.title);
    case "success":
      return style.green(review.title);
  }
}
