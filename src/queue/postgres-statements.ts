// The SQL of the shared queue. A job is a row of graphile-worker: waiting while nobody has locked it, running while it is
// locked and has a lease of ours, dead when its attempts are used up. Putting in a job whose key is running takes the key
// away from the running one (add_job does that): so a running job without key is superseded. Times are milliseconds.

const JOBS = "graphile_worker._private_jobs";
/** The payload that was put in stands in an envelope: the key must outlive add_job's taking it away. */
const ENVELOPE = `jsonb_build_object('key', $2::text, 'queuedAt', coalesce(least(waiting.queued_at, $6), $6),
  'wishes', coalesce(waiting.wishes, '{}') || $7::jsonb)`;
const timestamp = (value: string) => `to_timestamp(${value}::double precision / 1000)`;
/** Of the row of this name: an object that has each as a key. Jobs of earlier versions have none. */
const wishes = (row: string) => `coalesce((${row}.payload -> 'wishes')::jsonb, '{}')`;
const milliseconds = (value: string) => `(extract(epoch FROM ${value}) * 1000)::bigint`;

export interface EnqueuedRow {
  readonly suppressed: boolean;
  /** NULL: the job to be replaced was claimed in this very moment, and nothing was done. */
  readonly job: number | null;
  readonly replaced: boolean;
}

/**
 * $1 delivery, $2 key, $3 payload, $4 priority (smaller goes first), $5 most attempts, $6 now, $7 wishes. Locks the job
 * that has the key, so that what it is replaced with is made of what it is then.
 */
export const ENQUEUE = `
  WITH known AS (SELECT 1 FROM deliveries WHERE guid = $1::text),
  present AS (
    SELECT is_available, priority, (payload ->> 'queuedAt')::bigint AS queued_at, ${wishes("jobs")} AS wishes
    FROM ${JOBS} AS jobs WHERE key = $2 FOR UPDATE
  ),
  waiting AS (SELECT present.* FROM (SELECT 1) AS one LEFT JOIN present ON is_available),
  added AS (
    SELECT made.id AS job
    FROM waiting
    CROSS JOIN LATERAL graphile_worker.add_job(
      'hognose',
      ($3::jsonb || ${ENVELOPE})::json,
      run_at => ${timestamp("$6::bigint")},
      max_attempts => $5::int,
      job_key => $2,
      priority => least($4::int, waiting.priority::int)
    ) AS made
    WHERE NOT EXISTS (SELECT 1 FROM known)
  ),
  noted AS (
    INSERT INTO deliveries SELECT $1, job, $6 FROM added WHERE $1 IS NOT NULL AND job IS NOT NULL
    ON CONFLICT DO NOTHING
  )
  SELECT EXISTS (SELECT 1 FROM known) AS suppressed, (SELECT job FROM added) AS job,
    (SELECT priority IS NOT NULL FROM waiting) AS replaced`;

export interface AbandonedRow {
  readonly job: number;
  readonly key: string;
  readonly attempts: number;
  readonly superseded: boolean;
}

/** $1 now */
export const ABANDONED = `
  SELECT leases.job, leases.key, jobs.attempts::int AS attempts, jobs.key IS NULL AS superseded
  FROM leases JOIN ${JOBS} AS jobs ON jobs.id = leases.job
  WHERE leases.ends < $1 FOR UPDATE SKIP LOCKED`;

export interface ClaimedRow {
  readonly id: number;
  readonly key: string;
  readonly installation: number;
  readonly payload: unknown;
  readonly wishes: readonly string[];
  readonly attempts: number;
  readonly last_error: string | null;
  readonly queued_at: number;
}

const INSTALLATION = "((payload ->> 'installation')::bigint)";

/** So that a claim looks at a few jobs of each installation, however many wait. */
export const INDEX = `
  CREATE INDEX IF NOT EXISTS hognose_jobs ON ${JOBS} (${INSTALLATION}, priority, run_at, id) WHERE is_available`;

/** Claims at the same moment skip each other's jobs: so many of them find one each. */
const CANDIDATES = 32;

/**
 * $1 now, $2 worker, $3 its lanes, $4 lease, $5 its end. Goes from installation to installation in the
 * index, takes the first jobs of each, and of those the first that nobody else takes in this moment.
 */
