// A new review against our own comments of earlier ones: what is posted, what is marked as fixed, what stays.
import { markFixed, reopened } from "./fixed-comment.js";
import type { Review, ReviewComment } from "./review.js";

/** A comment that our bot user posted earlier on this pull request (others' comments must not be passed). */
export interface EarlierComment {
  /** GitHub's id of the review comment. */
  readonly id: number;
  /** From its marker. */
  readonly fingerprint: string;
  /** The file on which it stands; in the head revision, or the base when the file is deleted. */
  readonly path: string;
  readonly body: string;
  /** Whether its marker says that the defect was gone. */
  readonly fixed: boolean;
}

export interface CommentEdit {
  readonly commentId: number;
  /** The whole new body. */
  readonly body: string;
}

/** What is to be done to the conversation. Every earlier comment is in exactly one of the last three. */
export interface ReconcilePlan {
  /** New comments. */
  readonly post: readonly ReviewComment[];
  /** The defect is gone: the comment says so and keeps its text, collapsed. */
  readonly markFixed: readonly CommentEdit[];
  /** The defect is back: the comment gets its text again. */
  readonly reopen: readonly CommentEdit[];
  /** Nothing to do: still there, or fixed and still fixed, or not looked at this time. */
  readonly keep: readonly number[];
}

/**
 * Compares by multisets of fingerprints, so that of two equal defects one may be fixed and the other stay. A finding
 * that is only in the summary this time still counts as there. Comments on a file that was not reviewed stay as they are.
 */
export function reconcile(review: Review, earlier: readonly EarlierComment[]): ReconcilePlan {
  const present = countBy(review.findings.map((finding) => finding.fingerprint));
  const blind = new Set(review.notReviewed.map((omission) => omission.path));
  const post = [...review.comments];
  const plan = { markFixed: [] as CommentEdit[], reopen: [] as CommentEdit[], keep: [] as number[] };
  // Open comments first: when one of two equal findings is left, the open comment is the one that stays.
  for (const comment of [...earlier].sort((a, b) => Number(a.fixed) - Number(b.fixed))) {
    const there = take(present, comment.fingerprint);
    const renewed = there ? takeComment(post, comment.fingerprint) : undefined;
    if (there && comment.fixed) plan.reopen.push(reopened(comment, renewed, review.headSha));
    else if (there || comment.fixed || blind.has(comment.path) || blind.has("")) plan.keep.push(comment.id);
    else plan.markFixed.push(markFixed(comment, review.headSha));
  }
  return { post, ...plan };
}

function countBy(keys: readonly string[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const key of keys) counts.set(key, (counts.get(key) ?? 0) + 1);
  return counts;
}

/** Takes one `key` out of the multiset; false when there is none left. */
function take(counts: Map<string, number>, key: string): boolean {
  const count = counts.get(key) ?? 0;
  counts.set(key, count - 1);
  return count > 0;
}

/** Takes the first comment with this fingerprint out of `comments`. */
function takeComment(comments: ReviewComment[], fingerprint: string): ReviewComment | undefined {
  const index = comments.findIndex((comment) => comment.fingerprint === fingerprint);
  return index < 0 ? undefined : comments.splice(index, 1)[0];
}
