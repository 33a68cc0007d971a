// What happens to pull requests when branches move, and what GitHub tells of it.

import { announceSuite } from "./check-events.js";
import { suiteOf } from "./checks.js";
import { commitShape } from "./shapes/commit.js";
import { pullShape } from "./shapes/pull.js";
import { webUrl } from "./shapes/repository.js";
import type { Account, Pull, Repository, World } from "./world.js";

export function announcePull(
  world: World,
  pull: Pull,
  action: string,
  sender: Account,
  extra: Readonly<Record<string, unknown>> = {},
): void {
  const payload = { number: pull.number, pull_request: pullShape(world, pull), ...extra };
  world.happen({ event: "pull_request", action, repository: pull.repository, sender, payload });
}

/**
 * Takes over where the branches of an open pull request are now. The commits of a fork come here, too, and each head
 * stays reachable as refs/pull/N/head.
 * @returns the head before, when it has moved
 */
export function synchronize(world: World, pull: Pull): string | undefined {
  const { repository, head, base } = pull;
  const ref = `refs/pull/${pull.number}/head`;
  const branch = `refs/heads/${head.ref}`;
  const tip = head.repository.git.resolve(branch);
  if (tip === undefined || tip === head.sha) return undefined;
  if (head.repository !== repository) repository.git.fetchFrom(head.repository.git, branch, ref);
  else repository.git.setRef(ref, tip);
  const before = head.sha;
  head.sha = tip;
  base.sha = repository.git.resolve(`refs/heads/${base.ref}`) ?? base.sha;
  pull.updatedAt = world.now();
  return before;
}

/** A branch was pushed: the push, its check suite, and `synchronize` for each open pull request from it. */
export function branchMoved(
  world: World,
  push: {
    readonly repository: Repository;
    readonly branch: string;
    readonly before: string | undefined;
    readonly by: Account;
  },
): void {
  const { repository, branch, before, by } = push;
  const after = repository.git.resolve(`refs/heads/${branch}`);
  repository.pushedAt = world.now();
  if (after === undefined || after === before) return;
  announcePush(world, repository, { branch, before, after }, by);
  for (const pull of world.repositories.flatMap((one) => [...one.pulls.values()])) {
    if (pull.state !== "open" || pull.head.repository !== repository || pull.head.ref !== branch) continue;
    const old = synchronize(world, pull);
    if (old !== undefined)
      announcePull(world, pull, "synchronize", by, { before: old, after: pull.head.sha });
  }
  announceSuite(world, { repository, sha: after, id: suiteOf(world, repository, after) }, "requested", by);
}

const zero = "0".repeat(40);

interface Move {
  readonly branch: string;
  readonly before: string | undefined;
  readonly after: string;
}

function announcePush(
  world: World,
  repository: Repository,
  { branch, before, after }: Move,
  by: Account,
): void {
  const forced = before !== undefined && !repository.git.isAncestor(before, after);
  const head = pushCommit(world, repository, after);
  const payload = {
    ref: `refs/heads/${branch}`,
    before: before ?? zero,
    after,
    created: before === undefined,
    deleted: false,
    forced,
    base_ref: null,
    compare: `${webUrl(world, repository)}/compare/${(before ?? zero).slice(0, 12)}...${after.slice(0, 12)}`,
    commits: [head],
    head_commit: head,
    pusher: { name: by.login, email: `${by.login}@example.com` },
  };
  world.happen({ event: "push", repository, sender: by, payload });
}

function pushCommit(world: World, repository: Repository, sha: string) {
  const { commit, html_url } = commitShape(world, repository, sha);
  const person = { name: commit.author.name, email: commit.author.email };
  return {
    id: sha,
    tree_id: commit.tree.sha,
    distinct: true,
    message: commit.message,
    timestamp: commit.author.date,
    url: html_url,
    author: person,
    committer: person,
    added: [],
    removed: [],
    modified: [],
  };
}
