// The state of the fake: accounts, repositories, pull requests and their conversations, as plain mutable records.
import type { KeyObject } from "node:crypto";
import type { Side } from "./diff.js";
import type { GitRepository } from "./repository.js";

export interface Account {
  readonly id: number;
  readonly login: string;
  readonly type: "User" | "Organization" | "Bot";
}

export type Role = "admin" | "maintain" | "write" | "triage" | "read";
export type Access = "read" | "write";
/** By the names of the API: contents, pull_requests, checks, issues, metadata, security_events... */
export type Permissions = Readonly<Record<string, Access>>;

export interface App {
  readonly id: number;
  readonly clientId: string;
  readonly slug: string;
  readonly name: string;
  readonly owner: Account;
  /** Who writes when the app writes: "slug[bot]". */
  readonly bot: Account;
  readonly publicKey: KeyObject;
  /** PEM, as the app gets it from GitHub. */
  readonly privateKey: string;
  readonly createdAt: Date;
  events: readonly string[];
  permissions: Permissions;
}

export interface Installation {
  readonly id: number;
  readonly account: Account;
  permissions: Permissions;
  events: readonly string[];
  /** "all", or the ids of the repositories that were selected. */
  selection: "all" | Set<number>;
  suspended: boolean;
  readonly createdAt: Date;
}

export interface AccessToken {
  readonly token: string;
  readonly installation: Installation;
  readonly permissions: Permissions;
  /** Ids of the repositories to which the token was narrowed; undefined: all of the installation. */
  readonly repositories?: ReadonlySet<number>;
  readonly expiresAt: Date;
}

export interface Repository {
  readonly id: number;
  readonly owner: Account;
  name: string;
  readonly formerNames: string[];
  private: boolean;
  archived: boolean;
  defaultBranch: string;
  readonly parent?: Repository;
  readonly git: GitRepository;
  /** By login. */
  readonly collaborators: Map<string, Role>;
  readonly pulls: Map<number, Pull>;
  readonly checkRuns: CheckRun[];
  /** The id of the app's check suite, by head SHA. */
  readonly checkSuites: Map<string, number>;
  readonly sarifs: Sarif[];
  nextNumber: number;
  readonly createdAt: Date;
  pushedAt: Date;
}

export interface Pull {
  readonly id: number;
  readonly number: number;
  readonly repository: Repository;
  readonly author: Account;
  title: string;
  body: string | null;
  base: { ref: string; sha: string };
  head: { readonly repository: Repository; readonly ref: string; sha: string };
  state: "open" | "closed";
  draft: boolean;
  locked: boolean;
  merge?: { readonly at: Date; readonly by: Account; readonly sha: string };
  closedAt?: Date;
  readonly createdAt: Date;
  updatedAt: Date;
  readonly reviews: Review[];
  readonly threads: Thread[];
  readonly comments: IssueComment[];
}

export type ReviewState = "PENDING" | "COMMENTED" | "APPROVED" | "CHANGES_REQUESTED";

export interface Review {
  readonly id: number;
  readonly pull: Pull;
  readonly user: Account;
  body: string;
  readonly state: ReviewState;
  readonly commit: string;
  readonly submittedAt: Date;
}

/** What a thread is about: the whole file, or lines (1-based, inclusive) of one side of the diff at its commit. */
export type Subject =
  | { readonly kind: "file" }
  | {
      readonly kind: "lines";
      readonly side: Side;
      readonly line: number;
      readonly startLine?: number;
      readonly position: number;
    };

export interface Thread {
  readonly id: number;
  readonly pull: Pull;
  readonly path: string;
  readonly subject: Subject;
  /** The head for which the thread was started. */
  readonly commit: string;
  readonly diffHunk: string;
  /** Oldest first; never empty in a pull request. */
  readonly comments: ReviewComment[];
  resolvedBy?: Account | undefined;
}

export interface ReviewComment {
  readonly id: number;
  readonly thread: Thread;
  readonly review: Review;
  readonly user: Account;
  readonly inReplyTo?: number;
  body: string;
  readonly createdAt: Date;
  updatedAt: Date;
  readonly reactions: Reaction[];
}

export interface IssueComment {
  readonly id: number;
  readonly pull: Pull;
  readonly user: Account;
  body: string;
  readonly createdAt: Date;
  updatedAt: Date;
  readonly reactions: Reaction[];
}

export const reactionContents = [
  "+1",
  "-1",
  "laugh",
  "confused",
  "heart",
  "hooray",
  "rocket",
  "eyes",
] as const;
export type ReactionContent = (typeof reactionContents)[number];

