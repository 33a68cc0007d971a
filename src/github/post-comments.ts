// New comments -> the pull request: one review for all of them. GitHub rejects a review as a whole without saying
// which comment it dislikes, so that a rejected one is halved; what is rejected alone goes on its file instead.
import { randomUUID } from "node:crypto";
import { cutMarkdown } from "../review/render/cut.js";
import type { ReviewComment } from "../review/review.js";
import type { Conversation } from "./conversation.js";
import { isInvalid } from "./failure.js";
import { MAX_BODY_BYTES, PAGE_SIZE } from "./limits.js";
import { ONCE } from "./octokit.js";
import { listOwnComments } from "./own-comments.js";
import { DEFAULT_WAITS, writeOnce } from "./write-once.js";

interface NewReview {
  /** The commit whose diff the comments are about. */
  readonly headSha: string;
  /** Markdown above the comments: GitHub wants one. */
  readonly body: string;
  readonly comments: readonly ReviewComment[];
}

/** @returns the comments that GitHub takes neither on their lines nor on their file: they belong in the check run */
export async function postComments(at: Conversation, review: NewReview): Promise<readonly ReviewComment[]> {
  const onLines = review.comments.filter((comment) => comment.line !== undefined);
  const onFiles = review.comments.filter((comment) => comment.line === undefined);
  const rejected = await postReview(at, { ...review, comments: onLines });
  const unplaced: ReviewComment[] = [];
  for (const comment of [...onFiles, ...rejected]) {
    if (!(await postOnFile(at, review.headSha, comment))) unplaced.push(comment);
  }
  return unplaced;
}

/** @returns the comments that GitHub rejects even alone */
async function postReview(at: Conversation, review: NewReview): Promise<readonly ReviewComment[]> {
  const { comments } = review;
  if (comments.length === 0) return [];
  if (await isAccepted(at, `a review of ${comments.length}`, () => createReview(at, review))) return [];
  if (comments.length === 1) return comments;
  const half = Math.ceil(comments.length / 2);
  return [
    ...(await postReview(at, { ...review, comments: comments.slice(0, half) })),
    ...(await postReview(at, { ...review, comments: comments.slice(half) })),
  ];
}

/** Whether GitHub takes what `write` sends; any error but its rejection is thrown. */
async function isAccepted(at: Conversation, what: string, write: () => Promise<void>): Promise<boolean> {
  try {
    await write();
    return true;
  } catch (error) {
    if (!isInvalid(error)) throw error;
    at.log.warn({ err: error }, `GitHub rejected ${what}`);
    return false;
  }
}

async function createReview(at: Conversation, review: NewReview): Promise<void> {
  // By its own mark the review is known again after an unclear answer.
  const mark = `<!-- hognose:review:${randomUUID()} -->`;
  const write = async () => {
    await at.octokit.rest.pulls.createReview({
      ...at.name,
      ...ONCE,
      pull_number: at.pull,
      commit_id: review.headSha,
      event: "COMMENT",
      body: `${mark}\n${cutMarkdown(review.body, MAX_BODY_BYTES - mark.length - 1)}`,
      comments: review.comments.map(toWire),
    });
    return true;
  };
  await writeOnce(write, () => findReview(at, mark), at.waits ?? DEFAULT_WAITS);
}

async function findReview(at: Conversation, mark: string): Promise<true | undefined> {
  const reviews = await at.octokit.paginate(at.octokit.rest.pulls.listReviews, {
    ...at.name,
    pull_number: at.pull,
    per_page: PAGE_SIZE,
  });
  const isThere = reviews.some(
    (review) => review.user?.login === at.botLogin && review.body.startsWith(mark),
  );
  return isThere || undefined;
}

/** @returns false when GitHub rejects it */
function postOnFile(at: Conversation, headSha: string, comment: ReviewComment): Promise<boolean> {
  return isAccepted(at, `a comment on the file ${comment.path}`, async () => {
    const known = new Set((await listOwnComments(at)).map(({ id }) => id));
    const write = async () => {
      await at.octokit.rest.pulls.createReviewComment({
        ...at.name,
        ...ONCE,
        pull_number: at.pull,
        commit_id: headSha,
        path: comment.path,
        subject_type: "file",
        body: cutMarkdown(comment.body, MAX_BODY_BYTES),
      });
      return true;
    };
    const find = async () => {
      const own = await listOwnComments(at);
      return (
        own.some(({ id, fingerprint }) => !known.has(id) && fingerprint === comment.fingerprint) || undefined
      );
    };
    await writeOnce(write, find, at.waits ?? DEFAULT_WAITS);
  });
}

function toWire(comment: ReviewComment) {
  const { path, line, startLine, side = "RIGHT" } = comment;
  const end = line === undefined ? {} : { line, side };
  // GitHub rejects a start that equals the end.
  const start =
    startLine === undefined || startLine === line ? {} : { start_line: startLine, start_side: side };
  return { path, ...end, ...start, body: cutMarkdown(comment.body, MAX_BODY_BYTES) };
}
