// Reviews: all of it or nothing. One comment outside the diff, and the whole review is refused without saying which.

import type { WantedAnchor } from "./anchors.js";
import { AnchorError, anchor } from "./anchors.js";
import { type Answer, GitHubError, list, notFound, ok, unprocessable } from "./http.js";
import { pullOf } from "./pulls.js";
import type { Needs, RepositoryCall, Route } from "./router.js";
import { pullSimpleShape } from "./shapes/pull.js";
import { legacyCommentShape, reviewCommentShape, reviewShape } from "./shapes/review.js";
import type { Account, Pull, Review, ReviewComment, ReviewState, Thread, World } from "./world.js";
import { writer } from "./writer.js";

/** Characters (UTF-16 code units) of a body. */
export const maxBody = 65_536;

interface WantedReview {
  readonly commit_id?: string;
  readonly body?: string;
  readonly event?: "APPROVE" | "REQUEST_CHANGES" | "COMMENT";
  readonly comments?: readonly (WantedAnchor & { readonly body: string })[];
}

const states = { APPROVE: "APPROVED", REQUEST_CHANGES: "CHANGES_REQUESTED", COMMENT: "COMMENTED" } as const;

/** Adds a review with its threads, or throws GitHubError 422 and adds nothing. */
export function addReview(world: World, pull: Pull, user: Account, wanted: WantedReview): Review {
  const { body = "", event, comments = [] } = wanted;
  const commit = commitOf(pull, wanted.commit_id);
  refuseLong(body);
  if (event !== undefined && event !== "APPROVE" && body.trim() === "")
    throw unprocessable("Body cannot be blank");
  const anchored = comments.map((comment) => {
    refuseLong(comment.body);
    if (comment.body.trim() === "") throw unprocessable("Body cannot be blank");
    return { ...anchorOrRefuse(pull, commit, comment), body: comment.body };
  });
  const state: ReviewState = event === undefined ? "PENDING" : states[event];
  const review: Review = { id: world.nextId(), pull, user, body, state, commit, submittedAt: world.now() };
  pull.reviews.push(review);
  const threads = anchored.map(({ body: text, ...place }) => addThread(world, review, place, text));
  if (state === "PENDING") return review;
  announceReview(world, review);
  for (const thread of threads) announceComment(world, thread.comments[0]!);
  return review;
}

export function refuseLong(body: string): void {
  if (body.length > maxBody) throw unprocessable(`Body is too long (maximum is ${maxBody} characters)`);
}

/** The commit a review is about: the head unless said. @throws GitHubError 422 when it is not in the pull request */
export function commitOf(pull: Pull, wanted: string = pull.head.sha): string {
  const { git } = pull.repository;
  const sha = /^[0-9a-f]{40}$/.test(wanted) ? git.resolve(wanted) : undefined;
  const inside =
    sha !== undefined && git.isAncestor(sha, pull.head.sha) && !git.isAncestor(sha, pull.base.sha);
  if (!inside) throw unprocessable("Commit is not part of the pull request");
  return sha;
}

function anchorOrRefuse(pull: Pull, commit: string, wanted: WantedAnchor) {
  try {
    return anchor(pull, commit, wanted);
  } catch (error) {
    if (error instanceof AnchorError) throw unprocessable(error.message);
    throw error;
  }
}

/** Starts a thread with its first comment. */
export function addThread(
  world: World,
  review: Review,
  place: Pick<Thread, "path" | "subject" | "diffHunk">,
  body: string,
): Thread {
  const thread: Thread = {
    id: world.nextId(),
    pull: review.pull,
    commit: review.commit,
    ...place,
    comments: [],
  };
  review.pull.threads.push(thread);
  addToThread(world, thread, review, body);
  return thread;
}

export function addToThread(world: World, thread: Thread, review: Review, body: string): ReviewComment {
  const now = world.now();
  const first = thread.comments[0];
  const comment: ReviewComment = {
    id: world.nextId(),
    thread,
    review,
    user: review.user,
    ...(first === undefined ? {} : { inReplyTo: first.id }),
    body,
    createdAt: now,
    updatedAt: now,
    reactions: [],
  };
  thread.comments.push(comment);
  thread.pull.updatedAt = now;
  return comment;
}

export function announceReview(world: World, review: Review): void {
  const { pull, user } = review;
  const state = review.state.toLowerCase();
  const shape = { ...reviewShape(world, review), state, updated_at: review.submittedAt.toISOString() };
  const payload = { review: shape, pull_request: pullSimpleShape(world, pull) };
  world.happen({
    event: "pull_request_review",
    action: "submitted",
    repository: pull.repository,
    sender: user,
    payload,
  });
}

export function announceComment(world: World, comment: ReviewComment): void {
  const { pull } = comment.thread;
  const payload = { comment: reviewCommentShape(world, comment), pull_request: pullSimpleShape(world, pull) };
  const { repository } = pull;
  world.happen({
    event: "pull_request_review_comment",
    action: "created",
    repository,
    sender: comment.user,
    payload,
  });
}

function createReview(call: RepositoryCall): Answer {
  const pull = pullOf(call);
  refuseLocked(pull);
  return ok(reviewShape(call.world, addReview(call.world, pull, writer(call), call.body as WantedReview)));
}

export function refuseLocked(pull: Pull): void {
  if (pull.locked) throw new GitHubError(403, "Unable to create comment because issue is locked.");
}

function visibleReviews(call: RepositoryCall): readonly Review[] {
  const me = writer(call);
  return pullOf(call).reviews.filter(({ state, user }) => state !== "PENDING" || user === me);
}

function reviewOf(call: RepositoryCall): Review {
  const review = visibleReviews(call).find(({ id }) => id === Number(call.params.review_id));
  if (review === undefined) throw notFound();
  return review;
}

function updateReview(call: RepositoryCall): Answer {
  const review = reviewOf(call);
  const { body } = call.body as { readonly body: string };
  refuseLong(body);
  if (review.user !== writer(call)) throw new GitHubError(403, "Resource not accessible by integration");
  review.body = body;
  return ok(reviewShape(call.world, review));
}

function commentsOfReview(call: RepositoryCall): Answer {
  const review = reviewOf(call);
  const comments = review.pull.threads
    .flatMap((thread) => thread.comments)
    .filter((comment) => comment.review === review);
  return list(comments, call.url, (comment) => legacyCommentShape(call.world, comment));
}

const read: Needs = { pull_requests: "read" };
const write: Needs = { pull_requests: "write" };
const reviews = "/repos/{owner}/{repo}/pulls/{pull_number}/reviews";

export const reviewRoutes: readonly Route[] = [
  {
    operation: `GET ${reviews}`,
    as: "repository",
    needs: read,
    handle: (call) => list(visibleReviews(call), call.url, (review) => reviewShape(call.world, review)),
  },
  { operation: `POST ${reviews}`, as: "repository", needs: write, handle: createReview },
  {
    operation: `GET ${reviews}/{review_id}`,
    as: "repository",
    needs: read,
    handle: (call) => ok(reviewShape(call.world, reviewOf(call))),
  },
  { operation: `PUT ${reviews}/{review_id}`, as: "repository", needs: write, handle: updateReview },
  {
    operation: `GET ${reviews}/{review_id}/comments`,
    as: "repository",
    needs: read,
    handle: commentsOfReview,
  },
];
