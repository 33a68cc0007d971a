// The embedded queue: one table, short immediate transactions, any number of processes on one file.
import { randomUUID } from "node:crypto";
import type { Connection } from "../store/database.js";
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
import { type JobRow, prepareStatements, type Statements } from "./sqlite-statements.js";

export function sqliteQueue(database: Connection, options: Partial<QueueOptions> = {}): JobQueue {
  const { leaseTime, maxAttempts, worker, lanes, now } = queueOptions(options);
  const sql = prepareStatements(database);

  const enqueue = database.transaction((job: NewJob): Enqueued => {
    const at = now();
    sql.forgetDeliveries.run(at - DELIVERY_MEMORY);
    if (job.delivery !== undefined && sql.findDelivery.get(job.delivery) !== undefined) return "suppressed";
    const { key, installation, priority } = job;
    const stored = { payload: JSON.stringify(job.payload), wishes: storedWishes(job.wishes) };
    const values = { key, ...stored, installation, priority, at };
    const replaced = sql.replaceWaiting.get(values);
    const id = replaced ?? sql.insert.get(values)!;
    if (job.delivery !== undefined) sql.insertDelivery.run(job.delivery, id, at);
    return replaced === undefined ? "queued" : "replaced";
  });

  const claim = database.transaction((): ClaimedJob | undefined => {
    const at = now();
    for (const abandoned of sql.abandoned.all(at)) {
      const error = workerDied(abandoned.attempts);
      if (abandoned.attempts >= maxAttempts) bury(sql, abandoned.id, error);
      else putBack(sql, abandoned, { attempts: abandoned.attempts, readyAt: at, error });
    }
    const row = sql.next.get({ at, worker, lanes });
    if (row === undefined) return undefined;
    const lease = randomUUID();
    sql.take.run({ id: row.id, lease, ends: at + leaseTime, worker });
    sql.serve.run(row.installation);
    return toClaimed({ ...row, attempts: row.attempts + 1, lease });
  });

  const heartbeat = database.transaction((job: ClaimedJob): Hold => {
    const held = sql.extend.run({ id: job.id, lease: job.lease, ends: now() + leaseTime }).changes > 0;
    if (!held) return "lost";
    return sql.findWaiting.get(job.key) === undefined ? "held" : "superseded";
  });

  const complete = database.transaction((job: ClaimedJob): void => {
    if (sql.held.get(job.id, job.lease) === undefined) return;
    sql.settleDeliveries.run(job.id);
    sql.remove.run(job.id);
  });

  const postpone = database.transaction((job: ClaimedJob, until: number, reason: string): void => {
    const row = sql.held.get(job.id, job.lease);
    if (row !== undefined) putBack(sql, row, { attempts: row.attempts - 1, readyAt: until, error: reason });
  });

  const fail = database.transaction((job: ClaimedJob, error: string): "waiting" | "dead" => {
    const row = sql.held.get(job.id, job.lease);
    if (row === undefined) return "waiting";
    if (row.attempts < maxAttempts) {
      putBack(sql, row, { attempts: row.attempts, readyAt: now() + backOff(row.attempts), error });
      return "waiting";
    }
    bury(sql, row.id, error);
    return "dead";
  });

  return {
    enqueue: async (job) => enqueue.immediate(job),
    claim: async () => claim.immediate(),
    heartbeat: async (job) => heartbeat.immediate(job),
    complete: async (job) => complete.immediate(job),
    postpone: async (job, until, reason) => postpone.immediate(job, until, reason),
    fail: async (job, error) => fail.immediate(job, error),
    pause: async (installation, until) => void sql.pause.run(installation, until),
    holds: async (key) => sql.findLive.get(key) !== undefined,
    dead: async () =>
      sql.dead.all().map((row) => ({
        key: row.key,
        payload: JSON.parse(row.payload),
        attempts: row.attempts,
        error: row.last_error ?? "",
      })),
    stats: async () => stats(sql, now()),
    // Other processes are not heard of: who waits looks again by itself.
    listen: () => undefined,
    close: async () => undefined,
  };
}

/** Makes a running job wait again, unless a newer one of its key does: then that one answers for it. */
function putBack(
  sql: Statements,
  row: JobRow,
  next: { readonly attempts: number; readonly readyAt: number; readonly error: string },
): void {
  const newer = sql.findWaiting.get(row.key);
  if (newer === undefined) {
    sql.wait.run({ id: row.id, ...next });
    return;
  }
  sql.moveDeliveries.run(newer, row.id);
  sql.addWishes.run(row.wishes, newer);
  sql.remove.run(row.id);
}

/** A dead job's deliveries are forgotten: GitHub may deliver them again. */
function bury(sql: Statements, id: number, error: string): void {
  sql.dropDeliveries.run(id);
  sql.bury.run(error, id);
}

function stats(sql: Statements, at: number): QueueStats {
  const counts = new Map(sql.count.all().map((row) => [row.state, row.jobs]));
  const oldest = sql.oldestReady.get({ at });
  return {
    waiting: counts.get("waiting") ?? 0,
    running: counts.get("running") ?? 0,
    dead: counts.get("dead") ?? 0,
    oldestReady: oldest == null ? 0 : at - oldest,
  };
}

function toClaimed(row: JobRow & { readonly lease: string }): ClaimedJob {
  return {
    id: row.id,
    key: row.key,
    payload: JSON.parse(row.payload),
    wishes: Object.keys(JSON.parse(row.wishes)),
    installation: row.installation,
    attempt: row.attempts,
    lastError: row.last_error ?? undefined,
    queuedAt: row.queued_at,
    lease: row.lease,
  };
}