export const CLAIM = `
  WITH RECURSIVE having_jobs (installation) AS (
    (SELECT ${INSTALLATION} FROM ${JOBS} WHERE is_available ORDER BY 1 LIMIT 1)
    UNION ALL
    SELECT (SELECT ${INSTALLATION} FROM ${JOBS}
            WHERE is_available AND ${INSTALLATION} > having_jobs.installation ORDER BY 1 LIMIT 1)
    FROM having_jobs WHERE having_jobs.installation IS NOT NULL
  ),
  candidates AS (
    SELECT first.id, having_jobs.installation,
      row_number() OVER (ORDER BY first.priority, coalesce(turns.turn, 0), first.run_at, first.id) AS place
    FROM having_jobs
    LEFT JOIN turns USING (installation)
    CROSS JOIN LATERAL (
      SELECT id, priority, run_at FROM ${JOBS} AS jobs
      WHERE is_available AND ${INSTALLATION} = having_jobs.installation
        AND run_at <= ${timestamp("$1::bigint")}
        AND NOT EXISTS (SELECT 1 FROM leases WHERE leases.key = jobs.key)
      ORDER BY priority, run_at, id LIMIT ${CANDIDATES}
    ) AS first
    WHERE coalesce(turns.paused_until, 0) <= $1
      AND (SELECT count(*) + count(*) FILTER (WHERE leases.installation = having_jobs.installation)
           FROM leases WHERE leases.worker = $2) < $3::bigint
    ORDER BY place LIMIT ${CANDIDATES}
  ),
  due AS (
    SELECT jobs.id, jobs.key, candidates.installation
    FROM ${JOBS} AS jobs JOIN candidates USING (id)
    WHERE jobs.is_available
    ORDER BY candidates.place LIMIT 1 FOR UPDATE OF jobs SKIP LOCKED
  ),
  leased AS (
    INSERT INTO leases (job, key, installation, worker, lease, ends)
    SELECT id, key, installation, $2, $4, $5 FROM due ON CONFLICT DO NOTHING
    RETURNING job, installation
  ),
  served AS (
    INSERT INTO turns (installation, turn) SELECT installation, nextval('turn_numbers') FROM leased
    ON CONFLICT (installation) DO UPDATE SET turn = excluded.turn
  )
  UPDATE ${JOBS} AS jobs
  SET locked_at = ${timestamp("$1::bigint")}, locked_by = $2, attempts = jobs.attempts + 1
  FROM leased WHERE jobs.id = leased.job
  RETURNING jobs.id, jobs.key, leased.installation, jobs.payload -> 'payload' AS payload,
    ARRAY(SELECT jsonb_object_keys(${wishes("jobs")})) AS wishes,
    jobs.attempts::int AS attempts, jobs.last_error, (jobs.payload ->> 'queuedAt')::bigint AS queued_at`;

/** $1 job, $2 lease, $3 its new end */
export const EXTEND = `
  UPDATE leases SET ends = $3 FROM ${JOBS} AS jobs
  WHERE leases.job = $1 AND leases.lease = $2 AND jobs.id = leases.job
  RETURNING jobs.key IS NULL AS superseded`;

/** $1 job, $2 lease */
export const COMPLETE = `
  WITH mine AS (DELETE FROM leases WHERE job = $1 AND lease = $2 RETURNING job),
  settled AS (UPDATE deliveries SET job = NULL FROM mine WHERE deliveries.job = mine.job)
  DELETE FROM ${JOBS} AS jobs USING mine WHERE jobs.id = mine.job`;

export interface HeldRow {
  readonly attempts: number;
  readonly superseded: boolean;
}

/** $1 job, $2 lease. Locks the job, so that nothing takes its place while it is settled. */
export const HELD = `
  SELECT jobs.attempts::int AS attempts, jobs.key IS NULL AS superseded
  FROM leases JOIN ${JOBS} AS jobs ON jobs.id = leases.job
  WHERE leases.job = $1 AND leases.lease = $2 FOR UPDATE`;

/** $1 job */
export const RELEASE = "DELETE FROM leases WHERE job = $1";

/** $1 job, $2 attempts, $3 when it may run, $4 why it waits */
export const WAIT = `
  UPDATE ${JOBS} SET locked_at = NULL, locked_by = NULL, attempts = $2, run_at = ${timestamp("$3::bigint")},
    last_error = $4 WHERE id = $1`;

/** $1 job, $2 its key: gives its wishes and deliveries to the job that waits under its key */
export const HAND_OVER = `
  WITH newer AS (
    UPDATE ${JOBS} AS jobs
    SET payload = (jobs.payload::jsonb || jsonb_build_object('wishes', ${wishes("jobs")} || ${wishes("older")}))::json
    FROM ${JOBS} AS older WHERE older.id = $1 AND jobs.key = $2
    RETURNING jobs.id
  )
  UPDATE deliveries SET job = newer.id FROM newer WHERE job = $1`;

/** $1 job */
export const REMOVE = `DELETE FROM ${JOBS} WHERE id = $1`;

/** $1 job */
export const DROP_DELIVERIES = "DELETE FROM deliveries WHERE job = $1";

/** $1 job, $2 why */
export const BURY = `
  UPDATE ${JOBS} SET locked_at = NULL, locked_by = NULL, attempts = max_attempts, last_error = $2 WHERE id = $1`;

/** $1 deliveries from before this are forgotten when they are done */
export const FORGET = "DELETE FROM deliveries WHERE job IS NULL AND seen_at < $1";

/** $1 installation, $2 until */
export const PAUSE = `
  INSERT INTO turns (installation, paused_until) VALUES ($1, $2)
  ON CONFLICT (installation) DO UPDATE SET paused_until = greatest(turns.paused_until, excluded.paused_until)`;

/** $1 key */
export const LIVE = `
  SELECT 1 AS live FROM leases WHERE key = $1 UNION SELECT 1 FROM ${JOBS} WHERE key = $1 AND is_available`;

const IS_DEAD = "locked_at IS NULL AND NOT is_available";

export const DEAD = `
  SELECT payload ->> 'key' AS key, payload -> 'payload' AS payload, attempts::int AS attempts,
    coalesce(last_error, '') AS error
  FROM ${JOBS} WHERE ${IS_DEAD} ORDER BY id`;

/** $1 now */
export const STATS = `
  SELECT count(*) FILTER (WHERE is_available)::int AS waiting,
    (SELECT count(*) FROM leases)::int AS running,
    count(*) FILTER (WHERE ${IS_DEAD})::int AS dead,
    coalesce($1 - min(greatest(${milliseconds("run_at")}, (payload ->> 'queuedAt')::bigint)) FILTER (
      WHERE is_available AND run_at <= ${timestamp("$1::bigint")} AND coalesce(paused_until, 0) <= $1
    ), 0) AS "oldestReady"
  FROM ${JOBS} LEFT JOIN turns ON installation = (payload ->> 'installation')::bigint`;
