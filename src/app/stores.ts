// Queue and store of the app: embedded in one file, or shared by any number of processes when DATABASE_URL is set.
import { join } from "node:path";
import type { Logger } from "pino";
import type { JobQueue, QueueOptions } from "../queue/queue.js";
import { sqliteQueue } from "../queue/sqlite-queue.js";
import { type Chores, openChores } from "../store/chores.js";
import { openDatabase } from "../store/database.js";
import { type Dismissals, openDismissals } from "../store/dismissals.js";
import { type LastReviews, openLastReviews } from "../store/last-reviews.js";
import { type Outcomes, openOutcomes } from "../store/outcomes.js";
import { openPauses, type Pauses } from "../store/pauses.js";
import { openRuns, type Runs } from "../store/runs.js";
import { type Sql, sqliteSql } from "../store/sql.js";
import type { Environment } from "./environment.js";
import { parseRemembered, type RememberedReview } from "./reviewing/remembered.js";

export interface Stores {
  readonly queue: JobQueue;
  readonly runs: Runs;
  readonly outcomes: Outcomes;
  readonly dismissals: Dismissals;
  readonly pauses: Pauses;
  readonly lastReviews: LastReviews<RememberedReview>;
  readonly chores: Chores;
  close(): Promise<void>;
}

/** Connections to PostgreSQL beyond one for each two lanes: to listen, for webhooks and for heartbeats. */
const SPARE_CONNECTIONS = 4;

/** @throws StoreUnavailable, or Error when a newer Hognose has written the database */
export async function openStores(
  environment: Environment,
  lanes: number,
  log: Logger,
  options: Partial<QueueOptions>,
): Promise<Stores> {
  return environment.databaseUrl === undefined
    ? openEmbedded(join(environment.dataFolder, "hognose.db"), options)
    : openShared(environment.databaseUrl, lanes, log, options);
}

function openEmbedded(file: string, options: Partial<QueueOptions>): Stores {
  const database = openDatabase(file);
  return overSql(sqliteSql(database), sqliteQueue(database, options), async () => void database.close());
}

async function openShared(
  url: string,
  lanes: number,
  log: Logger,
  options: Partial<QueueOptions>,
): Promise<Stores> {
  // Loaded only where it is used: it is a third of the app's memory.
  const [{ openPostgres }, { openPostgresQueue }] = await Promise.all([
    import("../store/postgres.js"),
    import("../queue/postgres-queue.js"),
  ]);
  const postgres = await openPostgres(url, {
    connections: Math.ceil(lanes / 2) + SPARE_CONNECTIONS,
    onBroken: (error) => log.warn({ err: error }, "a connection to PostgreSQL has ended"),
  });
  return overSql(postgres, await openPostgresQueue(postgres, options), postgres.close);
}

function overSql(sql: Sql, queue: JobQueue, closeDatabase: () => Promise<void>): Stores {
  return {
    queue,
    runs: openRuns(sql),
    outcomes: openOutcomes(sql),
    dismissals: openDismissals(sql),
    pauses: openPauses(sql),
    lastReviews: openLastReviews(sql, parseRemembered),
    chores: openChores(sql),
    async close() {
      await queue.close();
      await closeDatabase();
    },
  };
}
