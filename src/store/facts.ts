// Derived facts on disk: one file, shared by every process that opens it, bounded, and never needed. What goes wrong
// with it makes reviews slower, not wrong: it is then no longer asked, and says why.
import { mkdirSync, rmSync } from "node:fs";
import { dirname } from "node:path";
import Database from "better-sqlite3";
import type { Cache } from "../base/source.js";

export interface Facts extends Cache {
  /** Writes what was put since the last time. */
  flush(): void;
  /** Writes, and lets the file go. */
  close(): void;
  /** Why it is no longer asked; undefined while it is. */
  problem(): string | undefined;
}

/** In bytes; beyond it the facts used least recently go. */
const USUAL_LIMIT = 500_000_000;
/** UTF-16 code units that wait to be written together. */
const BATCH = 8_000_000;
/** Milliseconds to wait for another process that writes. */
const BUSY_TIMEOUT = 2_000;
const DAY = 86_400_000;

/** Opens (and creates) the facts in `file`. A file that is damaged is replaced by an empty one. Never throws. */
export function openFacts(file: string, limit = USUAL_LIMIT, now: () => number = Date.now): Facts {
  let problem: string | undefined;
  let open = attempt(() => connect(file));
  const waiting = new Map<string, string>();
  let weight = 0;

  /** What `work` gives; undefined once something has gone wrong. */
  function attempt<T>(work: () => T): T | undefined {
    if (problem !== undefined) return undefined;
    try {
      return work();
    } catch (error) {
      problem = `${file}: ${(error as Error).message}`;
      if (isDamage(error)) discard(file, open?.connection);
      return undefined;
    }
  }

  const facts: Facts = {
    get(key) {
      const held = waiting.get(key);
      return held ?? attempt(() => open?.read(key, today(now)));
    },
    put(key, value) {
      if (open === undefined || problem !== undefined) return;
      waiting.set(key, value);
      weight += value.length;
      if (weight >= BATCH) facts.flush();
    },
    flush() {
      if (waiting.size > 0) attempt(() => open?.write(waiting, today(now), limit));
      waiting.clear();
      weight = 0;
    },
    close() {
      facts.flush();
      open?.connection.close();
      open = undefined;
    },
    problem: () => problem,
  };
  return facts;
}

interface Open {
  readonly connection: Database.Database;
  read(key: string, day: number): string | undefined;
  write(facts: ReadonlyMap<string, string>, day: number, limit: number): void;
}

function connect(file: string): Open {
  mkdirSync(dirname(file), { recursive: true });
  try {
    return prepare(new Database(file, { timeout: BUSY_TIMEOUT }));
  } catch (error) {
    if (!isDamage(error)) throw error;
    discard(file, undefined);
    return prepare(new Database(file, { timeout: BUSY_TIMEOUT }));
  }
}

function prepare(connection: Database.Database): Open {
  connection.pragma("journal_mode = WAL");
  // A power cut may lose the newest facts: they are made again.
  connection.pragma("synchronous = NORMAL");
  connection.exec(
    "CREATE TABLE IF NOT EXISTS facts (key TEXT PRIMARY KEY, value TEXT NOT NULL, day INTEGER NOT NULL) STRICT",
  );
  const select = connection.prepare<[string], { value: string; day: number }>(
    "SELECT value, day FROM facts WHERE key = ?",
  );
  const touch = connection.prepare("UPDATE facts SET day = ? WHERE key = ?");
  const insert = connection.prepare("INSERT OR REPLACE INTO facts VALUES (?, ?, ?)");
  const used = new Map<string, number>();
  const write = connection.transaction((facts: ReadonlyMap<string, string>, day: number, limit: number) => {
    for (const [key, value] of facts) insert.run(key, value, day);
    for (const [key, usedOn] of used) touch.run(usedOn, key);
    used.clear();
    shrink(connection, limit);
  });
  return {
    connection,
    read(key, day) {
      const row = select.get(key);
      if (row !== undefined && row.day < day) used.set(key, day);
      return row?.value;
    },
    // Immediate: two processes that write take turns.
    write: (facts, day, limit) => write.immediate(facts, day, limit),
  };
}

/** Deletes a quarter of the facts, those used longest ago, until the rest is within `limit` bytes. */
function shrink(connection: Database.Database, limit: number): void {
  const pragma = (name: string) => connection.pragma(name, { simple: true }) as number;
  const oldest = connection.prepare(
    "DELETE FROM facts WHERE rowid IN (SELECT rowid FROM facts ORDER BY day, rowid LIMIT (SELECT count(*) / 4 + 1 FROM facts))",
  );
  const size = () => (pragma("page_count") - pragma("freelist_count")) * pragma("page_size");
  while (size() > limit && oldest.run().changes > 0);
}

function isDamage(error: unknown): boolean {
  const code = (error as { readonly code?: unknown }).code;
  return code === "SQLITE_NOTADB" || (typeof code === "string" && code.startsWith("SQLITE_CORRUPT"));
}

function discard(file: string, connection: Database.Database | undefined): void {
  connection?.close();
  for (const part of ["", "-wal", "-shm"]) rmSync(file + part, { force: true });
}

function today(now: () => number): number {
  return Math.floor(now() / DAY);
}
