import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { pino } from "pino";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { WEBHOOK_PATH } from "../../src/app/endpoint/server.js";
import { type RunningApp, start } from "../../src/app/start.js";
import { openBlobs } from "../../src/store/blobs.js";
import { SECRET, type Stage, setStage } from "../e2e/harness.js";
import { toySessions } from "../e2e/toy-review.js";
import { type PostgresServer, startPostgres } from "./server.js";

const UNSAFE = `def find(db, name):
    return db.execute("SELECT * FROM users WHERE name = '" + name + "'")
`;

describe("a web process and two workers on one PostgreSQL", () => {
  let server: PostgresServer;
  let stage: Stage;
  let folder: string;
  let web: RunningApp;
  let workers: readonly RunningApp[];
  beforeEach(async () => {
    server = await startPostgres();
    stage = await setStage();
    folder = mkdtempSync(join(tmpdir(), "hognose-roles-"));
    const databaseUrl = await server.newDatabase();
    const begin = (role: "web" | "worker", name: string) => {
      const dataFolder = join(folder, name);
      const openSession = toySessions(openBlobs(join(dataFolder, "blobs")));
      const substitutes = { openSession, waits: [10, 20], recovery: "off" } as const;
      return start(
        { ...stage.environment, role, dataFolder, databaseUrl },
        pino({ level: "silent" }),
        substitutes,
      );
    };
    [web, ...workers] = await Promise.all([begin("web", "web"), begin("worker", "a"), begin("worker", "b")]);
    stage.fake.connect({ url: `http://127.0.0.1:${web.port}${WEBHOOK_PATH}`, secret: SECRET });
  });
  afterEach(async () => {
    for (const app of [web, ...workers]) await app.stop();
    await stage.end();
    await server.stop();
    rmSync(folder, { recursive: true });
  });

  it("review what one of them has heard of, each pull request once", async () => {
    const repository = stage.fake.createRepository({
      owner: "acme",
      name: "shop",
      files: { "README.md": "x\n" },
    });
    const pulls = Array.from({ length: 4 }, (_, n) => {
      // Equal commits would be one head, and a check of any of them counts for all.
      repository.commit(`feature-${n}`, { "db.py": `${UNSAFE}# ${n}\n` }, "Change");
      return repository.openPull({ head: `feature-${n}`, title: "Change", author: "maria" });
    });
    const isDone = () =>
      pulls.every((pull) => pull.conversation().checkRuns.some(({ status }) => status === "completed"));
    while (!isDone()) await sleep(20);
    for (const pull of pulls) expect(pull.conversation().threads).toHaveLength(1);
    expect(repository.checkRuns).toHaveLength(4);
  });

  it("tell whether they are ready, and take webhooks only where they should", async () => {
    for (const { port } of [web, ...workers]) {
      expect((await fetch(`http://127.0.0.1:${port}/readyz`)).status).toBe(200);
    }
    const [worker] = workers;
    const refused = await fetch(`http://127.0.0.1:${worker!.port}${WEBHOOK_PATH}`, { method: "POST" });
    expect(refused.status).toBe(404);
    await server.halt();
    expect((await fetch(`http://127.0.0.1:${web.port}/readyz`)).status).toBe(503);
    expect((await fetch(`http://127.0.0.1:${web.port}/healthz`)).status).toBe(200);
    const metrics = async () => (await fetch(`http://127.0.0.1:${web.port}/metrics`)).text();
    expect(await metrics()).toContain("hognose_database_up 0");
    await server.resume();
    expect((await fetch(`http://127.0.0.1:${web.port}/readyz`)).status).toBe(200);
    expect(await metrics()).toContain("hognose_database_up 1");
    expect(await metrics()).toContain('hognose_queue_jobs{state="waiting"} 0');
  });
});
