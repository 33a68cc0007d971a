// A pull request as GitHub has it now. Events are old news: every job asks again.
import type { Octokit } from "./octokit.js";

/** Where requests go: spread into octokit's parameters. */
export interface RepositoryName {
  readonly owner: string;
  readonly repo: string;
}

export interface PullRequest {
  readonly number: number;
  readonly isOpen: boolean;
  readonly isMerged: boolean;
  readonly isDraft: boolean;
  /** Login; "" for an account that is gone. */
  readonly author: string;
  /** Tip of the head branch. */
  readonly headSha: string;
  /** Tip of the base branch, when the pull request was last pushed to: not what it is compared with. */
  readonly baseTip: string;
  /** Name of the base branch. */
  readonly baseBranch: string;
  readonly changedFiles: number;
  /** Of the repository, for people: "https://github.com/owner/name". */
  readonly repositoryUrl: string;
}

/** @throws RequestError 404 when the repository or the pull request is not there (or no longer for us) */
export async function readPullRequest(
  octokit: Octokit,
  name: RepositoryName,
  number: number,
): Promise<PullRequest> {
  const { data } = await octokit.rest.pulls.get({ ...name, pull_number: number });
  return {
    number: data.number,
    isOpen: data.state === "open",
    isMerged: data.merged,
    isDraft: data.draft ?? false,
    author: data.user?.login ?? "",
    headSha: data.head.sha,
    baseTip: data.base.sha,
    baseBranch: data.base.ref,
    changedFiles: data.changed_files,
    repositoryUrl: data.base.repo.html_url,
  };
}

/** Of a repository, for people. @throws RequestError */
export async function repositoryUrl(octokit: Octokit, name: RepositoryName): Promise<string> {
  const { data } = await octokit.rest.repos.get({ ...name });
  return data.html_url;
}

/**
 * The commit from which the head departed: what its author is compared with, however old.
 * @throws RequestError 404 when the two have no common history
 */
export async function readMergeBase(
  octokit: Octokit,
  name: RepositoryName,
  pull: PullRequest,
): Promise<string> {
  const { data } = await octokit.rest.repos.compareCommitsWithBasehead({
    ...name,
    basehead: `${pull.baseTip}...${pull.headSha}`,
    per_page: 1,
  });
  return data.merge_base_commit.sha;
}
