import { setTimeout as sleep } from "node:timers/promises";
import { RequestError } from "@octokit/request-error";
import { pino } from "pino";
import { beforeEach, describe, expect, it } from "vitest";
import { type Lanes, runJobs, type Work } from "../../../src/app/jobs/run-jobs.js";
import { PutOff, Stopped } from "../../../src/app/jobs/stopped.js";
import type { JobQueue } from "../../../src/queue/queue.js";
import { sqliteQueue } from "../../../src/queue/sqlite-queue.js";
import { openDatabase } from "../../../src/store/database.js";

const request = { method: "GET" as const, url: "https://api.github.com/", headers: {} };
const answered = (status: number, headers: Record<string, string> = {}) =>
  new RequestError("no", status, { request, response: { status, url: request.url, headers, data: {} } });

describe("lanes of work", () => {
  let queue: JobQueue;
  beforeEach(() => {
    queue = sqliteQueue(openDatabase(":memory:"), { leaseTime: 300 });
  });
  const start = (work: Work, lanes = 2): Lanes =>
    runJobs(queue, work, { lanes, heartbeat: 20, poll: 20, log: pino({ level: "silent" }) });
  const until = async (condition: () => Promise<boolean> | boolean) => {
    while (!(await condition())) await sleep(5);
  };
  const add = (key: string) =>
    queue.enqueue({ key, payload: key, installation: 1, priority: 0, delivery: key });

  it("do every job once, several at a time", async () => {
    const done: unknown[] = [];
    const lanes = start(async (job) => {
      done.push(job.payload);
    });
    for (const key of ["a", "b", "c"]) await add(key);
    lanes.wake();
    await until(() => done.length === 3);
    await lanes.drain(1000);
    expect(done.sort()).toEqual(["a", "b", "c"]);
    expect(await queue.stats()).toMatchObject({ waiting: 0, running: 0, dead: 0 });
  });

  const endings: readonly [string, Error, object][] = [
    ["postpone a job that GitHub limits", answered(403, { "retry-after": "60" }), { waiting: 1 }],
    ["keep a job for later when GitHub cannot be reached", answered(502), { waiting: 1 }],
    ["keep a job for later after a bug", new Error("bug"), { waiting: 1 }],
    ["postpone a job when the budget is used up", new PutOff(Date.now() + 60_000), { waiting: 1 }],
    ["let go of a job whose subject is gone", answered(404), { waiting: 0 }],
  ];
  for (const [what, error, expected] of endings) {
    it(what, async () => {
      let attempts = 0;
      await add("a");
      const lanes = start(async () => {
        attempts++;
        throw error;
      });
      await until(async () => attempts > 0 && (await queue.stats()).running === 0);
      await lanes.drain(1000);
      expect(attempts).toBe(1);
      expect(await queue.stats()).toMatchObject({ running: 0, dead: 0, ...expected });
    });
  }

  it("put off all jobs of an installation that GitHub limits, and do those of others", async () => {
    const done: unknown[] = [];
    await queue.enqueue({ key: "a1", payload: "a1", installation: 1, priority: 5 });
    await queue.enqueue({ key: "a2", payload: "a2", installation: 1, priority: 0 });
    await queue.enqueue({ key: "b", payload: "b", installation: 2, priority: 0 });
    const lanes = start(async (job) => {
      done.push(job.payload);
      if (job.installation === 1) throw answered(403, { "retry-after": "60" });
    }, 1);
    await until(async () => done.includes("b") && (await queue.stats()).running === 0);
    await lanes.drain(1000);
    expect(done).toEqual(["a1", "b"]);
    expect(await queue.stats()).toMatchObject({ waiting: 2, running: 0, dead: 0 });
  });

  it("keep the lease of a job that takes longer than it", async () => {
    let attempts = 0;
    await add("a");
    const lanes = start(async () => {
      attempts++;
      await sleep(900);
    });
    await until(async () => attempts > 0 && (await queue.stats()).running === 0);
    await lanes.drain(1000);
    expect(attempts).toBe(1);
  });

  it("stop a job for which a newer one waits, and do the newer with what was wished of both", async () => {
    const payloads: unknown[] = [];
    const wishes: unknown[] = [];
    await queue.enqueue({ key: "a", payload: "a", wishes: ["loud"], installation: 1, priority: 0 });
    const lanes = start(async (job, { stop, halt }) => {
      payloads.push(job.payload);
      wishes.push(job.wishes);
      if (payloads.length > 1) return;
      await queue.enqueue({ key: "a", payload: "newer", installation: 1, priority: 0 });
      await sleep(10_000, undefined, { signal: stop }).catch(() => undefined);
      expect(halt.aborted).toBe(false);
      stop.throwIfAborted();
    });
    await until(() => payloads.length === 2);
    await lanes.drain(1000);
    expect(payloads).toEqual(["a", "newer"]);
    expect(wishes).toEqual([["loud"], ["loud"]]);
    expect(await queue.stats()).toMatchObject({ waiting: 0, running: 0 });
  });

  it("put back what still runs when they are drained", async () => {
    let reason: unknown;
    await add("a");
    const lanes = start(async (_job, { halt }) => {
      await sleep(10_000, undefined, { signal: halt }).catch(() => undefined);
      reason = halt.reason;
      throw new Error("cut off");
    });
    await until(async () => (await queue.stats()).running === 1);
    await lanes.drain(10);
    expect(reason).toEqual(new Stopped("shutdown"));
    expect(await queue.claim()).toMatchObject({ payload: "a", attempt: 1 });
  });
});
