// A new review against our own comments of earlier ones: what is posted, what is edited, what stays.
import { markDismissed, markFixed, markIgnored, reopened } from "./comment-edits.js";
import type { CommentState } from "./marker.js";
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
  /** What its marker says. */
  readonly state: CommentState;
}

export interface CommentEdit {
  readonly commentId: number;
  /** What the comment says from now on. Its thread is to be open when this is "open", and else resolved. */
  readonly state: CommentState;
  /** The whole new body. */
  readonly body: string;
}

/** What is to be done to the conversation. Every earlier comment is in exactly one of the last two. */
export interface ReconcilePlan {
  /** New comments. */
  readonly post: readonly ReviewComment[];
  /** The defect is gone, or set aside (the comment says so and keeps its text, collapsed), or back. */
  readonly edits: readonly CommentEdit[];
  /** Nothing to do: says what is so, or the file was not looked at this time. */
  readonly keep: readonly number[];
}

/**
 * Compares by multisets of fingerprints, so that of two equal defects one may be fixed and the other stay. A finding
 * that is only in the summary this time still counts as there. Comments on a file that was not reviewed stay as they are.
 */
export function reconcile(review: Review, earlier: readonly EarlierComment[]): ReconcilePlan {
  const present = countBy(review.findings.map((finding) => finding.fingerprint));
  const aside = countBy(
    [...review.dismissed.map(({ finding }) => finding), ...review.ignored].map(
      ({ fingerprint }) => fingerprint,
    ),
  );
  const blind = new Set(review.notReviewed.map((omission) => omission.path));
  const isBlind = (comment: EarlierComment) => blind.has(comment.path) || blind.has("");
  const post = [...review.comments];
  const edits: CommentEdit[] = [];
  const keep: number[] = [];
  // Open comments first: when one of two equal findings is left, the open comment is the one that stays.
  for (const comment of [...earlier].sort((a, b) => ORDER[a.state] - ORDER[b.state])) {
    const { fingerprint } = comment;
    let edit: CommentEdit | undefined;
    if (take(present, fingerprint)) {
      const renewed = takeComment(post, fingerprint);
      if (comment.state !== "open") edit = reopened(comment, renewed, review.headSha);
    } else if (take(aside, fingerprint)) {
      edit = asideEdit(comment, review);
    } else if (comment.state !== "fixed" && !isBlind(comment)) {
      edit = markFixed(comment, review.headSha);
    }
    if (edit === undefined) keep.push(comment.id);
    else edits.push(edit);
  }
  return { post, edits, keep };
}

const ORDER: Readonly<Record<CommentState, number>> = { open: 0, dismissed: 1, fixed: 2 };

/** Undefined when the comment says already why its finding does not count. */
function asideEdit(comment: EarlierComment, { dismissed, ignored }: Review): CommentEdit | undefined {
  const { fingerprint } = comment;
  const dismissal = dismissed.find((each) => each.dismissal.fingerprint === fingerprint)?.dismissal;
  const edit = dismissal
    ? markDismissed(comment, dismissal)
    : markIgnored(comment, ignored.find((each) => each.fingerprint === fingerprint)!);
  return edit.body === comment.body ? undefined : edit;
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