export interface Reaction {
  readonly id: number;
  readonly user: Account;
  readonly content: ReactionContent;
  readonly createdAt: Date;
}

export type CheckStatus = "queued" | "in_progress" | "completed";
export type CheckConclusion =
  | "action_required"
  | "cancelled"
  | "failure"
  | "neutral"
  | "success"
  | "skipped"
  | "stale"
  | "timed_out";

/** As the API takes it: lines and columns are 1-based and inclusive. */
export interface CheckAnnotation {
  readonly path: string;
  readonly start_line: number;
  readonly end_line: number;
  readonly start_column?: number;
  readonly end_column?: number;
  readonly annotation_level: "notice" | "warning" | "failure";
  readonly message: string;
  readonly title?: string;
  readonly raw_details?: string;
}

export interface CheckAction {
  readonly label: string;
  readonly description: string;
  readonly identifier: string;
}

export interface CheckRun {
  readonly id: number;
  readonly suiteId: number;
  readonly repository: Repository;
  readonly headSha: string;
  name: string;
  status: CheckStatus;
  conclusion: CheckConclusion | null;
  startedAt: string | null;
  completedAt: string | null;
  externalId: string | null;
  detailsUrl: string | null;
  title: string | null;
  summary: string | null;
  text: string | null;
  readonly annotations: CheckAnnotation[];
  actions: readonly CheckAction[];
}

export interface Sarif {
  readonly id: string;
  readonly commit: string;
  readonly ref: string;
  /** As sent: gzipped, then base64. */
  readonly sarif: string;
}

/** Numbers at which GitHub stops; smaller ones make a test of a limit cheap. Sources: GitHub's REST documentation. */
export interface Limits {
  /** Rows of `GET pulls/{n}/files`. */
  readonly pullFiles: number;
  /** Files and lines above which the diff media type answers 406. */
  readonly diffFiles: number;
  readonly diffLines: number;
  /** Bytes above which a file of a diff comes without its patch. */
  readonly patchBytes: number;
  /** Entries of a recursive tree before it is truncated. */
  readonly treeEntries: number;
  /** Bytes above which the contents API has no content unless asked for raw. */
  readonly contentBytes: number;
  /** Requests per installation and hour. */
  readonly requestsPerHour: number;
}

export const githubLimits: Limits = {
  pullFiles: 3_000,
  diffFiles: 300,
  diffLines: 20_000,
  patchBytes: 500 * 1024,
  treeEntries: 100_000,
  contentBytes: 1024 * 1024,
  requestsPerHour: 5_000,
};

/** Something happened that GitHub tells by webhook. `payload` lacks what every event has: that is added on the way. */
export interface Happening {
  readonly event: string;
  readonly action?: string;
  readonly repository?: Repository;
  readonly installation?: Installation;
  readonly sender: Account;
  readonly payload: Readonly<Record<string, unknown>>;
}

export interface World {
  /** "http://127.0.0.1:PORT": where the API and the "web pages" are. */
  url: string;
  readonly app: App;
  readonly accounts: Account[];
  readonly repositories: Repository[];
  readonly installations: Installation[];
  readonly tokens: Map<string, AccessToken>;
  readonly limits: Limits;
  /** Requests used, by who asks. */
  readonly usage: Map<string, { used: number; resetAt: Date }>;
  /** The next id; ids are unique over all kinds of things. */
  nextId(): number;
  /** The fake's clock. */
  now(): Date;
  happen(happening: Happening): void;
}

/** An opaque id as GraphQL has it, for instance "PRRT_kgDOAAAAKg". */
export function nodeId(prefix: string, id: number): string {
  return `${prefix}_${Buffer.from(`kgDO:${id}`).toString("base64url")}`;
}

export const fullName = (repository: Repository): string => `${repository.owner.login}/${repository.name}`;

/** A repository by owner and name, in any case; a former name is not followed here. */
export function findRepository(world: World, owner: string, name: string): Repository | undefined {
  const wanted = `${owner}/${name}`.toLowerCase();
  return world.repositories.find((repository) => fullName(repository).toLowerCase() === wanted);
}

export function findAccount(world: World, login: string): Account | undefined {
  return world.accounts.find((account) => account.login.toLowerCase() === login.toLowerCase());
}

/** The installation that covers `repository`; undefined when the app is not installed there. */
export function installationOf(world: World, repository: Repository): Installation | undefined {
  return world.installations.find(
    ({ account, selection }) =>
      account.id === repository.owner.id && (selection === "all" || selection.has(repository.id)),
  );
}
