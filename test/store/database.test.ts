import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { openDatabase } from "../../src/store/database.js";
import { MIGRATIONS } from "../../src/store/migrations.js";

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
    expect(() => openDatabase(file)).toThrow(/schema version 2/);
  });
});
