// The fake GitHub: starts the server with one app, and gives tests and the demo hands in the world behind it.
import { randomUUID } from "node:crypto";
import { FakeRepository } from "./fake-repository.js";
import { createFaults, type Faults } from "./faults.js";
import { payloadOf } from "./happenings.js";
import { addInstallation, removeInstallation, selectRepositories } from "./installations.js";
import { githubLimits, type Limits } from "./limits.js";
import type { Log, LoggedRequest, Violation } from "./log.js";
import { findAccount, installationOf } from "./lookups.js";
import { newApp } from "./new-app.js";
import { newRepository } from "./new-repository.js";
import type { FileEdits } from "./repository.js";
import { listen, type RunningServer } from "./server.js";
import { sharedValidator } from "./validate.js";
import { createWebhooks, type Delivery, type Target, type Webhooks } from "./webhooks.js";
import type { Account, App, Happening, Installation, Permissions, Repository, World } from "./world.js";

export interface FakeGitHubOptions {
  /** "hognose" unless said: the app then writes as "hognose[bot]". */
  readonly slug?: string;
  /** PEM of an RSA key; one is made unless said. */
  readonly privateKey?: string;
  /** What new installations grant. */
  readonly permissions?: Permissions;
  /** What new installations subscribe to. */
  readonly events?: readonly string[];
  readonly limits?: Partial<Limits>;
  /** Where webhooks go; they are held until this is known. */
  readonly webhook?: Target;
}

/** What the app asks for by default: the least that a review needs. */
const leastPermissions: Permissions = {
  metadata: "read",
  contents: "read",
  pull_requests: "write",
  checks: "write",
};
const usualEvents = [
  "pull_request",
  "issue_comment",
  "check_run",
  "check_suite",
  "merge_group",
  "pull_request_review_comment",
  "pull_request_review_thread",
] as const;

export interface RepositorySettings {
  readonly owner: string;
  readonly name: string;
  /** The first commit of the default branch. */
  readonly files?: FileEdits;
  readonly private?: boolean;
  /** "main" unless said. */
  readonly defaultBranch?: string;
  /** Whether the app is installed at the owner; true unless said. */
  readonly installed?: boolean;
}

export interface InstallationSettings {
  readonly permissions?: Permissions;
  readonly events?: readonly string[];
  /** "all" unless said. */
  readonly repositories?: "all" | readonly FakeRepository[];
}

/** Starts a fake GitHub on a free port. Call {@link FakeGitHub.stop} at the end. */
export async function startFakeGitHub(options: FakeGitHubOptions = {}): Promise<FakeGitHub> {
  const fake = new FakeGitHub(options);
  await fake.listen();
  return fake;
}

export class FakeGitHub {
  readonly world: World;
  readonly faults: Faults = createFaults();
  readonly webhooks: Webhooks;
  readonly #log: Log = { requests: [], violations: [] };
  readonly #permissions: Permissions;
  readonly #events: readonly string[];
  readonly #everyRepository: Repository[] = [];
  #server: RunningServer | undefined;
  #lastId = 1_000;
  #clockOffset = 0;

