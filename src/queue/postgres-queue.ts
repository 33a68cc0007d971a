// The shared queue: jobs are graphile-worker's, put in by its add_job and to be seen and mended with its tools. Which
// job goes next, for how long and how it ends is decided here: graphile-worker gives a dead worker's job back after four
// hours only, locks every queue to pick one job, and knows neither heartbeats nor fairness.
import { randomUUID } from "node:crypto";
import type { Postgres } from "../store/postgres.js";
import type { Sql } from "../store/sql.js";
import { migrateJobs } from "./graphile.js";
import { listenForJobs } from "./postgres-bell.js";
import * as text from "./postgres-statements.js";
import {
  backOff,
  type ClaimedJob,
  DELIVERY_MEMORY,
  type Enqueued,
  type Hold,
  type JobQueue,
  type NewJob,
  type QueueOptions,
  type QueueStats,
  queueOptions,
  storedWishes,
  workerDied,
} from "./queue.js";

/** How often a job is put in again that was claimed in the very moment in which it was to be replaced. */
const ENQUEUE_ATTEMPTS = 10;
/** How often deliveries are forgotten that are too old, in milliseconds. */
const FORGET_EVERY = 60_000;

/** @throws StoreUnavailable; Error when the database was written by a newer graphile-worker */
export async function openPostgresQueue(
  postgres: Postgres,
  options: Partial<QueueOptions> = {},
): Promise<JobQueue> {
  await migrateJobs(postgres);
  return postgresQueue(postgres, queueOptions(options));
}

function postgresQueue(postgres: Postgres, options: QueueOptions): JobQueue {
  const { leaseTime, maxAttempts, worker, lanes, now } = options;
  const stops: (() => Promise<void>)[] = [];
  let nextForget = 0;

  const claim = async (sql: Sql): Promise<ClaimedJob | undefined> => {
    const at = now();
    for (const abandoned of await sql.rows<text.AbandonedRow>(text.ABANDONED, [at])) {
      await giveUp(sql, abandoned, at);
    }
    const lease = randomUUID();
    const [row] = await sql.rows<text.ClaimedRow>(text.CLAIM, [at, worker, lanes, lease, at + leaseTime]);
    return row === undefined ? undefined : toClaimed(row, lease);
  };

  const giveUp = async (sql: Sql, { job, key, attempts, superseded }: text.AbandonedRow, at: number) => {
    await sql.rows(text.RELEASE, [job]);
    const error = workerDied(attempts);
    if (superseded) await drop(sql, job, key);
    else if (attempts >= maxAttempts) await bury(sql, job, error);
    else await sql.rows(text.WAIT, [job, attempts, at, error]);
  };

  /** Settles a job that is still ours. @returns undefined when it is not */
  const settle = <Result>(job: ClaimedJob, work: (sql: Sql, held: text.HeldRow) => Promise<Result>) =>
    postgres.transaction(async (sql) => {
      const [held] = await sql.rows<text.HeldRow>(text.HELD, [job.id, job.lease]);
      if (held === undefined) return undefined;
      await sql.rows(text.RELEASE, [job.id]);
      return work(sql, held);
    });

  return {
    async enqueue(job) {
      const at = now();
      if (at >= nextForget) {
        nextForget = at + FORGET_EVERY;
        await postgres.rows(text.FORGET, [at - DELIVERY_MEMORY]);
      }
      return enqueue(postgres, job, maxAttempts, at);
    },
    claim: () => postgres.transaction(claim),
    async heartbeat(job): Promise<Hold> {
      const [row] = await postgres.rows<{ superseded: boolean }>(text.EXTEND, [
        job.id,
        job.lease,
        now() + leaseTime,
      ]);
      if (row === undefined) return "lost";
      return row.superseded ? "superseded" : "held";
    },
    async complete(job) {
      await postgres.rows(text.COMPLETE, [job.id, job.lease]);
    },
    async postpone(job, until, reason) {
      await settle(job, async (sql, { attempts, superseded }) => {
        if (superseded) await drop(sql, job.id, job.key);
        else await sql.rows(text.WAIT, [job.id, attempts - 1, until, reason]);
      });
    },
    async fail(job, error) {
      const end = await settle(job, async (sql, { attempts, superseded }) => {
        if (superseded) await drop(sql, job.id, job.key);
        else if (attempts >= maxAttempts) {
          await bury(sql, job.id, error);
          return "dead";
        } else await sql.rows(text.WAIT, [job.id, attempts, now() + backOff(attempts), error]);
        return "waiting";
      });
      return end ?? "waiting";
    },
    async pause(installation, until) {
      await postgres.rows(text.PAUSE, [installation, until]);
    },
    holds: async (key) => (await postgres.rows(text.LIVE, [key])).length > 0,
    dead: () => postgres.rows(text.DEAD),
    async stats() {
      const [row] = await postgres.rows<QueueStats>(text.STATS, [now()]);
      return row!;
    },
    listen(wake) {
      stops.push(listenForJobs(postgres.pool, wake));
    },
    async close() {
      for (const stop of stops.splice(0)) await stop();
    },
  };
}

async function enqueue(sql: Sql, job: NewJob, maxAttempts: number, at: number): Promise<Enqueued> {
  const { key, installation, priority, payload, delivery } = job;
  const stored = JSON.stringify({ key, installation, payload });
  for (let attempt = 1; attempt <= ENQUEUE_ATTEMPTS; attempt++) {
    const [row] = await sql.rows<text.EnqueuedRow>(text.ENQUEUE, [
      delivery ?? null,
      key,
      stored,
      -priority,
      maxAttempts,
      at,
      storedWishes(job.wishes),
    ]);
    if (row!.suppressed) return "suppressed";
    if (row!.job !== null) return row!.replaced ? "replaced" : "queued";
  }
  throw new Error(`the job ${key} could not be put in`);
}

/** A newer job of the key waits: it answers for this one. */
async function drop(sql: Sql, job: number, key: string): Promise<void> {
  await sql.rows(text.HAND_OVER, [job, key]);
  await sql.rows(text.REMOVE, [job]);
}

/** A dead job's deliveries are forgotten: GitHub may deliver them again. */
async function bury(sql: Sql, job: number, error: string): Promise<void> {
  await sql.rows(text.DROP_DELIVERIES, [job]);
  await sql.rows(text.BURY, [job, error]);
}

function toClaimed(row: text.ClaimedRow, lease: string): ClaimedJob {
  const { id, key, payload, wishes, installation } = row;
  return {
    id,
    key,
    payload,
    wishes,
    installation,
    attempt: row.attempts,
    lastError: row.last_error ?? undefined,
    queuedAt: row.queued_at,
    lease,
  };
}
