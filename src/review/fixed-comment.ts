// The body of a comment whose defect is gone: it says so first and keeps what it said, collapsed.
import { commentMarker, withoutMarker } from "./marker.js";
import type { CommentEdit, EarlierComment } from "./reconcile.js";
import type { ReviewComment } from "./review.js";

const BEFORE = "<details><summary>What it said</summary>\n\n";
const AFTER = "\n\n</details>";

/** The edit that says in which commit the defect went away. */
export function markFixed(comment: EarlierComment, headSha: string): CommentEdit {
  const body = [
    commentMarker(comment.fingerprint, true),
    `**Fixed in ${headSha.slice(0, 7)}.**`,
    "",
    `${BEFORE}${withoutMarker(comment.body).trim()}${AFTER}`,
  ].join("\n");
  return { commentId: comment.id, body };
}

/**
 * The edit that takes the fixed note back. `renewed` is what this review says of the finding; when it says nothing on
 * the diff (the finding is in the summary) the comment gets its earlier text.
 */
export function reopened(
  comment: EarlierComment,
  renewed: ReviewComment | undefined,
  headSha: string,
): CommentEdit {
  const text = renewed === undefined ? earlierText(comment.body) : withoutMarker(renewed.body);
  const body = [commentMarker(comment.fingerprint), `**Back in ${headSha.slice(0, 7)}.**`, "", text].join(
    "\n",
  );
  return { commentId: comment.id, body };
}

function earlierText(fixedBody: string): string {
  const start = fixedBody.indexOf(BEFORE);
  const end = fixedBody.lastIndexOf(AFTER);
  if (start < 0 || end < start) return withoutMarker(fixedBody);
  return fixedBody.slice(start + BEFORE.length, end);
}
