// graphile-worker's own tables: brought up to date by its own migrations, and known in exactly one version.
import { Logger, runMigrations } from "graphile-worker";
import type { Postgres } from "../store/postgres.js";
import { INDEX } from "./postgres-statements.js";

/** The last migration of graphile-worker that postgres-statements.ts was written for. */
const KNOWN_MIGRATION = 18;

/** Processes that start together migrate one after the other. Any number that nobody else locks. */
const MIGRATION_LOCK = 0x0109705f;

/** @throws Error when a newer graphile-worker has changed the tables */
export async function migrateJobs(postgres: Postgres): Promise<void> {
  await postgres.transaction(async (sql) => {
    await sql.rows("SELECT pg_advisory_xact_lock($1)", [MIGRATION_LOCK]);
    await runMigrations({ pgPool: postgres.pool, logger: new Logger(() => () => undefined) });
    await postgres.rows(INDEX);
  });
  const [row] = await postgres.rows<{ id: number }>("SELECT max(id) AS id FROM graphile_worker.migrations");
  if (row!.id > KNOWN_MIGRATION) {
    throw new Error(
      `graphile-worker's tables are at migration ${row!.id}; this Hognose knows ${KNOWN_MIGRATION} at most`,
    );
  }
}
