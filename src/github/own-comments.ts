// Our own earlier comments on a pull request. The marker says which finding; only the author makes it ours.
import { readMarker } from "../review/marker.js";
import type { EarlierComment } from "../review/reconcile.js";
import type { Conversation } from "./conversation.js";
import { isGone } from "./failure.js";
import { PAGE_SIZE } from "./limits.js";

export async function listOwnComments(at: Conversation): Promise<readonly EarlierComment[]> {
  const comments = await at.octokit.paginate(at.octokit.rest.pulls.listReviewComments, {
    ...at.name,
    pull_number: at.pull,
    per_page: PAGE_SIZE,
  });
  return comments.flatMap((comment) => {
    const marker = comment.user?.login === at.botLogin ? readMarker(comment.body) : undefined;
    return marker === undefined
      ? []
      : [{ ...placeOf(comment), id: comment.id, body: comment.body, ...marker }];
  });
}

function placeOf({ path, line }: { readonly path: string; readonly line?: number | null }) {
  return { path, ...(line ? { line } : {}) };
}

/**
 * The fingerprint of the finding that a review comment of ours is about; undefined for any other comment, and for one
 * that is gone.
 * @throws RequestError
 */
export async function ownFinding(at: Conversation, comment: number): Promise<string | undefined> {
  try {
    const { data } = await at.octokit.rest.pulls.getReviewComment({ ...at.name, comment_id: comment });
    return data.user?.login === at.botLogin ? readMarker(data.body)?.fingerprint : undefined;
  } catch (error) {
    if (!isGone(error)) throw error;
    return undefined;
  }
}
