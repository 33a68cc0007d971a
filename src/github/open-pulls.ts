// What is open on GitHub, whether or not its events came.
import { PAGE_SIZE } from "./limits.js";
import type { Octokit } from "./octokit.js";
import type { RepositoryName } from "./pull-request.js";

/** Ids of the installations that are not suspended. @param octokit the app's own client @throws RequestError */
export async function listInstallations(octokit: Octokit): Promise<readonly number[]> {
  const all = await octokit.paginate(octokit.rest.apps.listInstallations, { per_page: PAGE_SIZE });
  return all.filter((installation) => installation.suspended_at === null).map(({ id }) => id);
}

interface OpenPull {
  readonly repository: number;
  readonly owner: string;
  readonly repo: string;
  readonly pull: number;
  readonly headSha: string;
}

/**
 * The open pull requests of an installation that are no drafts and have changed since `since` (milliseconds since
 * 1970): of each repository the 100 that changed last. One request for each repository.
 * @param octokit the installation's client
 * @throws RequestError
 */
export async function* listOpenPulls(octokit: Octokit, since: number): AsyncIterable<OpenPull> {
  const repositories = octokit.paginate.iterator(octokit.rest.apps.listReposAccessibleToInstallation, {
    per_page: PAGE_SIZE,
  });
  for await (const { data } of repositories) {
    for (const repository of data) {
      if (repository.archived || repository.disabled) continue;
      yield* listPullsOf(octokit, repository, since);
    }
  }
}

interface ListedRepository {
  readonly id: number;
  readonly name: string;
  readonly owner: { readonly login: string };
}

async function* listPullsOf(
  octokit: Octokit,
  { id, name, owner }: ListedRepository,
  since: number,
): AsyncIterable<OpenPull> {
  const at = { owner: owner.login, repo: name };
  const { data } = await octokit.rest.pulls.list({
    ...at,
    state: "open",
    sort: "updated",
    direction: "desc",
    per_page: PAGE_SIZE,
  });
  for (const pull of data) {
    if (Date.parse(pull.updated_at) < since) return;
    if (!pull.draft) yield { repository: id, ...at, pull: pull.number, headSha: pull.head.sha };
  }
}

/**
 * Numbers of the open pull requests whose head is this commit, as far as GitHub tells: not those of every fork.
 * @throws RequestError
 */
export async function listPullsOfHead(
  octokit: Octokit,
  name: RepositoryName,
  headSha: string,
): Promise<readonly number[]> {
  const { data } = await octokit.rest.repos.listPullRequestsAssociatedWithCommit({
    ...name,
    commit_sha: headSha,
    per_page: PAGE_SIZE,
  });
  return data
    .filter(({ state, head }) => state === "open" && head.sha === headSha)
    .map(({ number }) => number);
}