  constructor(options: FakeGitHubOptions) {
    this.#permissions = options.permissions ?? leastPermissions;
    this.#events = options.events ?? usualEvents;
    const nextId = (): number => ++this.#lastId;
    const now = (): Date => new Date(Date.now() + this.#clockOffset);
    const owner: Account = { id: nextId(), login: "hognose-maintainers", type: "Organization" };
    const { slug = "hognose", privateKey } = options;
    const settings = { slug, privateKey, permissions: this.#permissions, events: this.#events };
    const app = newApp(settings, owner, nextId, now());
    this.webhooks = createWebhooks(nextId, now, app.id);
    this.webhooks.target = options.webhook;
    this.world = {
      url: "",
      app,
      accounts: [owner, app.bot],
      repositories: [],
      installations: [],
      tokens: new Map(),
      limits: { ...githubLimits, ...options.limits },
      usage: new Map(),
      nextId,
      now,
      happen: (happening) => this.#tell(happening),
    };
  }

  async listen(): Promise<void> {
    this.#server = await listen(this.world, this.faults, this.webhooks, this.#log);
    this.world.url = this.#server.url;
  }

  /** Stops listening and removes the repositories from the disk. */
  async stop(): Promise<void> {
    this.webhooks.stop();
    await this.#server?.stop();
    for (const repository of this.#everyRepository) repository.git.remove();
  }

  /** The base of the REST API, for an Octokit's `baseUrl`. */
  get url(): string {
    return this.world.url;
  }

  /** What the app's configuration needs: id, private key (PEM), slug. */
  get app(): App {
    return this.world.app;
  }

  /** Every request since the start, oldest first. */
  get requests(): readonly LoggedRequest[] {
    return this.#log.requests;
  }

  /** What GitHub's description did not allow, so far. */
  get violations(): readonly Violation[] {
    return this.#log.violations;
  }

  /** Takes the violations that a test provoked on purpose. */
  takeViolations(): readonly Violation[] {
    return this.#log.violations.splice(0);
  }

  /** @throws Error that lists every violation, when there was one */
  assertFaithful(): void {
    if (this.violations.length === 0) return;
    const lines = this.violations.map(({ kind, where, what }) => `${kind} ${where}: ${what}`);
    throw new Error(`GitHub's description does not allow:\n${[...new Set(lines)].join("\n")}`);
  }

  /** Lets the fake's clock go forward: tokens expire, download links, too. */
  advanceClock(milliseconds: number): void {
    this.#clockOffset += milliseconds;
  }

  /** An account; made when it does not exist yet. */
  addUser(login: string, type: Account["type"] = "User"): Account {
    const existing = findAccount(this.world, login);
    if (existing !== undefined) return existing;
    const account: Account = { id: this.world.nextId(), login, type };
    this.world.accounts.push(account);
    return account;
  }

  /** Creates a repository, its owner, and an installation there. */
  createRepository(settings: RepositorySettings): FakeRepository {
    const { name, files, installed = true, defaultBranch = "main" } = settings;
    const owner = this.addUser(settings.owner, "Organization");
    const handle = this.#addRepository({ owner, name, defaultBranch, private: settings.private ?? false });
    if (installed && installationOf(this.world, handle.record) === undefined) this.install(owner.login);
    if (files !== undefined) handle.commit(defaultBranch, files, "Initial commit");
    return handle;
  }

  /** Forks a repository with all of its branches to another owner, where the app is not installed. */
  fork(source: FakeRepository, owner: string): FakeRepository {
    const { name, defaultBranch, private: hidden, git } = source.record;
    const settings = {
      owner: this.addUser(owner),
      name,
      defaultBranch,
      private: hidden,
      parent: source.record,
    };
    const fork = this.#addRepository(settings);
    fork.record.git.fetchFrom(git, "refs/heads/*", "refs/heads/*");
    return fork;
  }

  #addRepository(settings: Parameters<typeof newRepository>[1]): FakeRepository {
    const repository = newRepository(this.world, settings);
    this.world.repositories.push(repository);
    this.#everyRepository.push(repository);
    return new FakeRepository(this.world, repository, (login) => this.addUser(login));
  }

  /** Installs the app at an account. */
  install(login: string, settings: InstallationSettings = {}): Installation {
    const { repositories = "all", permissions = this.#permissions, events = this.#events } = settings;
    const account = this.addUser(login, "Organization");
    const selection = repositories === "all" ? "all" : new Set(repositories.map(({ record }) => record.id));
    return addInstallation(this.world, { account, permissions, events, selection });
  }

  /** Its tokens are dead at once. */
  uninstall(installation: Installation): void {
    removeInstallation(this.world, installation);
  }

  /** From now on the installation is for exactly these repositories. */
  selectRepositories(installation: Installation, repositories: readonly FakeRepository[]): void {
    const records = repositories.map(({ record }) => record);
    selectRepositories(this.world, installation, records);
  }

  /** The installation that covers a repository. @throws Error when there is none */
  installationFor(repository: FakeRepository): Installation {
    const installation = installationOf(this.world, repository.record);
    if (installation === undefined)
      throw new Error(`the app is not installed at ${repository.owner}/${repository.name}`);
    return installation;
  }

  /** Where webhooks go from now on; what was held before stays held. */
  connect(target: Target): void {
    this.webhooks.target = target;
  }

  /** Sends any event with any payload now. @returns the delivery with the answer */
  deliver(
    event: string,
    payload: Readonly<Record<string, unknown>>,
    headers?: Readonly<Record<string, string>>,
  ): Promise<Delivery> {
    return this.webhooks.deliver({ guid: randomUUID(), event, payload }, headers);
  }

  #tell(happening: Happening): void {
    const payload = payloadOf(this.world, happening);
    if (payload === undefined) return;
    const { event, action } = happening;
    const where = action === undefined ? event : `${event}.${action}`;
    for (const what of sharedValidator().webhook(where, payload))
      this.#log.violations.push({ kind: "webhook", where, what });
    this.webhooks.emit(event, payload);
  }
}
