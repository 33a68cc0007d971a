// The port between webhooks and workers. A job that was accepted is done, dead with its reason, or still here.
import { randomUUID } from "node:crypto";

export interface NewJob {
  /** What the job is about. At most one job of a key waits and at most one runs; of those that wait the latest wins. */
  readonly key: string;
  /** Any JSON value. */
  readonly payload: unknown;
  /** What somebody has asked for beside, in words: a newer job of the key that answers for this one has it, too. */
  readonly wishes?: readonly string[];
  /** GitHub's id of the installation: of equal priority, the one goes first that was served longest ago. */
  readonly installation: number;
  /** Larger goes first, from -100 to 100. */
  readonly priority: number;
  /** GitHub's X-GitHub-Delivery: a GUID that is waiting, running or done is not accepted twice. */
  readonly delivery?: string;
}

/** `replaced`: a job of the same key waited, and is now this one. `suppressed`: this delivery is already taken care of. */
export type Enqueued = "queued" | "replaced" | "suppressed";

/** A job in the hands of one worker until its lease ends. */
export interface ClaimedJob {
  readonly id: number;
  readonly key: string;
  readonly payload: unknown;
  /** Its own, and those of the jobs that it answers for; each once. */
  readonly wishes: readonly string[];
  readonly installation: number;
  /** Counts from 1; a claim whose worker died counts, a postponed one does not. */
  readonly attempt: number;
  /** Why the attempt before this one failed. */
  readonly lastError: string | undefined;
  /** Milliseconds since 1970. */
  readonly queuedAt: number;
  /** Proof of the claim. */
  readonly lease: string;
}

/** `superseded`: a newer job of the same key waits. `lost`: the lease ended and the job is no longer ours. */
export type Hold = "held" | "superseded" | "lost";

interface DeadJob {
  readonly key: string;
  readonly payload: unknown;
  readonly attempts: number;
  readonly error: string;
}

export interface QueueStats {
  readonly waiting: number;
  readonly running: number;
  readonly dead: number;
  /** How long the oldest job that could run has waited, in milliseconds; 0 when none could. */
  readonly oldestReady: number;
}

export interface JobQueue {
  /** Durable when the promise resolves. */
  enqueue(job: NewJob): Promise<Enqueued>;
  /**
   * The next job that may run now, for `leaseTime`; undefined when there is none. Nothing of an installation that is
   * paused, or that has its share of this worker's lanes already.
   */
  claim(): Promise<ClaimedJob | undefined>;
  /** Extends the lease. */
  heartbeat(job: ClaimedJob): Promise<Hold>;
  complete(job: ClaimedJob): Promise<void>;
  /**
   * Gives the job back until `until` (milliseconds since 1970) without counting the attempt. One that is superseded does
   * not come back, here as when it fails: the newer one answers for it.
   */
  postpone(job: ClaimedJob, until: number, reason: string): Promise<void>;
  /** No job of the installation is handed out until `until` (milliseconds since 1970); the later of two counts. */
  pause(installation: number, until: number): Promise<void>;
  /** Counts the attempt: the job waits for its back-off, or is dead when it has had its last attempt. */
  fail(job: ClaimedJob, error: string): Promise<"waiting" | "dead">;
  /** Whether a job of this key waits or runs. */
  holds(key: string): Promise<boolean>;
  dead(): Promise<readonly DeadJob[]>;
  stats(): Promise<QueueStats>;
  /** Calls `wake` soon after another process has added a job, as far as the adapter can know. */
  listen(wake: () => void): void;
  /** Ends what the queue itself has opened; not the database that it was given. */
  close(): Promise<void>;
}

export interface QueueOptions {
  /** After this many milliseconds without a heartbeat a job belongs to nobody. */
  readonly leaseTime: number;
  /** A job that has failed this often is dead. */
  readonly maxAttempts: number;
  /** Names this worker among all that share the queue. */
  readonly worker: string;
  /**
   * How many jobs this worker runs at once. Of one installation it takes no more than half of what the others leave free
   * (of 8 lanes 4, the next installation 2, then 1): those for which GitHub hangs must not hold all of them.
   */
  readonly lanes: number;
  /** Milliseconds since 1970. */
  readonly now: () => number;
}

export function queueOptions(options: Partial<QueueOptions>): QueueOptions {
  const defaults = { leaseTime: 30_000, maxAttempts: 20, lanes: 1_000_000, now: Date.now };
  return { worker: randomUUID(), ...defaults, ...options };
}

/** How long GitHub can redeliver a webhook (3 days), with room to spare, in milliseconds. */
export const DELIVERY_MEMORY = 7 * 24 * 3600 * 1000;

/** Milliseconds to wait after the `attempt`th failure: 5 s, doubled each time, at most an hour. */
export function backOff(attempt: number): number {
  return Math.min(5000 * 2 ** (attempt - 1), 3_600_000);
}

/** The error of an attempt that ended with its worker. */
export function workerDied(attempt: number): string {
  return `${WORKER_DIED} ${attempt}`;
}

const WORKER_DIED = "the worker died in attempt";

/** @param error of the last attempt */
export function isWorkerDeath(error: string | undefined): boolean {
  return error?.startsWith(WORKER_DIED) === true;
}

/** Wishes as they are stored, in JSON: an object, so that databases can join two of them. */
export function storedWishes(words: readonly string[] = []): string {
  return JSON.stringify(Object.fromEntries(words.map((word) => [word, true])));
}
