// The shared database: any number of processes on one PostgreSQL, always at the newest schema.
import pg from "pg";
import { POSTGRES_MIGRATIONS } from "./postgres-migrations.js";
import { type Sql, StoreUnavailable } from "./sql.js";

export interface Postgres extends Sql {
  readonly pool: pg.Pool;
  /** Runs `work` in one transaction; what it throws rolls back. @throws StoreUnavailable */
  transaction<Result>(work: (sql: Sql) => Promise<Result>): Promise<Result>;
  close(): Promise<void>;
}

export interface PostgresOptions {
  /** Most connections at once. */
  readonly connections: number;
  /** Called when a connection breaks that nobody uses; the next statement opens another. */
  readonly onBroken: (error: Error) => void;
}

/** The schema that holds all tables of Hognose; graphile-worker has its own beside it. */
const SCHEMA = "hognose";
/** How long to wait for a connection, in milliseconds. */
const CONNECT_TIME = 10_000;
/** How long one statement may take, in milliseconds. */
const STATEMENT_TIME = 30_000;
/** Makes processes that start together migrate one after the other. Any number that nobody else locks. */
const MIGRATION_LOCK = 0x0109705e;

/**
 * Connects, and brings the schema up to date.
 * @param url "postgres://user:password@host:port/database"
 * @throws StoreUnavailable; Error when the database was written by a newer version of Hognose
 */
export async function openPostgres(
  url: string,
  options: PostgresOptions,
  migrations: readonly string[] = POSTGRES_MIGRATIONS,
): Promise<Postgres> {
  const pool = new pg.Pool({
    connectionString: url,
    max: options.connections,
    connectionTimeoutMillis: CONNECT_TIME,
    statement_timeout: STATEMENT_TIME,
    application_name: SCHEMA,
    options: `-c search_path=${SCHEMA}`,
    types: { getTypeParser },
  });
  pool.on("error", options.onBroken);
  const postgres = overPool(pool);
  try {
    await migrate(postgres, migrations);
  } catch (error) {
    await pool.end();
    throw error;
  }
  return postgres;
}

function overPool(pool: pg.Pool): Postgres {
  return {
    pool,
    rows: (text, values = []) => ask(pool, text, values),
    async transaction(work) {
      const client = await pool.connect().catch(unavailable);
      // Without a listener an error while no statement runs would end the process; the next statement tells of it.
      const ignore = (): void => {};
      client.on("error", ignore);
      let broken: Error | undefined;
      try {
        await ask(client, "BEGIN", []);
        const result = await work({ rows: (text, values = []) => ask(client, text, values) });
        await ask(client, "COMMIT", []);
        return result;
      } catch (error) {
        broken = await rollBack(client, error);
        throw error;
      } finally {
        client.off("error", ignore);
        client.release(broken);
      }
    },
    close: () => pool.end(),
  };
}

/** @returns the error that makes the connection useless, if it is */
async function rollBack(client: pg.PoolClient, error: unknown): Promise<Error | undefined> {
  if (error instanceof StoreUnavailable) return error;
  try {
    await client.query("ROLLBACK");
    return undefined;
  } catch (failure) {
    return failure as Error;
  }
}

async function ask<Row>(
  on: pg.Pool | pg.PoolClient,
  text: string,
  values: readonly unknown[],
): Promise<readonly Row[]> {
  const { rows } = await on.query({ text, values: [...values] }).catch(unavailable);
  return rows as Row[];
}

/** Connection lost or refused, server going down or coming up, out of connections or of memory. */
const PASSING = /^(08|57P|53)|^E(CONN|PIPE|TIMEDOUT|HOST|NET|AI_AGAIN)|^ENOTFOUND$/;
const LOST = /^(Connection terminated|timeout exceeded when trying to connect|Client has encountered)/;

function unavailable(error: unknown): never {
  const { code = "", message = "" } = error as { code?: string; message?: string };
  if (!PASSING.test(code) && !LOST.test(message)) throw error;
  throw new StoreUnavailable(`PostgreSQL cannot be reached: ${message || code}`, { cause: error });
}

async function migrate(postgres: Postgres, migrations: readonly string[]): Promise<void> {
  await postgres.transaction(async (sql) => {
    await sql.rows("SELECT pg_advisory_xact_lock($1)", [MIGRATION_LOCK]);
    await sql.rows(`CREATE SCHEMA IF NOT EXISTS ${SCHEMA}`);
    await sql.rows(
      "CREATE TABLE IF NOT EXISTS migrations (version INTEGER PRIMARY KEY, applied_at TIMESTAMPTZ NOT NULL)",
    );
    const [row] = await sql.rows<{ version: number }>(
      "SELECT coalesce(max(version), 0) AS version FROM migrations",
    );
    const version = row!.version;
    if (version > migrations.length) {
      throw new Error(
        `the database has schema version ${version}; this Hognose knows ${migrations.length} at most`,
      );
    }
    for (let next = version; next < migrations.length; next++) {
      await sql.rows(migrations[next]!);
      await sql.rows("INSERT INTO migrations VALUES ($1, now())", [next + 1]);
    }
  });
}

/** PostgreSQL's 64-bit integers as numbers: ids and milliseconds are far below 2^53. */
function getTypeParser(id: number, format?: "text" | "binary") {
  if (id === pg.types.builtins.INT8) return Number;
  return pg.types.getTypeParser(id, format as "text");
}
