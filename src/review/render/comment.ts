// One finding to the body of its comment: title, one sentence, one action, the evidence collapsed.

import { code } from "../../base/markdown.js";
import { findingId } from "../dismissal.js";
import type { Ignore } from "../ignores/ignore.js";
import { commentMarker } from "../marker.js";
import type { ReportedFinding, ReportedStep } from "../review.js";
import type { PullRef } from "../snapshot.js";
import type { Suggestion } from "../suggestion.js";
import { placeLink } from "./link.js";
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
    ...(finding.evidence.length > 1 ? [evidence(finding.evidence, pull)] : []),
    `<sub>Rule \`${finding.rule}\`, ${finding.cwe}. Not a defect? \`/hognose dismiss ${findingId(finding)} REASON\`</sub>`,
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

/** Blank lines around the list, or GitHub would show it as plain text. */
function evidence(steps: readonly ReportedStep[], pull: PullRef): string {
  const list = steps.map(
    (step, index) => `${index + 1}. ${roleName(step)} ${placeLink(step, pull)}: ${safeLine(step.note)}`,
  );
  return ["<details><summary>Evidence</summary>", "", ...list, "", "</details>"].join("\n");
}

function roleName(step: ReportedStep): string {
  const name = step.role[0]!.toUpperCase() + step.role.slice(1);
  return step.side === "LEFT" ? `${name} (before this change)` : name;
}
