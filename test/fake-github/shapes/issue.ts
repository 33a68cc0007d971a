// A pull request seen as an issue, and the comments of its conversation.
import { associationOf } from "../permissions.js";
import { type IssueComment, nodeId, type Pull, type World } from "../world.js";
import { accountShape } from "./account.js";
import { pullUrl, pullWebUrl } from "./pull.js";
import { rollup } from "./reactions.js";
import { apiUrl } from "./repository.js";

/** GitHub's "issue comment". */
export function issueCommentShape(world: World, comment: IssueComment) {
  const { id, pull, user, body } = comment;
  const url = `${apiUrl(world, pull.repository)}/issues/comments/${id}`;
  return {
    id,
    node_id: nodeId("IC", id),
    url,
    html_url: `${pullWebUrl(world, pull)}#issuecomment-${id}`,
    issue_url: `${apiUrl(world, pull.repository)}/issues/${pull.number}`,
    user: accountShape(world, user),
    body,
    created_at: comment.createdAt.toISOString(),
    updated_at: comment.updatedAt.toISOString(),
    author_association: associationOf(pull.repository, user),
    performed_via_github_app: null,
    reactions: rollup(url, comment.reactions),
  };
}

/** The issue in an issue_comment webhook: the key `pull_request` tells that it is a pull request. */
export function issueShape(world: World, pull: Pull) {
  const url = `${apiUrl(world, pull.repository)}/issues/${pull.number}`;
  const html = pullWebUrl(world, pull);
  return {
    url,
    repository_url: apiUrl(world, pull.repository),
    labels_url: `${url}/labels{/name}`,
    comments_url: `${url}/comments`,
    events_url: `${url}/events`,
    html_url: html,
    id: pull.id,
    node_id: nodeId("PR", pull.id),
    number: pull.number,
    title: pull.title,
    user: accountShape(world, pull.author),
    labels: [],
    state: pull.state,
    locked: pull.locked,
    assignee: null,
    assignees: [],
    milestone: null,
    comments: pull.comments.length,
    created_at: pull.createdAt.toISOString(),
    updated_at: pull.updatedAt.toISOString(),
    closed_at: pull.closedAt?.toISOString() ?? null,
    author_association: associationOf(pull.repository, pull.author),
    active_lock_reason: null,
    draft: pull.draft,
    pull_request: {
      url: pullUrl(world, pull),
      html_url: html,
      diff_url: `${html}.diff`,
      patch_url: `${html}.patch`,
      merged_at: pull.merge?.at.toISOString() ?? null,
    },
    body: pull.body,
    reactions: rollup(url, []),
    timeline_url: `${url}/timeline`,
    performed_via_github_app: null,
    state_reason: null,
  };
}
