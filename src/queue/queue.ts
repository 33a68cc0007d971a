// The port between webhooks and workers. A job that was accepted is done, dead with its reason, or still here.

export interface NewJob {
  /** What the job is about. At most one job of a key waits and at most one runs; of those that wait the latest wins. */
  readonly key: string;
  /** Any JSON value. */
  readonly payload: unknown;
  /** Larger goes first. */
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
  /** How long the oldest job that could run has waited, in milliseconds; 0 when none waits. */
  readonly oldestReady: number;
}

export interface JobQueue {
  /** Durable when the promise resolves. */
  enqueue(job: NewJob): Promise<Enqueued>;
  /** The next job that may run now, for `leaseTime`; undefined when there is none. */
  claim(): Promise<ClaimedJob | undefined>;
  /** Extends the lease. */
  heartbeat(job: ClaimedJob): Promise<Hold>;
  complete(job: ClaimedJob): Promise<void>;
  /** Gives the job back until `until` (milliseconds since 1970) without counting the attempt. */
  postpone(job: ClaimedJob, until: number, reason: string): Promise<void>;
  /** Counts the attempt: the job waits for its back-off, or is dead when it has had its last attempt. */
  fail(job: ClaimedJob, error: string): Promise<"waiting" | "dead">;
  dead(): Promise<readonly DeadJob[]>;
  stats(): Promise<QueueStats>;
}

export interface QueueOptions {
  /** After this many milliseconds without a heartbeat a job belongs to nobody. */
  readonly leaseTime: number;
  /** A job that has failed this often is dead. */
  readonly maxAttempts: number;
  /** Milliseconds since 1970. */
  readonly now: () => number;
}

export const DEFAULT_QUEUE_OPTIONS: QueueOptions = { leaseTime: 30_000, maxAttempts: 20, now: Date.now };

/** How long GitHub can redeliver a webhook (3 days), with room to spare, in milliseconds. */
export const DELIVERY_MEMORY = 7 * 24 * 3600 * 1000;

/** Milliseconds to wait after the `attempt`th failure: 5 s, doubled each time, at most an hour. */
export function backOff(attempt: number): number {
  return Math.min(5000 * 2 ** (attempt - 1), 3_600_000);
}
