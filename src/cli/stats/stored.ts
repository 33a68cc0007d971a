// The outcomes in the app's own database: the shared one where DATABASE_URL is set, else the file in the data folder.
import { existsSync } from "node:fs";
import { join } from "node:path";
import { openDatabase } from "../../store/database.js";
import { type Outcome, openOutcomes } from "../../store/outcomes.js";
import { sqliteSql } from "../../store/sql.js";

/** There is no database of the app; the message is one line. */
export class NoDatabase extends Error {}

/**
 * @param environment of the process: the variables of the app
 * @throws NoDatabase, StoreUnavailable
 */
export async function storedOutcomes(
  environment: Readonly<Record<string, string | undefined>>,
  since: number,
): Promise<readonly Outcome[]> {
  const { DATABASE_URL: url, HOGNOSE_DATA: folder } = environment;
  if (url) return sharedOutcomes(url, since);
  const file = join(folder || "data", "hognose.db");
  if (!existsSync(file))
    throw new NoDatabase(`there is no ${file}: set HOGNOSE_DATA or DATABASE_URL as for the app`);
  const database = openDatabase(file);
  try {
    return await openOutcomes(sqliteSql(database)).list(since);
  } finally {
    database.close();
  }
}

async function sharedOutcomes(url: string, since: number): Promise<readonly Outcome[]> {
  // Loaded only where it is used.
  const { openPostgres } = await import("../../store/postgres.js");
  const postgres = await openPostgres(url, { connections: 1, onBroken: () => undefined });
  try {
    return await openOutcomes(postgres).list(since);
  } finally {
    await postgres.close();
  }
}
