// The embedded database file: durable, safe with several processes, and always at the newest schema.
import { mkdirSync } from "node:fs";
import { dirname } from "node:path";
import Database from "better-sqlite3";
import { MIGRATIONS } from "./migrations.js";

export type Connection = Database.Database;

/** How long a writer waits for another process's transaction, in milliseconds. */
const BUSY_TIMEOUT = 10_000;

/**
 * Opens (and creates) the database and brings its schema up to date.
 * @param file a path, or ":memory:"
 * @throws when the file was written by a newer version of Hognose
 */
export function openDatabase(file: string, migrations: readonly string[] = MIGRATIONS): Connection {
  if (file !== ":memory:") mkdirSync(dirname(file), { recursive: true });
  const connection = new Database(file, { timeout: BUSY_TIMEOUT });
  connection.pragma("journal_mode = WAL");
  // FULL: what was acknowledged to GitHub survives a power cut, not only a crash of the process.
  connection.pragma("synchronous = FULL");
  connection.pragma("foreign_keys = ON");
  migrate(connection, migrations);
  return connection;
}

function migrate(connection: Connection, migrations: readonly string[]): void {
  const upgrade = connection.transaction(() => {
    connection.exec(
      "CREATE TABLE IF NOT EXISTS migrations (version INTEGER PRIMARY KEY, applied_at INTEGER NOT NULL) STRICT",
    );
    const version = connection
      .prepare("SELECT coalesce(max(version), 0) FROM migrations")
      .pluck()
      .get() as number;
    if (version > migrations.length) {
      throw new Error(
        `the database has schema version ${version}; this Hognose knows ${migrations.length} at most`,
      );
    }
    for (let next = version; next < migrations.length; next++) {
      connection.exec(migrations[next]!);
      connection.prepare("INSERT INTO migrations VALUES (?, ?)").run(next + 1, Date.now());
    }
  });
  // Immediate: two processes that start together take turns.
  upgrade.immediate();
}
