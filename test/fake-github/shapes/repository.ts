// A repository as the API shows it, with GitHub's forty-odd links.
import { fullName, nodeId, type Repository, type World } from "../world.js";
import { accountShape } from "./account.js";

const links = {
  archive_url: "/{archive_format}{/ref}",
  assignees_url: "/assignees{/user}",
  blobs_url: "/git/blobs{/sha}",
  branches_url: "/branches{/branch}",
  collaborators_url: "/collaborators{/collaborator}",
  comments_url: "/comments{/number}",
  commits_url: "/commits{/sha}",
  compare_url: "/compare/{base}...{head}",
  contents_url: "/contents/{+path}",
  contributors_url: "/contributors",
  deployments_url: "/deployments",
  downloads_url: "/downloads",
  events_url: "/events",
  forks_url: "/forks",
  git_commits_url: "/git/commits{/sha}",
  git_refs_url: "/git/refs{/sha}",
  git_tags_url: "/git/tags{/sha}",
  hooks_url: "/hooks",
  issue_comment_url: "/issues/comments{/number}",
  issue_events_url: "/issues/events{/number}",
  issues_url: "/issues{/number}",
  keys_url: "/keys{/key_id}",
  labels_url: "/labels{/name}",
  languages_url: "/languages",
  merges_url: "/merges",
  milestones_url: "/milestones{/number}",
  notifications_url: "/notifications{?since,all,participating}",
  pulls_url: "/pulls{/number}",
  releases_url: "/releases{/id}",
  stargazers_url: "/stargazers",
  statuses_url: "/statuses/{sha}",
  subscribers_url: "/subscribers",
  subscription_url: "/subscription",
  tags_url: "/tags",
  teams_url: "/teams",
  trees_url: "/git/trees{/sha}",
} as const;

export const apiUrl = (world: World, repository: Repository): string =>
  `${world.url}/repos/${fullName(repository)}`;
/** Where people would look at it. */
export const webUrl = (world: World, repository: Repository): string =>
  `${world.url}/web/${fullName(repository)}`;

/** GitHub's "repository": also what webhooks carry. */
export function repositoryShape(world: World, repository: Repository) {
  const api = apiUrl(world, repository);
  const web = webUrl(world, repository);
  const open = [...repository.pulls.values()].filter(({ state }) => state === "open").length;
  return {
    id: repository.id,
    node_id: nodeId("R", repository.id),
    name: repository.name,
    full_name: fullName(repository),
    private: repository.private,
    owner: accountShape(world, repository.owner),
    html_url: web,
    description: null,
    fork: repository.parent !== undefined,
    url: api,
    ...Object.fromEntries(Object.entries(links).map(([name, path]) => [name, api + path])),
    clone_url: `${web}.git`,
    git_url: `${web.replace(/^http/, "git")}.git`,
    ssh_url: `git@localhost:${fullName(repository)}.git`,
    svn_url: web,
    homepage: null,
    language: "Python",
    default_branch: repository.defaultBranch,
    archived: repository.archived,
    disabled: false,
    visibility: repository.private ? "private" : "public",
    created_at: repository.createdAt.toISOString(),
    updated_at: repository.pushedAt.toISOString(),
    pushed_at: repository.pushedAt.toISOString(),
    forks: 0,
    forks_count: 0,
    stargazers_count: 0,
    watchers: 0,
    watchers_count: 0,
    open_issues: open,
    open_issues_count: open,
    size: 1,
    has_downloads: false,
    has_issues: true,
    has_projects: false,
    has_wiki: false,
    has_pages: false,
    has_discussions: false,
    is_template: false,
    allow_forking: true,
    web_commit_signoff_required: false,
    topics: [],
    license: null,
    mirror_url: null,
  };
}

/** What `GET /repos/{owner}/{repo}` adds. */
export function fullRepositoryShape(world: World, repository: Repository) {
  return { ...repositoryShape(world, repository), network_count: 0, subscribers_count: 0 };
}
