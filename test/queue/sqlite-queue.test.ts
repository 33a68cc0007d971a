import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { sqliteQueue } from "../../src/queue/sqlite-queue.js";
import { openDatabase } from "../../src/store/database.js";
import { describeQueue } from "./conformance.js";

describeQueue("the SQLite queue", async () => {
  const database = openDatabase(":memory:");
  return (options) => sqliteQueue(database, options);
});

describe("the SQLite queue's file", () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "hognose-queue-"));
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  it("keeps jobs when the process ends", async () => {
    const first = openDatabase(join(folder, "hognose.db"));
    await sqliteQueue(first).enqueue({
      key: "a",
      payload: 1,
      installation: 1,
      priority: 0,
      delivery: "guid",
    });
    first.close();
    const second = openDatabase(join(folder, "hognose.db"));
    const queue = sqliteQueue(second);
    expect(
      await queue.enqueue({ key: "a", payload: 1, installation: 1, priority: 0, delivery: "guid" }),
    ).toBe("suppressed");
    expect(await queue.claim()).toMatchObject({ key: "a", payload: 1 });
    second.close();
  });

  it("gives a job to one of two connections only", async () => {
    const connections = [openDatabase(join(folder, "hognose.db")), openDatabase(join(folder, "hognose.db"))];
    const [left, right] = connections.map((connection) => sqliteQueue(connection));
    for (let job = 0; job < 50; job++)
      await left!.enqueue({ key: `job ${job}`, payload: job, installation: 1, priority: 0 });
    const claimed: unknown[] = [];
    for (let turn = 0; turn < 50; turn++) {
      claimed.push((await left!.claim())?.payload, (await right!.claim())?.payload);
    }
    const given = claimed.filter((payload) => payload !== undefined);
    expect([...given].sort((a, b) => Number(a) - Number(b))).toEqual(
      Array.from({ length: 50 }, (_, job) => job),
    );
    for (const connection of connections) connection.close();
  });
});
