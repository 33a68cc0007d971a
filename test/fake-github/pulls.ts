// Pull requests: reading them, their files, their diff, and the comparison of commits.
import type { FileDiff } from "./diff.js";
import { type Answer, bytes, GitHubError, list, notFound, ok } from "./http.js";
import type { Needs, RepositoryCall, Route } from "./router.js";
import { commitShape } from "./shapes/commit.js";
import { pullMergeBase, pullShape, pullSimpleShape } from "./shapes/pull.js";
import { apiUrl, webUrl } from "./shapes/repository.js";
import type { Pull, Repository, World } from "./world.js";

/** The pull request that a route names. @throws GitHubError 404 */
export function pullOf(call: RepositoryCall): Pull {
  const number = Number(call.params.pull_number ?? call.params.issue_number);
  const pull = call.repository.pulls.get(number);
  if (pull === undefined) throw notFound();
  return pull;
}

function listPulls({ world, repository, url }: RepositoryCall): Answer {
  const state = url.searchParams.get("state") ?? "open";
  const head = url.searchParams.get("head");
  const base = url.searchParams.get("base");
  const ascending = url.searchParams.get("direction") === "asc";
  const pulls = [...repository.pulls.values()].filter(
    (pull) =>
      (state === "all" || pull.state === state) &&
      (head === null || `${pull.head.repository.owner.login}:${pull.head.ref}` === head) &&
      (base === null || pull.base.ref === base),
  );
  return list(ascending ? pulls : pulls.reverse(), url, (pull) => pullSimpleShape(world, pull));
}

function getPull(call: RepositoryCall): Answer {
  const pull = pullOf(call);
  if (/\bdiff\b/.test(call.accept)) return diffMediaType(call.world, pull);
  return ok(pullShape(call.world, pull));
}

function diffMediaType({ limits }: World, pull: Pull): Answer {
  const { git } = pull.repository;
  const base = pullMergeBase(pull);
  const files = git.diff(base, pull.head.sha);
  const text = git.diffText(base, pull.head.sha);
  const tooLarge = (what: string, limit: number): GitHubError =>
    new GitHubError(406, `Sorry, the diff exceeded the maximum number of ${what} (${limit}).`, [
      { resource: "PullRequest", field: "diff", code: "too_large" },
    ]);
  if (files.length > limits.diffFiles) throw tooLarge("files", limits.diffFiles);
  if (text.split("\n").length > limits.diffLines) throw tooLarge("lines", limits.diffLines);
  return bytes("application/vnd.github.v3.diff; charset=utf-8", text);
}

function listFiles(call: RepositoryCall): Answer {
  const { world, repository, url } = call;
  const pull = pullOf(call);
  const files = repository.git.diff(pullMergeBase(pull), pull.head.sha).slice(0, world.limits.pullFiles);
  const answer = list(files, url, (file) => file);
  return { ...answer, body: rows(world, repository, answer.body as FileDiff[], pull.head.sha) };
}

/**
 * Rows of one response. A large file comes without its patch; and once the response holds as many patch lines as a
 * diff may have, the later rows have no patch and claim no additions and no deletions.
 */
function rows(world: World, repository: Repository, files: readonly FileDiff[], head: string) {
  let lines = 0;
  return files.map((file) => {
    lines += file.additions + file.deletions;
    return fileShape(world, repository, file, head, lines > world.limits.diffLines);
  });
}

/** GitHub's "diff entry". */
function fileShape(world: World, repository: Repository, file: FileDiff, head: string, exhausted: boolean) {
  const { path, previousPath, patch = "", additions, deletions } = file;
  const hidden = exhausted || patch === "" || Buffer.byteLength(patch) > world.limits.patchBytes;
  const encoded = path.split("/").map(encodeURIComponent).join("/");
  return {
    sha: file.blob,
    filename: path,
    status: file.status,
    additions: exhausted ? 0 : additions,
    deletions: exhausted ? 0 : deletions,
    changes: exhausted ? 0 : additions + deletions,
    blob_url: `${webUrl(world, repository)}/blob/${head}/${encoded}`,
    raw_url: `${webUrl(world, repository)}/raw/${head}/${encoded}`,
    contents_url: `${apiUrl(world, repository)}/contents/${encoded}?ref=${head}`,
    ...(hidden ? {} : { patch }),
    ...(previousPath === undefined ? {} : { previous_filename: previousPath }),
  };
}

