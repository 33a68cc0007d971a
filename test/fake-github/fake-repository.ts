// A repository in the hands of a test: commits, pushes, pull requests, and what its owner does to it.
import { announceCheck, announceSuite } from "./check-events.js";
import { suiteOf } from "./checks.js";
import { FakePull } from "./fake-pull.js";
import { git } from "./git.js";
import { announcePull, branchMoved } from "./pull-events.js";
import type { FileEdits } from "./repository.js";
import { apiUrl } from "./shapes/repository.js";
import {
  type Account,
  type CheckRun,
  fullName,
  type Pull,
  type Repository,
  type Role,
  type Sarif,
  type World,
} from "./world.js";

export interface CommitSettings {
  /** Throw away what the branch had and start again from `from`. */
  readonly force?: boolean;
  /** Where a new (or forced) branch starts: a branch or a SHA; the default branch unless said. */
  readonly from?: string;
  /** Login; the owner unless said. */
  readonly author?: string;
}

export interface PullSettings {
  /** A branch of this repository, or "owner:branch" of a fork. */
  readonly head: string;
  /** The default branch unless said. */
  readonly base?: string;
  readonly title: string;
  readonly body?: string;
  /** Login; the owner unless said. */
  readonly author?: string;
  readonly draft?: boolean;
}

export class FakeRepository {
  readonly record: Repository;
  readonly #world: World;
  readonly #account: (login: string) => Account;

  constructor(world: World, record: Repository, account: (login: string) => Account) {
    this.record = record;
    this.#world = world;
    this.#account = account;
  }

  get owner(): string {
    return this.record.owner.login;
  }

  get name(): string {
    return this.record.name;
  }

  /** The bare repository on disk, for a test that wants to run git itself. */
  get directory(): string {
    return this.record.git.directory;
  }

  /** The tip of a branch, or undefined. */
  sha(ref = this.record.defaultBranch): string | undefined {
    return this.record.git.resolve(ref);
  }

  /** Commits on a branch, which is made when it does not exist. @returns the SHA */
  commit(branch: string, edits: FileEdits, message: string, settings: CommitSettings = {}): string {
    const { author = this.owner, from = this.record.defaultBranch, force = false } = settings;
    const before = this.record.git.resolve(`refs/heads/${branch}`);
    const by = this.#account(author);
    const person = { name: author, email: `${author}@example.com` };
    const start = branch === this.record.defaultBranch && before === undefined ? {} : { from };
    const sha = this.record.git.commit({
      branch,
      edits,
      message,
      ...start,
      force,
      author: person,
      date: this.#world.now(),
    });
    this.#moved(branch, before, by);
    return sha;
  }

  /** Points a branch to a commit, as `git push --force SHA:branch` does. */
  reset(branch: string, sha: string, by = this.owner): void {
    const before = this.record.git.resolve(`refs/heads/${branch}`);
    this.record.git.setRef(`refs/heads/${branch}`, sha);
    this.#moved(branch, before, this.#account(by));
  }

  /**
   * Runs `git push` in a working directory of the caller: for histories made by git itself (rebase, amend, cherry-pick).
   * @param refspec for instance "HEAD:feature"; a leading "+" forces
   */
  push(workingDirectory: string, refspec: string, by = this.owner): string {
    const branch = refspec.slice(refspec.indexOf(":") + 1).replace(/^\+?(refs\/heads\/)?/, "");
    const before = this.record.git.resolve(`refs/heads/${branch}`);
    git(workingDirectory, ["push", "--quiet", this.directory, refspec]);
    this.#moved(branch, before, this.#account(by));
    return this.record.git.resolve(`refs/heads/${branch}`)!;
  }

  #moved(branch: string, before: string | undefined, by: Account): void {
    branchMoved(this.#world, { repository: this.record, branch, before, by });
  }

