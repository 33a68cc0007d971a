// What people have set aside, for the summary: where, what, who, why, and until when.
import { code } from "../../base/markdown.js";
import { type DismissedFinding, findingId } from "../dismissal.js";
import type { PullRef } from "../snapshot.js";
import { placeLink } from "./link.js";
import { safeLine } from "./safe.js";

/** Markdown; "" when there is nothing. */
export function dismissedList(dismissed: readonly DismissedFinding[], pull: PullRef): string {
  if (dismissed.length === 0) return "";
  return ["### Dismissed", "", ...dismissed.map((each) => line(each, pull))].join("\n");
}

function line({ finding, dismissal }: DismissedFinding, pull: PullRef): string {
  const place = placeLink({ ...finding, line: finding.startLine }, pull);
  const { by, reason, until } = dismissal;
  const end = until === undefined ? "" : `, until ${day(until)}`;
  return `- ${place} ${safeLine(finding.message)} Dismissed by ${code(by)}${end}: ${safeLine(reason)} (${code(findingId(finding))})`;
}

/** "2026-11-24", in UTC. @param time milliseconds since 1970 */
export function day(time: number): string {
  return new Date(time).toISOString().slice(0, 10);
}
