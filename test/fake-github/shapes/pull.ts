// A pull request as the API shows it: in lists, on its own, and in webhooks.
import { associationOf } from "../permissions.js";
import { nodeId, type Pull, type Repository, type World } from "../world.js";
import { accountShape } from "./account.js";
import { apiUrl, repositoryShape, webUrl } from "./repository.js";

export const pullUrl = (world: World, pull: Pull): string =>
  `${apiUrl(world, pull.repository)}/pulls/${pull.number}`;
export const pullWebUrl = (world: World, pull: Pull): string =>
  `${webUrl(world, pull.repository)}/pull/${pull.number}`;

/** GitHub's "pull request simple". */
export function pullSimpleShape(world: World, pull: Pull) {
  const { repository } = pull;
  const api = pullUrl(world, pull);
  const web = pullWebUrl(world, pull);
  const issue = `${apiUrl(world, repository)}/issues/${pull.number}`;
  const statuses = `${apiUrl(world, repository)}/statuses/${pull.head.sha}`;
  const comment = `${apiUrl(world, repository)}/pulls/comments{/number}`;
  return {
    url: api,
    id: pull.id,
    node_id: nodeId("PR", pull.id),
    html_url: web,
    diff_url: `${web}.diff`,
    patch_url: `${web}.patch`,
    issue_url: issue,
    number: pull.number,
    state: pull.state,
    locked: pull.locked,
    title: pull.title,
    user: accountShape(world, pull.author),
    body: pull.body,
    created_at: pull.createdAt.toISOString(),
    updated_at: pull.updatedAt.toISOString(),
    closed_at: pull.closedAt?.toISOString() ?? null,
    merged_at: pull.merge?.at.toISOString() ?? null,
    merge_commit_sha: pull.merge?.sha ?? null,
    assignee: null,
    assignees: [],
    requested_reviewers: [],
    requested_teams: [],
    labels: [],
    milestone: null,
    draft: pull.draft,
    commits_url: `${api}/commits`,
    review_comments_url: `${api}/comments`,
    review_comment_url: comment,
    comments_url: `${issue}/comments`,
    statuses_url: statuses,
    head: endShape(world, pull.head.repository, pull.head.ref, pull.head.sha),
    base: endShape(world, repository, pull.base.ref, pull.base.sha),
    _links: {
      self: { href: api },
      html: { href: web },
      issue: { href: issue },
      comments: { href: `${issue}/comments` },
      review_comments: { href: `${api}/comments` },
      review_comment: { href: comment },
      commits: { href: `${api}/commits` },
      statuses: { href: statuses },
    },
    author_association: associationOf(repository, pull.author),
    auto_merge: null,
    active_lock_reason: null,
  };
}

function endShape(world: World, repository: Repository, ref: string, sha: string) {
  const user = accountShape(world, repository.owner);
  return {
    label: `${repository.owner.login}:${ref}`,
    ref,
    sha,
    user,
    repo: repositoryShape(world, repository),
  };
}

/** GitHub's "pull request", with what has to be computed. */
export function pullShape(world: World, pull: Pull) {
  const { git } = pull.repository;
  const files = git.diff(pullMergeBase(pull), pull.head.sha);
  return {
    ...pullSimpleShape(world, pull),
    merged: pull.merge !== undefined,
    mergeable: pull.state === "open" ? true : null,
    rebaseable: pull.state === "open" ? true : null,
    mergeable_state: pull.state === "open" ? "clean" : "unknown",
    merged_by: pull.merge === undefined ? null : accountShape(world, pull.merge.by),
    comments: pull.comments.length,
    review_comments: pull.threads.flatMap(({ comments }) => comments).length,
    maintainer_can_modify: false,
    commits: git.commitsBetween(pull.base.sha, pull.head.sha).length,
    additions: files.reduce((sum, file) => sum + file.additions, 0),
    deletions: files.reduce((sum, file) => sum + file.deletions, 0),
    changed_files: files.length,
  };
}

/** Where the branch of the pull request left its base: the left side of its diff. */
export function pullMergeBase(pull: Pull, head: string = pull.head.sha): string {
  const base = pull.repository.git.mergeBase(pull.base.sha, head);
  if (base === undefined) throw new Error(`#${pull.number} has no history in common with ${pull.base.ref}`);
  return base;
}