  openPull(settings: PullSettings): FakePull {
    const { title, base = this.record.defaultBranch, author = this.owner, draft = false } = settings;
    const head = this.#headOf(settings.head);
    const number = this.record.nextNumber++;
    const now = this.#world.now();
    const baseSha = this.record.git.resolve(`refs/heads/${base}`);
    if (baseSha === undefined) throw new Error(`there is no branch ${base}`);
    this.record.git.fetchFrom(head.repository.git, `refs/heads/${head.ref}`, `refs/pull/${number}/head`);
    const pull: Pull = {
      id: this.#world.nextId(),
      number,
      repository: this.record,
      author: this.#account(author),
      title,
      body: settings.body ?? null,
      base: { ref: base, sha: baseSha },
      head,
      state: "open",
      draft,
      locked: false,
      createdAt: now,
      updatedAt: now,
      reviews: [],
      threads: [],
      comments: [],
    };
    this.record.pulls.set(number, pull);
    announcePull(this.#world, pull, "opened", pull.author);
    return new FakePull(
      this.#world,
      pull,
      new FakeRepository(this.#world, head.repository, this.#account),
      this.#account,
    );
  }

  #headOf(name: string): { repository: Repository; ref: string; sha: string } {
    const [owner, ref] = name.includes(":") ? (name.split(":") as [string, string]) : [this.owner, name];
    const forks = this.#world.repositories.filter((one) => one === this.record || one.parent === this.record);
    const repository = forks.find((one) => one.owner.login === owner);
    const sha = repository?.git.resolve(`refs/heads/${ref}`);
    if (repository === undefined || sha === undefined) throw new Error(`there is no branch ${name}`);
    return { repository, ref, sha };
  }

  setRole(login: string, role: Role | "none"): void {
    const { collaborators } = this.record;
    if (role === "none") collaborators.delete(login.toLowerCase());
    else collaborators.set(this.#account(login).login.toLowerCase(), role);
  }

  /** The old name then redirects. */
  rename(name: string): void {
    this.record.formerNames.push(this.record.name);
    this.record.name = name;
  }

  setArchived(archived: boolean): void {
    this.record.archived = archived;
  }

  setPrivate(hidden: boolean): void {
    this.record.private = hidden;
  }

  /** Everything about it answers 404 from now on. */
  delete(): void {
    this.#world.repositories.splice(this.#world.repositories.indexOf(this.record), 1);
  }

  get checkRuns(): readonly CheckRun[] {
    return this.record.checkRuns;
  }

  get sarifs(): readonly Sarif[] {
    return this.record.sarifs;
  }

  /** Somebody presses "Re-run" at one check run. */
  rerunCheck(checkRunId: number, by = this.owner): void {
    announceCheck(this.#world, this.#run(checkRunId), "rerequested", this.#account(by));
  }

  /** Somebody presses "Re-run all checks" at a commit. */
  rerunSuite(sha: string, by = this.owner): void {
    const suite = { repository: this.record, sha, id: suiteOf(this.#world, this.record, sha) };
    announceSuite(this.#world, suite, "rerequested", this.#account(by));
  }

  /** Somebody presses a button of a check run. */
  pressButton(checkRunId: number, identifier: string, by: string): void {
    const run = this.#run(checkRunId);
    if (!run.actions.some((action) => action.identifier === identifier))
      throw new Error(`check run ${checkRunId} has no button ${identifier}`);
    announceCheck(this.#world, run, "requested_action", this.#account(by), identifier);
  }

  /** The merge queue asks for checks of a commit that holds `pull` merged into its base. @returns that commit */
  queueForMerge(pull: FakePull, by = this.owner): string {
    const { base, head, number } = pull.record;
    const branch = `gh-readonly-queue/${base.ref}/pr-${number}-${base.sha}`;
    const baseSha = this.record.git.resolve(`refs/heads/${base.ref}`)!;
    this.record.git.setRef(`refs/heads/${branch}`, baseSha);
    const headSha = this.record.git.merge(
      branch,
      head.sha,
      `Merge pull request #${number}`,
      this.#world.now(),
    );
    const info = this.record.git.commitInfo(headSha);
    const person = { name: info.author.name, email: info.author.email };
    const head_commit = {
      id: headSha,
      tree_id: info.tree,
      message: info.message,
      timestamp: info.author.date,
    };
    const payload = {
      merge_group: {
        head_sha: headSha,
        head_ref: `refs/heads/${branch}`,
        base_sha: baseSha,
        base_ref: `refs/heads/${base.ref}`,
        head_commit: { ...head_commit, author: person, committer: person },
      },
    };
    const sender = this.#account(by);
    this.#world.happen({
      event: "merge_group",
      action: "checks_requested",
      repository: this.record,
      sender,
      payload,
    });
    return headSha;
  }

  #run(id: number): CheckRun {
    const run = this.record.checkRuns.find((one) => one.id === id);
    if (run === undefined) throw new Error(`${fullName(this.record)} has no check run ${id}`);
    return run;
  }

  /** "http://127.0.0.1:PORT/repos/owner/name" */
  get apiUrl(): string {
    return apiUrl(this.#world, this.record);
  }
}
