import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { sqliteQueue } from "../../src/queue/sqlite-queue.js";
import { openDatabase } from "../../src/store/database.js";
import { MIGRATIONS } from "../../src/store/migrations.js";
import { openRuns } from "../../src/store/runs.js";
import { sqliteSql } from "../../src/store/sql.js";

describe("the database", () => {
  let file: string;
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "hognose-db-"));
    file = join(folder, "deeper", "hognose.db");
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  it("is durable: write-ahead log and full synchronisation", () => {
    const database = openDatabase(file);
    expect(database.pragma("journal_mode", { simple: true })).toBe("wal");
    expect(database.pragma("synchronous", { simple: true })).toBe(2);
    database.close();
  });

  it("applies each migration once, also to a file of an earlier version", () => {
    openDatabase(file).close();
    const upgraded = openDatabase(file, [...MIGRATIONS, "CREATE TABLE later (id INTEGER) STRICT"]);
    upgraded.prepare("INSERT INTO later VALUES (1)").run();
    upgraded.close();
    const again = openDatabase(file, [...MIGRATIONS, "CREATE TABLE later (id INTEGER) STRICT"]);
    expect(again.prepare("SELECT count(*) FROM later").pluck().get()).toBe(1);
    again.close();
  });

  it("is brought up to date from every earlier version, and keeps what was in it", async () => {
    for (let version = 1; version < MIGRATIONS.length; version++) {
      const versioned = `${file}.${version}`;
      const old = openDatabase(versioned, MIGRATIONS.slice(0, version));
      // The first version had it in the payload only.
      const installation =
        version === 1 ? { name: "", value: "" } : { name: ", installation", value: ", 42" };
      old.exec(`
        INSERT INTO jobs (key, payload, priority, state, queued_at, ready_at${installation.name})
          VALUES ('pull:1:7', '{"installation":42}', 0, 'waiting', 1, 1${installation.value});
        INSERT INTO runs (repository, pull, base_sha, head_sha, engine, state, started_at)
          VALUES (1, 7, 'b', 'h', '1', 'done', 1);`);
      old.close();
      const upgraded = openDatabase(versioned);
      expect(await sqliteQueue(upgraded).claim()).toMatchObject({ key: "pull:1:7", installation: 42 });
      const subject = { repository: 1, pull: 7, baseSha: "b", headSha: "h", engine: "1" };
      expect(await openRuns(sqliteSql(upgraded)).isDone(subject)).toBe(true);
      upgraded.close();
    }
  });

  it("leaves the schema as it was when a migration fails", () => {
    openDatabase(file).close();
    expect(() =>
      openDatabase(file, [...MIGRATIONS, "CREATE TABLE half (id INTEGER); SELECT nonsense"]),
    ).toThrow();
    const database = openDatabase(file);
    expect(database.prepare("SELECT 1 FROM sqlite_master WHERE name = 'half'").get()).toBeUndefined();
    database.close();
  });

  it("refuses a file that a newer version has written", () => {
    openDatabase(file, [...MIGRATIONS, "CREATE TABLE later (id INTEGER) STRICT"]).close();
    expect(() => openDatabase(file)).toThrow(`schema version ${MIGRATIONS.length + 1}`);
  });
});
