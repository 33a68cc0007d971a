// Comments on the diff, one by one: on lines, on a file, replies, edits and deletions.
import { AnchorError, anchor, type WantedAnchor } from "./anchors.js";
import { type Answer, created, invalid, list, noContent, notAccessible, notFound, ok } from "./http.js";
import { pullOf } from "./pulls.js";
import {
  addThread,
  addToThread,
  announceComment,
  announceReview,
  commitOf,
  refuseLocked,
  refuseLong,
} from "./reviews.js";
import type { Needs, RepositoryCall, Route } from "./router.js";
import { reviewCommentShape } from "./shapes/review.js";
import type { Account, Pull, Repository, Review, ReviewComment, Thread, World } from "./world.js";
import { writer } from "./writer.js";

interface WantedComment extends WantedAnchor {
  readonly body: string;
  readonly commit_id: string;
  readonly in_reply_to?: number;
}

/** All comments of a repository that were submitted, oldest first within their thread. */
function allComments(repository: Repository): readonly ReviewComment[] {
  return [...repository.pulls.values()].flatMap(commentsOf);
}

/** The submitted comments of a pull request, by id. */
export function commentsOf(pull: Pull): readonly ReviewComment[] {
  return pull.threads
    .flatMap((thread) => thread.comments)
    .filter(({ review }) => review.state !== "PENDING")
    .sort((a, b) => a.id - b.id);
}

/** The comment that a route names. @throws GitHubError 404 */
export function reviewCommentOf({ repository, params }: RepositoryCall): ReviewComment {
  const comment = allComments(repository).find(({ id }) => id === Number(params.comment_id));
  if (comment === undefined) throw notFound();
  return comment;
}

/** Even a single comment is a review, with an empty body. */
function singleReview(world: World, pull: Pull, user: Account, commit: string): Review {
  const review: Review = {
    id: world.nextId(),
    pull,
    user,
    body: "",
    state: "COMMENTED",
    commit,
    submittedAt: world.now(),
  };
  pull.reviews.push(review);
  return review;
}

export function reply(world: World, thread: Thread, user: Account, body: string): ReviewComment {
  refuseLong(body);
  const review = singleReview(world, thread.pull, user, thread.pull.head.sha);
  const comment = addToThread(world, thread, review, body);
  announceReview(world, review);
  announceComment(world, comment);
  return comment;
}

/** @throws GitHubError 422 when the place is not in the diff */
export function startThread(world: World, pull: Pull, user: Account, wanted: WantedComment): ReviewComment {
  refuseLong(wanted.body);
  const commit = commitOf(pull, wanted.commit_id);
  const place = anchorOrRefuse(pull, commit, wanted);
  const review = singleReview(world, pull, user, commit);
  const [comment] = addThread(world, review, place, wanted.body).comments;
  announceReview(world, review);
  announceComment(world, comment!);
  return comment!;
}

function anchorOrRefuse(pull: Pull, commit: string, wanted: WantedAnchor) {
  try {
    return anchor(pull, commit, wanted);
  } catch (error) {
    if (!(error instanceof AnchorError)) throw error;
    const field = `pull_request_review_thread.${error.field}`;
    throw invalid("PullRequestReviewComment", field, `${field} must be part of the diff`);
  }
}

function createComment(call: RepositoryCall): Answer {
  const { world } = call;
  const pull = pullOf(call);
  refuseLocked(pull);
  const wanted = call.body as WantedComment;
  if (wanted.in_reply_to === undefined)
    return created(reviewCommentShape(world, startThread(world, pull, writer(call), wanted)));
  return created(
    reviewCommentShape(world, reply(world, threadOf(pull, wanted.in_reply_to), writer(call), wanted.body)),
  );
}

function createReply(call: RepositoryCall): Answer {
  const pull = pullOf(call);
  refuseLocked(pull);
  const { body } = call.body as { readonly body: string };
  const thread = threadOf(pull, Number(call.params.comment_id));
  return created(reviewCommentShape(call.world, reply(call.world, thread, writer(call), body)));
}

/** Replies to replies are not possible: the comment has to be the first of its thread. */
function threadOf(pull: Pull, commentId: number): Thread {
  const thread = pull.threads.find(({ comments }) => comments[0]?.id === commentId);
  if (thread === undefined) throw notFound();
  return thread;
}

/** A comment that the app may change: its own. */
function ownComment(call: RepositoryCall): ReviewComment {
  const comment = reviewCommentOf(call);
  if (comment.user !== writer(call)) throw notAccessible();
  return comment;
}

function updateComment(call: RepositoryCall): Answer {
  const comment = ownComment(call);
  const { body } = call.body as { readonly body: string };
  refuseLong(body);
  comment.body = body;
  comment.updatedAt = call.world.now();
  return ok(reviewCommentShape(call.world, comment));
}

function deleteComment(call: RepositoryCall): Answer {
  const comment = ownComment(call);
  const { comments, pull } = comment.thread;
  comments.splice(comments.indexOf(comment), 1);
  if (comments.length === 0) pull.threads.splice(pull.threads.indexOf(comment.thread), 1);
  return noContent;
}

const read: Needs = { pull_requests: "read" };
const write: Needs = { pull_requests: "write" };
const ofPull = "/repos/{owner}/{repo}/pulls/{pull_number}/comments";
const one = "/repos/{owner}/{repo}/pulls/comments/{comment_id}";

export const reviewCommentRoutes: readonly Route[] = [
  {
    operation: `GET ${ofPull}`,
    as: "repository",
    needs: read,
    handle: (call) =>
      list(commentsOf(pullOf(call)), call.url, (comment) => reviewCommentShape(call.world, comment)),
  },
  { operation: `POST ${ofPull}`, as: "repository", needs: write, handle: createComment },
  { operation: `POST ${ofPull}/{comment_id}/replies`, as: "repository", needs: write, handle: createReply },
  {
    operation: `GET ${one}`,
    as: "repository",
    needs: read,
    handle: (call) => ok(reviewCommentShape(call.world, reviewCommentOf(call))),
  },
  { operation: `PATCH ${one}`, as: "repository", needs: write, handle: updateComment },
  { operation: `DELETE ${one}`, as: "repository", needs: write, handle: deleteComment },
];
