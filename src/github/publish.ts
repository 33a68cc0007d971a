// Review -> GitHub: what is new is posted, what is fixed is said so, the check run concludes. Every step looks at what
// is there first, so that the whole can be repeated after a crash anywhere.
import { type CommentEdit, reconcile } from "../review/reconcile.js";
import { annotationOf } from "../review/render/annotation.js";
import type { Annotation, Review, ReviewComment } from "../review/review.js";
import { type CheckResult, type CheckRun, concludeCheckRun, NO_CHECK } from "./check-run.js";
import type { Conversation } from "./conversation.js";
import { editComment } from "./edit-comment.js";
import { refusalOf } from "./failure.js";
import { listOwnComments } from "./own-comments.js";
import { postComments } from "./post-comments.js";
import { readPullRequest } from "./pull-request.js";
import { openThreads } from "./threads.js";

type Published =
  /** The head has moved on: nothing was posted, and the check run is still open. */
  | { readonly kind: "outdated"; readonly headSha: string }
  | {
      readonly kind: "published";
      readonly posted: number;
      readonly edited: number;
      /** Comments that GitHub did not take: they are worth another try in the next review. */
      readonly rejected: readonly ReviewComment[];
    };

/** What there is to know beside the review. */
interface Standing {
  /** Fingerprints of findings that had a comment: one that has none now was deleted, and is not posted again. */
  readonly hadComment: ReadonlySet<string>;
  /** Of the check run; as the review has it, or worse. */
  readonly conclusion: CheckResult["conclusion"];
  /** Markdown that ends the summary: why the conclusion is worse. */
  readonly note: string;
}

/**
 * @param check the open check run of the review's head
 * @throws RequestError; what was done until then is found and not repeated by the next call
 */
export async function publish(
  at: Conversation,
  review: Review,
  check: CheckRun,
  { hadComment, conclusion, note }: Standing,
): Promise<Published> {
  const refusals = new Set<string>();
  const unlessRefused = async <Answer>(work: () => Promise<Answer>, otherwise: Answer): Promise<Answer> => {
    try {
      return await work();
    } catch (error) {
      const refusal = refusalOf(error);
      if (refusal === undefined) throw error;
      at.log.warn({ err: error, refusal }, "GitHub does not let us comment");
      refusals.add(refusal);
      return otherwise;
    }
  };
  const earlier = await unlessRefused(() => listOwnComments(at), []);
  const plan = reconcile(review, earlier);
  const now = await readPullRequest(at.octokit, at.name, at.pull);
  if (now.headSha !== review.headSha) return { kind: "outdated", headSha: now.headSha };

  const present = new Set(earlier.map(({ fingerprint }) => fingerprint));
  const isDeleted = ({ fingerprint }: ReviewComment) =>
    hadComment.has(fingerprint) && !present.has(fingerprint);
  const comments = plan.post.filter((comment) => !isDeleted(comment));
  const body = reviewBody(comments.length, review, check);
  const said = { headSha: review.headSha, body, comments };
  const rejected = await unlessRefused(() => postComments(at, said), comments);
  const unplaced = [...plan.post.filter(isDeleted), ...rejected];
  await unlessRefused(() => editAll(at, plan.edits), undefined);
  await concludeCheckRun(at, check, {
    conclusion,
    title: review.title,
    summary: `${review.summary}${note}${silenced([...refusals])}`,
    annotations: [...review.annotations, ...unplaced.flatMap((comment) => annotation(comment, review))],
    buttons: review.findings.some(({ severity }) => severity === "low")
      ? ["review", "accept-low"]
      : ["review"],
  });
  const posted = comments.length - rejected.length;
  return { kind: "published", posted, edited: plan.edits.length, rejected };
}

/**
 * All of a review in its check run, where there is no conversation. Safe to repeat.
 * @param note Markdown that ends the summary
 * @throws RequestError
 */
export async function publishCheck(
  at: Conversation,
  review: Review,
  check: CheckRun,
  note: string,
): Promise<void> {
  await concludeCheckRun(at, check, {
    conclusion: review.conclusion,
    title: review.title,
    summary: review.summary + note,
    annotations: [
      ...review.annotations,
      ...review.comments.flatMap((comment) => annotation(comment, review)),
    ],
    buttons: [],
  });
}

async function editAll(at: Conversation, edits: readonly CommentEdit[]): Promise<void> {
  const threads = await openThreads(at, edits);
  for (const edit of edits) {
    // The thread first: the comment's new text is what tells a later attempt that both are done.
    await threads.settle(edit);
    await editComment(at, edit);
  }
}

/** Why the conversation does not say what the check run says. */
function silenced(refusals: readonly string[]): string {
  if (refusals.length === 0) return "";
  return `\nHognose cannot comment on this pull request: ${refusals.join("; ")}. What it would say is said here.\n`;
}

/** Where there is no check run, the review has the summary itself. */
function reviewBody(findings: number, { summary }: Review, check: CheckRun): string {
  const what = findings === 1 ? "1 new finding" : `${findings} new findings`;
  if (check.id === NO_CHECK.id)
    return `${what}.\n\n${summary}\nThere is no check run: the app lacks the permission \`checks=write\`.`;
  return `${what}; the [check run](${check.url}) has the summary.`;
}

/** The finding of a comment that found no place, unless the check run points there already. */
function annotation(comment: ReviewComment, review: Review): readonly Annotation[] {
  const finding = review.findings.find(({ fingerprint }) => fingerprint === comment.fingerprint);
  if (finding === undefined) return [];
  const made = annotationOf({ ...finding, placement: "summary" }, finding.rule);
  const isThere = review.annotations.some(
    (known) => known.path === made?.path && known.startLine === made.startLine,
  );
  return made === undefined || isThere ? [] : [made];
}
