// The conversation below a pull request: issue comments.
import { type Answer, created, list, noContent, notAccessible, notFound, ok } from "./http.js";
import { pullOf } from "./pulls.js";
import { refuseLocked, refuseLong } from "./reviews.js";
import type { Needs, RepositoryCall, Route } from "./router.js";
import { issueCommentShape, issueShape } from "./shapes/issue.js";
import type { Account, IssueComment, Pull, World } from "./world.js";
import { writer } from "./writer.js";

type CommentAction = "created" | "edited" | "deleted";

/** @throws GitHubError 422 for a body that is too long or blank */
export function addComment(world: World, pull: Pull, user: Account, body: string): IssueComment {
  refuseLong(body);
  const now = world.now();
  const comment: IssueComment = {
    id: world.nextId(),
    pull,
    user,
    body,
    createdAt: now,
    updatedAt: now,
    reactions: [],
  };
  pull.comments.push(comment);
  pull.updatedAt = now;
  announce(world, comment, "created", user);
  return comment;
}

export function editComment(world: World, comment: IssueComment, body: string): void {
  refuseLong(body);
  const before = comment.body;
  comment.body = body;
  comment.updatedAt = world.now();
  announce(world, comment, "edited", comment.user, { changes: { body: { from: before } } });
}

export function removeComment(world: World, comment: IssueComment, by: Account): void {
  const { comments } = comment.pull;
  comments.splice(comments.indexOf(comment), 1);
  announce(world, comment, "deleted", by);
}

function announce(
  world: World,
  comment: IssueComment,
  action: CommentAction,
  sender: Account,
  extra: object = {},
): void {
  const { pull } = comment;
  const payload = { ...extra, comment: issueCommentShape(world, comment), issue: issueShape(world, pull) };
  world.happen({ event: "issue_comment", action, repository: pull.repository, sender, payload });
}

/** The comment that a route names. @throws GitHubError 404 */
export function issueCommentOf({ repository, params }: RepositoryCall): IssueComment {
  const comments = [...repository.pulls.values()].flatMap((pull) => pull.comments);
  const comment = comments.find(({ id }) => id === Number(params.comment_id));
  if (comment === undefined) throw notFound();
  return comment;
}

/** A comment that the app may change: its own. */
function ownComment(call: RepositoryCall): IssueComment {
  const comment = issueCommentOf(call);
  if (comment.user !== writer(call)) throw notAccessible();
  return comment;
}

function createComment(call: RepositoryCall): Answer {
  const pull = pullOf(call);
  refuseLocked(pull);
  const { body } = call.body as { readonly body: string };
  return created(issueCommentShape(call.world, addComment(call.world, pull, writer(call), body)));
}

function updateComment(call: RepositoryCall): Answer {
  const comment = ownComment(call);
  editComment(call.world, comment, (call.body as { readonly body: string }).body);
  return ok(issueCommentShape(call.world, comment));
}

function deleteComment(call: RepositoryCall): Answer {
  removeComment(call.world, ownComment(call), writer(call));
  return noContent;
}

const read: Needs = { issues: "read", pull_requests: "read" };
const write: Needs = { issues: "write", pull_requests: "write" };
const ofPull = "/repos/{owner}/{repo}/issues/{issue_number}/comments";
const one = "/repos/{owner}/{repo}/issues/comments/{comment_id}";

export const commentRoutes: readonly Route[] = [
  {
    operation: `GET ${ofPull}`,
    as: "repository",
    needs: read,
    handle: (call) =>
      list(pullOf(call).comments, call.url, (comment) => issueCommentShape(call.world, comment)),
  },
  { operation: `POST ${ofPull}`, as: "repository", needs: write, handle: createComment },
  {
    operation: `GET ${one}`,
    as: "repository",
    needs: read,
    handle: (call) => ok(issueCommentShape(call.world, issueCommentOf(call))),
  },
  { operation: `PATCH ${one}`, as: "repository", needs: write, handle: updateComment },
  { operation: `DELETE ${one}`, as: "repository", needs: write, handle: deleteComment },
];
