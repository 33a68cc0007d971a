// A new review against our own comments of earlier ones: what is posted, what is edited, what stays.
import { markDismissed, markFixed, markIgnored, reopened } from "./comment-edits.js";
import type { CommentState } from "./marker.js";
import type { ReportedFinding, Review, ReviewComment } from "./review.js";

/** A comment that our bot user posted earlier on this pull request (others' comments must not be passed). */
export interface EarlierComment {
  /** GitHub's id of the review comment. */
  readonly id: number;
  /** From its marker. */
  readonly fingerprint: string;
  /** The file on which it stands; in the head revision, or the base when the file is deleted. */
  readonly path: string;
  /** 1-based, where it stands in the diff now; undefined when it does not. */
  readonly line?: number;
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
 * Pairs comments and findings of equal fingerprints, each with one at most, so that of two equal defects one may be
 * fixed and the other stay: those in one place first, then those in one file. A finding that is only in the summary
 * this time still counts as there. Comments on a file that was not reviewed stay as they are.
 */
export function reconcile(review: Review, earlier: readonly EarlierComment[]): ReconcilePlan {
  // Open comments first: when one of two equal findings is left, the open comment is the one that stays.
  const sorted = [...earlier].sort((a, b) => ORDER[a.state] - ORDER[b.state]);
  const pairs = paired(sorted, presentIn(review));
  const blind = new Set(review.notReviewed.map((omission) => omission.path));
  const isBlind = (comment: EarlierComment) => blind.has(comment.path) || blind.has("");
  const post = [...review.comments];
  const edits: CommentEdit[] = [];
  const keep: number[] = [];
  for (const comment of sorted) {
    const present = pairs.get(comment);
    let edit: CommentEdit | undefined;
    if (present?.asideIn !== undefined) {
      edit = present.asideIn(comment);
    } else if (present !== undefined) {
      const renewed = takeComment(post, present.finding);
      if (comment.state !== "open") edit = reopened(comment, renewed, review.headSha);
    } else if (comment.state !== "fixed" && !isBlind(comment)) {
      edit = markFixed(comment, review.headSha);
    }
    // One may say already what it is to say.
    if (edit === undefined || edit.body === comment.body) keep.push(comment.id);
    else edits.push(edit);
  }
  return { post, edits, keep };
}

const ORDER: Readonly<Record<CommentState, number>> = { open: 0, dismissed: 1, fixed: 2 };

/** A finding of the head. */
interface Present {
  readonly finding: ReportedFinding;
  /** The edit that says why it does not count; missing when it does. */
  readonly asideIn?: (comment: EarlierComment) => CommentEdit;
}

function presentIn({ findings, dismissed, ignored }: Review): readonly Present[] {
  return [
    ...findings.map((finding) => ({ finding })),
    ...dismissed.map(({ finding, dismissal }) => ({
      finding,
      asideIn: (comment: EarlierComment) => markDismissed(comment, dismissal),
    })),
    ...ignored.map((finding) => ({
      finding,
      asideIn: (comment: EarlierComment) => markIgnored(comment, finding),
    })),
  ];
}

type Likeness = (comment: EarlierComment, finding: ReportedFinding) => boolean;

const sameFile: Likeness = (comment, finding) => comment.path === finding.path;
const LIKENESSES: readonly Likeness[] = [
  (comment, finding) => sameFile(comment, finding) && comment.line === finding.endLine,
  sameFile,
  // Another file: it was renamed, or the code moved.
  () => true,
];

function paired(
  comments: readonly EarlierComment[],
  present: readonly Present[],
): ReadonlyMap<EarlierComment, Present> {
  const pairs = new Map<EarlierComment, Present>();
  const left = new Set(present);
  for (const isLike of LIKENESSES) {
    for (const comment of comments) {
      if (pairs.has(comment)) continue;
      const fits = ({ finding }: Present) =>
        finding.fingerprint === comment.fingerprint && isLike(comment, finding);
      const found = [...left].find(fits);
      if (found === undefined) continue;
      pairs.set(comment, found);
      left.delete(found);
    }
  }
  return pairs;
}

/** Takes the comment about a finding out of `comments`; undefined when the finding is in the summary only. */
function takeComment(comments: ReviewComment[], finding: ReportedFinding): ReviewComment | undefined {
  const isAbout = ({ fingerprint, path, line = finding.endLine }: ReviewComment) =>
    fingerprint === finding.fingerprint && path === finding.path && line === finding.endLine;
  const index = comments.findIndex(isAbout);
  return index < 0 ? undefined : comments.splice(index, 1)[0];
}
