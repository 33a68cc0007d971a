// A new body for a comment of ours. Repeating it changes nothing, so that the client may retry.
import type { CommentEdit } from "../review/reconcile.js";
import { cutMarkdown } from "../review/render/cut.js";
import type { Conversation } from "./conversation.js";
import { isGone } from "./failure.js";
import { MAX_BODY_BYTES } from "./limits.js";

/** A comment that somebody has deleted stays deleted. */
export async function editComment(
  at: Conversation,
  edit: Pick<CommentEdit, "commentId" | "body">,
): Promise<void> {
  try {
    await at.octokit.rest.pulls.updateReviewComment({
      ...at.name,
      comment_id: edit.commentId,
      body: cutMarkdown(edit.body, MAX_BODY_BYTES),
    });
  } catch (error) {
    if (!isGone(error)) throw error;
    at.log.info({ comment: edit.commentId }, "a comment to be edited is gone");
  }
}
