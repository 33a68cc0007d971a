import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openPostgresQueue } from "../../src/queue/postgres-queue.js";
import type { JobQueue } from "../../src/queue/queue.js";
import { openPostgres, type Postgres } from "../../src/store/postgres.js";
import { POSTGRES_MIGRATIONS } from "../../src/store/postgres-migrations.js";
import { openRuns } from "../../src/store/runs.js";
import { StoreUnavailable } from "../../src/store/sql.js";
import { describeQueue } from "../queue/conformance.js";
import { describeOutcomes } from "../store/outcomes-conformance.js";
import { describePeople } from "../store/people-conformance.js";
import { describeRuns } from "../store/runs-conformance.js";
import { type PostgresServer, startPostgres } from "./server.js";

let server: PostgresServer;
beforeAll(async () => {
  server = await startPostgres();
});
afterAll(() => server.stop());

const opened = new Set<Postgres>();
const open = async (url: string, migrations?: readonly string[]): Promise<Postgres> => {
  const postgres = await openPostgres(url, { connections: 6, onBroken: () => undefined }, migrations);
  opened.add(postgres);
  return postgres;
};
const close = async (postgres: Postgres): Promise<void> => {
  opened.delete(postgres);
  await postgres.close();
};
afterAll(async () => {
  for (const postgres of opened) await postgres.close();
});

/** One database for all tests that need an empty one. */
let shared: Promise<Postgres> | undefined;
const empty = async (): Promise<Postgres> => {
  shared ??= server.newDatabase().then(async (url) => {
    const postgres = await open(url);
    await openPostgresQueue(postgres);
    return postgres;
  });
  const postgres = await shared;
  await postgres.rows(
    "TRUNCATE leases, turns, deliveries, runs, chores, dismissals, pauses, reviews, outcomes, graphile_worker._private_jobs",
  );
  return postgres;
};

describeQueue("the PostgreSQL queue", async () => {
  const postgres = await empty();
  return (options) => openPostgresQueue(postgres, options);
});

describeRuns("the record of runs in PostgreSQL", empty);
describePeople("the record in PostgreSQL of what people say", empty);
describeOutcomes("the record of outcomes in PostgreSQL", empty);

describe("the PostgreSQL database", () => {
  it("is brought up to date from every earlier version, and keeps what was in it", async () => {
    for (let version = 0; version < POSTGRES_MIGRATIONS.length; version++) {
      const url = await server.newDatabase();
      const old = await open(url, POSTGRES_MIGRATIONS.slice(0, version));
      if (version > 0) {
        await old.rows(
          `INSERT INTO runs (repository, pull, base_sha, head_sha, engine, state, started_at)
           VALUES (1, 7, 'b', 'h', '1', 'done', 1)`,
        );
      }
      await close(old);
      const upgraded = await open(url);
      const subject = { repository: 1, pull: 7, baseSha: "b", headSha: "h", engine: "1" };
      expect(await openRuns(upgraded).isDone(subject)).toBe(version > 0);
      const queue = await openPostgresQueue(upgraded);
      await queue.enqueue({ key: "a", payload: 1, installation: 1, priority: 0 });
      expect(await queue.claim()).toMatchObject({ key: "a" });
      await close(upgraded);
    }
  });

  it("is migrated once by processes that start together", async () => {
    const url = await server.newDatabase();
    const all = await Promise.all(
      Array.from({ length: 4 }, async () => {
        const postgres = await open(url);
        await openPostgresQueue(postgres);
        return postgres;
      }),
    );
    expect(await all[0]!.rows("SELECT version FROM migrations ORDER BY 1")).toEqual(
      POSTGRES_MIGRATIONS.map((_, index) => ({ version: index + 1 })),
    );
    for (const postgres of all) await close(postgres);
  });

  it("stays as it was when a migration fails", async () => {
    const url = await server.newDatabase();
    await close(await open(url));
    const broken = [...POSTGRES_MIGRATIONS, "CREATE TABLE half (id INTEGER); SELECT nonsense"];
    await expect(open(url, broken)).rejects.toThrow("nonsense");
    const postgres = await open(url);
    expect(await postgres.rows("SELECT to_regclass('half') AS found")).toEqual([{ found: null }]);
    await close(postgres);
  });

  it("refuses a schema that a newer version has written", async () => {
    const url = await server.newDatabase();
    const newer = [...POSTGRES_MIGRATIONS, "CREATE TABLE later (id INTEGER)"];
    await close(await open(url, newer));
    await expect(open(url)).rejects.toThrow(`schema version ${newer.length}`);
  });
});

describe("the PostgreSQL queue when the server goes away", () => {
  let own: PostgresServer;
  let postgres: Postgres;
  let queue: JobQueue;
  beforeAll(async () => {
    own = await startPostgres();
    postgres = await open(await own.newDatabase());
    queue = await openPostgresQueue(postgres);
    return async () => {
      await queue.close();
      await close(postgres);
      await own.stop();
    };
  });
  const job = { key: "a", payload: 1, installation: 1, priority: 0, delivery: "guid" };

  it("keeps every job that it took, and goes on when the server is back", async () => {
    await queue.enqueue(job);
    await own.halt();
    await expect(queue.claim()).rejects.toThrow(StoreUnavailable);
    await expect(queue.enqueue(job)).rejects.toThrow(StoreUnavailable);
    await expect(openRuns(postgres).forget(1, 1)).rejects.toThrow(StoreUnavailable);
    await own.resume();
    expect(await queue.enqueue(job)).toBe("suppressed");
    expect(await queue.claim()).toMatchObject({ key: "a", payload: 1 });
  });

  it("hears of another process's new job, before and after the server was away", async () => {
    const wakes = () => {
      let woken: () => void = () => undefined;
      return { wake: () => woken(), next: () => new Promise<void>((resolve) => (woken = resolve)) };
    };
    const bell = wakes();
    let heard = bell.next();
    queue.listen(bell.wake);
    await heard;
    const other = await openPostgresQueue(postgres);
    heard = bell.next();
    await other.enqueue({ ...job, delivery: "another" });
    await heard;
    heard = bell.next();
    await own.crash();
    await heard;
  });
});
