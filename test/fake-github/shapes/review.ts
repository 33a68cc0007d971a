// Reviews, their comments and threads as the API shows them.
import { placeNow } from "../anchors.js";
import { associationOf } from "../permissions.js";
import { nodeId, type Review, type ReviewComment, type Thread, type World } from "../world.js";
import { accountShape } from "./account.js";
import { pullUrl, pullWebUrl } from "./pull.js";
import { rollup } from "./reactions.js";
import { apiUrl } from "./repository.js";

/** GitHub's "pull request review". */
export function reviewShape(world: World, review: Review) {
  const { id, pull, user, body, state, commit } = review;
  const html = `${pullWebUrl(world, pull)}#pullrequestreview-${id}`;
  const pullRequest = pullUrl(world, pull);
  return {
    id,
    node_id: nodeId("PRR", id),
    user: accountShape(world, user),
    body,
    state,
    html_url: html,
    pull_request_url: pullRequest,
    author_association: associationOf(pull.repository, user),
    _links: { html: { href: html }, pull_request: { href: pullRequest } },
    ...(state === "PENDING" ? {} : { submitted_at: review.submittedAt.toISOString() }),
    commit_id: commit,
  };
}

/**
 * What every listing of review comments has: the listing of one review's comments has no more, as on GitHub.
 * An outdated comment has no position, and its commit is the one it was written for.
 */
export function legacyCommentShape(world: World, comment: ReviewComment) {
  const { id, thread, review, user } = comment;
  const { pull, subject } = thread;
  const place = placeNow(thread);
  const url = `${apiUrl(world, pull.repository)}/pulls/comments/${id}`;
  const html = `${pullWebUrl(world, pull)}#discussion_r${id}`;
  const pullRequest = pullUrl(world, pull);
  return {
    id,
    node_id: nodeId("PRRC", id),
    url,
    pull_request_review_id: review.id,
    diff_hunk: thread.diffHunk,
    path: place.path,
    position: subject.kind === "file" ? 1 : (place.position ?? null),
    original_position: subject.kind === "file" ? 1 : subject.position,
    commit_id: place.outdated ? thread.commit : pull.head.sha,
    original_commit_id: thread.commit,
    ...(comment.inReplyTo === undefined ? {} : { in_reply_to_id: comment.inReplyTo }),
    user: accountShape(world, user),
    body: comment.body,
    created_at: comment.createdAt.toISOString(),
    updated_at: comment.updatedAt.toISOString(),
    html_url: html,
    pull_request_url: pullRequest,
    author_association: associationOf(pull.repository, user),
    _links: { self: { href: url }, html: { href: html }, pull_request: { href: pullRequest } },
    reactions: rollup(url, comment.reactions),
  };
}

/** GitHub's "pull request review comment". */
export function reviewCommentShape(world: World, comment: ReviewComment) {
  const { thread } = comment;
  return { ...legacyCommentShape(world, comment), ...linesShape(thread) };
}

function linesShape(thread: Thread) {
  const { subject } = thread;
  const none = {
    line: null,
    original_line: null,
    start_line: null,
    original_start_line: null,
    start_side: null,
  };
  if (subject.kind === "file") return { ...none, side: "RIGHT", subject_type: "file" };
  const place = placeNow(thread);
  return {
    line: place.line ?? null,
    original_line: subject.line,
    start_line: place.startLine ?? null,
    original_start_line: subject.startLine ?? null,
    start_side: subject.startLine === undefined ? null : subject.side,
    side: subject.side,
    subject_type: "line",
  };
}

/** A thread as the webhook of its resolution carries it. */
export function threadShape(world: World, thread: Thread) {
  const comments = thread.comments.map((comment) => reviewCommentShape(world, comment));
  return { node_id: nodeId("PRRT", thread.id), comments };
}