function listCommits(call: RepositoryCall): Answer {
  const { world, repository, url } = call;
  const pull = pullOf(call);
  const commits = repository.git.commitsBetween(pull.base.sha, pull.head.sha);
  return list(commits.slice(0, 250), url, (sha) => commitShape(world, repository, sha));
}

function pullsOfCommit({ world, repository, params, url }: RepositoryCall): Answer {
  const sha = repository.git.resolve(params.commit_sha!);
  if (sha === undefined) throw new GitHubError(422, `No commit found for SHA: ${params.commit_sha}`);
  const pulls = [...repository.pulls.values()].filter(
    (pull) => repository.git.isAncestor(sha, pull.head.sha) && !repository.git.isAncestor(sha, pull.base.sha),
  );
  return list(pulls, url, (pull) => pullSimpleShape(world, pull));
}

/** Three-dot comparison: files are on page 1 only, 300 at most. */
function compare({ world, repository, params, url }: RepositoryCall): Answer {
  const { git } = repository;
  const [from = "", to = ""] = params.basehead!.split("...");
  const base = resolveEnd(repository, from);
  const head = resolveEnd(repository, to);
  const mergeBase = base && head && git.mergeBase(base, head);
  if (base === undefined || head === undefined || mergeBase === undefined) throw notFound();
  const ahead = git.commitsBetween(base, head);
  const behind = git.commitsBetween(head, base).length;
  const answer = list(ahead, url, (sha) => commitShape(world, repository, sha));
  const first = (url.searchParams.get("page") ?? "1") === "1";
  const api = `${apiUrl(world, repository)}/compare/${params.basehead}`;
  const web = `${webUrl(world, repository)}/compare/${params.basehead}`;
  const body = {
    url: api,
    html_url: web,
    permalink_url: web,
    diff_url: `${web}.diff`,
    patch_url: `${web}.patch`,
    base_commit: commitShape(world, repository, base),
    merge_base_commit: commitShape(world, repository, mergeBase),
    status: statusOf(ahead.length, behind),
    ahead_by: ahead.length,
    behind_by: behind,
    total_commits: ahead.length,
    commits: answer.body,
    ...(first ? { files: rows(world, repository, git.diff(mergeBase, head).slice(0, 300), head) } : {}),
  };
  return { ...answer, body };
}

/** "branch", "sha", or "owner:branch" of a fork. */
function resolveEnd(repository: Repository, name: string): string | undefined {
  const [owner, branch] = name.includes(":") ? name.split(":") : [undefined, name];
  if (owner === undefined || owner === repository.owner.login) return repository.git.resolve(branch!);
  const pull = [...repository.pulls.values()].find(
    ({ head }) => head.repository.owner.login === owner && head.ref === branch,
  );
  return pull?.head.sha;
}

function statusOf(ahead: number, behind: number): string {
  if (ahead > 0) return behind > 0 ? "diverged" : "ahead";
  return behind > 0 ? "behind" : "identical";
}

const readPulls: Needs = { pull_requests: "read" };
const readContents: Needs = { contents: "read" };

export const pullRoutes: readonly Route[] = [
  { operation: "GET /repos/{owner}/{repo}/pulls", as: "repository", needs: readPulls, handle: listPulls },
  {
    operation: "GET /repos/{owner}/{repo}/pulls/{pull_number}",
    as: "repository",
    needs: readPulls,
    handle: getPull,
  },
  {
    operation: "GET /repos/{owner}/{repo}/pulls/{pull_number}/files",
    as: "repository",
    needs: readPulls,
    handle: listFiles,
  },
  {
    operation: "GET /repos/{owner}/{repo}/pulls/{pull_number}/commits",
    as: "repository",
    needs: readPulls,
    handle: listCommits,
  },
  {
    operation: "GET /repos/{owner}/{repo}/commits/{commit_sha}/pulls",
    as: "repository",
    needs: readPulls,
    handle: pullsOfCommit,
  },
  {
    operation: "GET /repos/{owner}/{repo}/compare/{basehead}",
    as: "repository",
    needs: readContents,
    handle: compare,
  },
];
