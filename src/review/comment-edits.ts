// The body of a comment whose defect is gone or set aside: it says so first and keeps what it said, collapsed.
import { code } from "../base/markdown.js";
import { type Dismissal, findingId } from "./dismissal.js";
import { commentMarker, withoutMarker } from "./marker.js";
import type { CommentEdit, EarlierComment } from "./reconcile.js";
import { day } from "./render/dismissed.js";
import { safeLine } from "./render/safe.js";
import type { IgnoredFinding, ReviewComment } from "./review.js";

const BEFORE = "<details><summary>What it said</summary>\n\n";
const AFTER = "\n\n</details>";

/** The edit that says in which commit the defect went away. */
export function markFixed(comment: EarlierComment, headSha: string): CommentEdit {
  return collapsed(comment, "fixed", `**Fixed in ${headSha.slice(0, 7)}.**`);
}

/** The edit that says who has set the finding aside, why, and how to take that back. */
export function markDismissed(comment: EarlierComment, dismissal: Dismissal): CommentEdit {
  const { by, reason, until } = dismissal;
  const end = until === undefined ? "" : ` until ${day(until)}`;
  const restore = code(`/hognose restore ${findingId(comment)}`);
  const news = `**Dismissed by ${code(by)}${end}:** ${safeLine(reason)}\n\nTo raise it again: ${restore}`;
  return collapsed(comment, "dismissed", news);
}

/** The edit that says that a comment in the code ignores the finding now. */
export function markIgnored(comment: EarlierComment, { by }: IgnoredFinding): CommentEdit {
  const why = by.reason === "" ? code(by.text) : safeLine(by.reason);
  return collapsed(comment, "dismissed", `**Ignored by a comment in the code:** ${why}`);
}

/**
 * The edit that takes such a note back. `renewed` is what this review says of the finding; when it says nothing on the
 * diff (the finding is in the summary) the comment gets its earlier text.
 */
export function reopened(
  comment: EarlierComment,
  renewed: ReviewComment | undefined,
  headSha: string,
): CommentEdit {
  const text = renewed === undefined ? earlierText(comment.body) : withoutMarker(renewed.body);
  const news = comment.state === "fixed" ? [`**Back in ${headSha.slice(0, 7)}.**`, ""] : [];
  const body = [commentMarker(comment.fingerprint), ...news, text].join("\n");
  return { commentId: comment.id, state: "open", body };
}

function collapsed(comment: EarlierComment, state: "fixed" | "dismissed", news: string): CommentEdit {
  const { id, fingerprint, body } = comment;
  const text = `${BEFORE}${earlierText(body).trim()}${AFTER}`;
  return { commentId: id, state, body: [commentMarker(fingerprint, state), news, "", text].join("\n") };
}

/** What the comment said before it was collapsed. */
function earlierText(body: string): string {
  const start = body.indexOf(BEFORE);
  const end = body.lastIndexOf(AFTER);
  if (start < 0 || end < start) return withoutMarker(body);
  return body.slice(start + BEFORE.length, end);
}
