// One finding to the body of its comment: title, one sentence, one action, the evidence collapsed.

import { code } from "../../base/markdown.js";
import { findingId } from "../dismissal.js";
import type { Ignore } from "../ignores/ignore.js";
import { commentMarker } from "../marker.js";
import type { ReportedFinding, ReportedStep } from "../review.js";
import type { PullRef } from "../snapshot.js";
import type { Suggestion } from "../suggestion.js";
import { placeLink, ruleLink } from "./link.js";
import { picture } from "./picture.js";
import { safeLine } from "./safe.js";

interface CommentText {
  readonly finding: ReportedFinding;
  /** The rule's title. */
  readonly title: string;
  /** Why it is said here, a phrase; only when the place is not the defect itself. */
  readonly because: string | undefined;
  /** What GitHub offers to commit in place of the comment's lines. */
  readonly suggestion: Suggestion | undefined;
  /** A comment in the code that asks to ignore the finding and does not count. */
  readonly overruled: Ignore | undefined;
}

/** The Markdown of a comment, its marker first. */
export function commentBody(text: CommentText, pull: PullRef): string {
  return `${commentMarker(text.finding.fingerprint)}\n${commentText(text, pull)}`;
}

/** The same without the marker. */
function commentText({ finding, title, because, suggestion, overruled }: CommentText, pull: PullRef): string {
  const blocks = [
    `**${safeLine(title)}** (${finding.severity} severity)`,
    safeLine(finding.message),
    ...(because === undefined
      ? []
      : [`Said here because ${because}; the defect is at ${defectLink(finding, pull)}.`]),
    ...(overruled ? [`${code(overruled.text)} does not count: this pull request adds it.`] : []),
    `**To do:** ${safeLine(finding.help)}`,
    ...(suggestion ? [suggestionBlock(suggestion.text)] : []),
    ...(finding.evidence.length > 1 ? [evidence(finding, pull)] : []),
    `<sub>Rule ${ruleLink(finding.rule)}, ${finding.cwe}. Not a defect? \`/hognose dismiss ${findingId(finding)} REASON\`</sub>`,
  ];
  return blocks.join("\n\n");
}

/** The fence is longer than any run of backticks in the code. */
function suggestionBlock(text: string): string {
  const runs = (text.match(/`+/g) ?? []).map((run) => run.length);
  const fence = "`".repeat(Math.max(3, ...runs.map((length) => length + 1)));
  return `${fence}suggestion\n${text}\n${fence}`;
}

function defectLink(finding: ReportedFinding, pull: PullRef): string {
  return placeLink(finding.evidence.at(-1)!, pull);
}

/** Blank lines around the blocks, or GitHub would show them as plain text. */
function evidence(finding: ReportedFinding, pull: PullRef): string {
  const list = finding.evidence.map(
    (step, index) => `${index + 1}. ${roleName(step)} ${placeLink(step, pull)}: ${safeLine(step.note)}`,
  );
  const drawn = picture(finding);
  const diagram = drawn === undefined ? [] : [`\`\`\`mermaid\n${drawn}\n\`\`\``, ""];
  const title = `Evidence in ${list.length} steps`;
  return [`<details><summary>${title}</summary>`, "", ...list, "", ...diagram, "</details>"].join("\n");
}

function roleName(step: ReportedStep): string {
  const name = step.role[0]!.toUpperCase() + step.role.slice(1);
  return step.side === "LEFT" ? `${name} (before this change)` : name;
}
