// The fake GitHub: starts the server with one app, and gives tests and the demo hands in the world behind it.
import { createPublicKey, generateKeyPairSync, type KeyObject } from "node:crypto";
import { installationShape } from "./apps.js";
import { FakeRepository } from "./fake-repository.js";
import { createFaults, type Faults } from "./faults.js";
import { type FileEdits, GitRepository } from "./repository.js";
import { type LoggedRequest, listen, type RunningServer, type ServerLog, type Violation } from "./server.js";
import { accountShape } from "./shapes/account.js";
import { repositoryShape } from "./shapes/repository.js";
import { sharedValidator } from "./validate.js";
import { createWebhooks, type Target, type Webhooks } from "./webhooks.js";
import {
  type Account,
  type App,
  findAccount,
  fullName,
  githubLimits,
  type Happening,
  type Installation,
  installationOf,
  type Limits,
  nodeId,
  type Permissions,
  type Repository,
  type World,
} from "./world.js";

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
  readonly #log: ServerLog = { requests: [], violations: [] };
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
    this.webhooks = createWebhooks(nextId, now, () => this.world.app.id);
    this.webhooks.target = options.webhook;
    const owner: Account = { id: nextId(), login: "hognose-maintainers", type: "Organization" };
    const app = createApp(options, owner, nextId, now());
    this.world = {
      url: "",
      app: { ...app, permissions: this.#permissions, events: this.#events },
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
    const owner = this.addUser(settings.owner, "Organization");
    const defaultBranch = settings.defaultBranch ?? "main";
    const handle = this.#addRepository(owner, settings.name, defaultBranch, settings.private ?? false);
    if (settings.installed !== false && installationOf(this.world, handle.record) === undefined)
      this.install(owner.login);
    if (settings.files !== undefined) handle.commit(defaultBranch, settings.files, "Initial commit");
    return handle;
  }

  /** Forks a repository with all of its branches to another owner, where the app is not installed. */
  fork(source: FakeRepository, owner: string): FakeRepository {
    const { name, defaultBranch, private: hidden, git } = source.record;
    const fork = this.#addRepository(this.addUser(owner), name, defaultBranch, hidden, source.record);
    fork.record.git.fetchFrom(git, "refs/heads/*", "refs/heads/*");
    return fork;
  }

  #addRepository(
    owner: Account,
    name: string,
    defaultBranch: string,
    hidden: boolean,
    parent?: Repository,
  ): FakeRepository {
    const now = this.world.now();
    const repository: Repository = {
      id: this.world.nextId(),
      owner,
      name,
      formerNames: [],
      private: hidden,
      archived: false,
      defaultBranch,
      ...(parent === undefined ? {} : { parent }),
      git: new GitRepository(defaultBranch),
      collaborators: new Map(),
      pulls: new Map(),
      checkRuns: [],
      checkSuites: new Map(),
      sarifs: [],
      nextNumber: 1,
      createdAt: now,
      pushedAt: now,
    };
    this.world.repositories.push(repository);
    this.#everyRepository.push(repository);
    return new FakeRepository(this.world, repository, (login) => this.addUser(login));
  }

  /** Installs the app at an account. */
  install(login: string, settings: InstallationSettings = {}): Installation {
    const { repositories = "all", permissions = this.#permissions, events = this.#events } = settings;
    const account = this.addUser(login, "Organization");
    const selection = repositories === "all" ? "all" : new Set(repositories.map(({ record }) => record.id));
    const createdAt = this.world.now();
    const installation: Installation = {
      id: this.world.nextId(),
      account,
      permissions,
      events,
      selection,
      suspended: false,
      createdAt,
    };
    this.world.installations.push(installation);
    this.#tellInstallation(installation, "created");
    return installation;
  }

  /** Its tokens are dead at once. */
  uninstall(installation: Installation): void {
    const { installations } = this.world;
    this.#tellInstallation(installation, "deleted");
    installations.splice(installations.indexOf(installation), 1);
  }

  #tellInstallation(installation: Installation, action: "created" | "deleted"): void {
    const repositories = this.world.repositories
      .filter((repository) => installationOf(this.world, repository) === installation)
      .map((repository) => ({
        id: repository.id,
        node_id: nodeId("R", repository.id),
        name: repository.name,
        full_name: fullName(repository),
        private: repository.private,
      }));
    const payload = { repositories, requester: null };
    this.#tell({ event: "installation", action, installation, sender: installation.account, payload });
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
  ) {
    return this.webhooks.deliver({ guid: crypto.randomUUID(), event, payload }, headers);
  }

  /** GitHub tells an app what it subscribed to; about its installations, always. */
  #tell({ event, action, repository, installation: given, sender, payload }: Happening): void {
    const installation = given ?? (repository && installationOf(this.world, repository));
    if (installation === undefined) return;
    if (!event.startsWith("installation") && !installation.events.includes(event)) return;
    const reference = { id: installation.id, node_id: nodeId("MDIz", installation.id) };
    const full = {
      ...(action === undefined ? {} : { action }),
      ...payload,
      ...(repository === undefined ? {} : { repository: repositoryShape(this.world, repository) }),
      installation: event.startsWith("installation")
        ? installationShape(this.world, installation)
        : reference,
      sender: accountShape(this.world, sender),
    };
    const name = action === undefined ? event : `${event}.${action}`;
    for (const what of sharedValidator().webhook(name, full))
      this.#log.violations.push({ kind: "webhook", where: name, what });
    this.webhooks.emit(event, full);
  }
}

function createApp(options: FakeGitHubOptions, owner: Account, nextId: () => number, createdAt: Date): App {
  const slug = options.slug ?? "hognose";
  const { privateKey, publicKey } = keys(options.privateKey);
  const bot: Account = { id: nextId(), login: `${slug}[bot]`, type: "Bot" };
  const id = nextId();
  const name = `${slug.charAt(0).toUpperCase()}${slug.slice(1)}`;
  return {
    id,
    clientId: `Iv23fake${id}`,
    slug,
    name,
    owner,
    bot,
    privateKey,
    publicKey,
    createdAt,
    events: [],
    permissions: {},
  };
}

function keys(pem: string | undefined): { privateKey: string; publicKey: KeyObject } {
  if (pem !== undefined) return { privateKey: pem, publicKey: createPublicKey(pem) };
  const pair = generateKeyPairSync("rsa", { modulusLength: 2048 });
  return {
    privateKey: pair.privateKey.export({ type: "pkcs1", format: "pem" }).toString(),
    publicKey: pair.publicKey,
  };
}
