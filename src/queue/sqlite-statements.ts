// The SQL of the embedded queue, prepared once. Times are milliseconds since 1970.
import type { Connection } from "../store/database.js";

export interface JobRow {
  readonly id: number;
  readonly key: string;
  readonly payload: string;
  readonly wishes: string;
  readonly installation: number;
  readonly attempts: number;
  readonly queued_at: number;
  readonly last_error: string | null;
}

interface NewRow {
  readonly key: string;
  readonly payload: string;
  readonly wishes: string;
  readonly installation: number;
  readonly priority: number;
  readonly at: number;
}

interface Claimant {
  readonly at: number;
  readonly worker: string;
  readonly lanes: number;
}

interface LeaseValues {
  readonly id: number;
  readonly lease: string;
  readonly ends: number;
}

export type Statements = ReturnType<typeof prepareStatements>;

export function prepareStatements(database: Connection) {
  return {
    ...jobStatements(database),
    ...deliveryStatements(database),
    count: database.prepare<[], { state: string; jobs: number }>(
      "SELECT state, count(*) AS jobs FROM jobs GROUP BY state",
    ),
    oldestReady: database
      .prepare<[{ at: number }], number | null>(
        `SELECT min(max(ready_at, queued_at)) FROM jobs LEFT JOIN turns USING (installation)
         WHERE state = 'waiting' AND ready_at <= @at AND coalesce(paused_until, 0) <= @at`,
      )
      .pluck(),
    dead: database.prepare<[], JobRow>("SELECT * FROM jobs WHERE state = 'dead' ORDER BY id"),
  };
}

function jobStatements(database: Connection) {
  return {
    insert: database
      .prepare<[NewRow], number>(
        `INSERT INTO jobs (key, payload, wishes, installation, priority, state, queued_at, ready_at)
         VALUES (@key, @payload, @wishes, @installation, @priority, 'waiting', @at, @at) RETURNING id`,
      )
      .pluck(),
    // The latest wins, but what was wished and urgent stays so, and the wait is counted from the first.
    replaceWaiting: database
      .prepare<[NewRow], number>(
        `UPDATE jobs SET payload = @payload, wishes = json_patch(wishes, @wishes), installation = @installation,
           priority = max(priority, @priority), attempts = 0, ready_at = @at, last_error = NULL
         WHERE key = @key AND state = 'waiting' RETURNING id`,
      )
      .pluck(),
    findLive: database
      .prepare<[string], number>("SELECT id FROM jobs WHERE key = ? AND state IN ('waiting', 'running')")
      .pluck(),
    findWaiting: database
      .prepare<[string], number>("SELECT id FROM jobs WHERE key = ? AND state = 'waiting'")
      .pluck(),
    abandoned: database.prepare<[number], JobRow>(
      "SELECT * FROM jobs WHERE state = 'running' AND lease_ends < ?",
    ),
    next: database.prepare<[Claimant], JobRow>(
      `SELECT job.* FROM jobs AS job LEFT JOIN turns ON turns.installation = job.installation
       WHERE job.state = 'waiting' AND job.ready_at <= @at AND coalesce(turns.paused_until, 0) <= @at
         AND NOT EXISTS (SELECT 1 FROM jobs AS other WHERE other.key = job.key AND other.state = 'running')
         AND (SELECT count(*) + count(*) FILTER (WHERE mine.installation = job.installation)
              FROM jobs AS mine WHERE mine.state = 'running' AND mine.worker = @worker) < @lanes
       ORDER BY job.priority DESC, coalesce(turns.turn, 0), job.ready_at, job.id LIMIT 1`,
    ),
    take: database.prepare<[LeaseValues & { worker: string }]>(
      `UPDATE jobs SET state = 'running', attempts = attempts + 1, lease = @lease, lease_ends = @ends,
         worker = @worker WHERE id = @id`,
    ),
    serve: database.prepare<[number]>(
      `INSERT INTO turns (installation, turn) VALUES (?, (SELECT coalesce(max(turn), 0) + 1 FROM turns))
       ON CONFLICT (installation) DO UPDATE SET turn = excluded.turn`,
    ),
    pause: database.prepare<[number, number]>(
      `INSERT INTO turns (installation, paused_until) VALUES (?, ?)
       ON CONFLICT (installation) DO UPDATE SET paused_until = max(paused_until, excluded.paused_until)`,
    ),
    extend: database.prepare<[LeaseValues]>(
      "UPDATE jobs SET lease_ends = @ends WHERE id = @id AND state = 'running' AND lease = @lease",
    ),
    held: database.prepare<[number, string], JobRow>(
      "SELECT * FROM jobs WHERE id = ? AND state = 'running' AND lease = ?",
    ),
    wait: database.prepare<[{ id: number; attempts: number; readyAt: number; error: string }]>(
      `UPDATE jobs SET state = 'waiting', attempts = @attempts, ready_at = @readyAt, last_error = @error,
         lease = NULL, lease_ends = NULL WHERE id = @id`,
    ),
    bury: database.prepare<[string, number]>(
      "UPDATE jobs SET state = 'dead', last_error = ?, lease = NULL, lease_ends = NULL WHERE id = ?",
    ),
    addWishes: database.prepare<[string, number]>(
      "UPDATE jobs SET wishes = json_patch(wishes, ?) WHERE id = ?",
    ),
    remove: database.prepare<[number]>("DELETE FROM jobs WHERE id = ?"),
  };
}

function deliveryStatements(database: Connection) {
  return {
    findDelivery: database.prepare<[string]>("SELECT 1 FROM deliveries WHERE guid = ?"),
    insertDelivery: database.prepare<[string, number, number]>("INSERT INTO deliveries VALUES (?, ?, ?)"),
    settleDeliveries: database.prepare<[number]>("UPDATE deliveries SET job = NULL WHERE job = ?"),
    moveDeliveries: database.prepare<[number, number]>("UPDATE deliveries SET job = ? WHERE job = ?"),
    dropDeliveries: database.prepare<[number]>("DELETE FROM deliveries WHERE job = ?"),
    forgetDeliveries: database.prepare<[number]>("DELETE FROM deliveries WHERE job IS NULL AND seen_at < ?"),
  };
}
