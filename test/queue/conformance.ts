// What every JobQueue adapter must do. An adapter's test opens its queue on a clock that the suite moves.
import { beforeEach, describe, expect, it } from "vitest";
import { backOff, type ClaimedJob, type JobQueue, type NewJob } from "../../src/queue/queue.js";

interface Clock {
  now: number;
}

export const LEASE = 30_000;
export const ATTEMPTS = 3;

/** @param open a fresh, empty queue with a lease of LEASE milliseconds and ATTEMPTS attempts, on `clock` */
export function describeQueue(name: string, open: (clock: Clock) => Promise<JobQueue>): void {
  describe(name, () => {
    let clock: Clock;
    let queue: JobQueue;
    beforeEach(async () => {
      clock = { now: 1_000_000 };
      queue = await open(clock);
    });

    const job = (over: Partial<NewJob> = {}): NewJob => ({
      key: "pull:1:7",
      payload: { n: 1 },
      priority: 0,
      ...over,
    });
    const claimOne = async (): Promise<ClaimedJob> => {
      const claimed = await queue.claim();
      if (claimed === undefined) throw new Error("nothing to claim");
      return claimed;
    };

    it("hands out a job with its payload, once", async () => {
      expect(await queue.enqueue(job({ payload: { pull: 7, deep: ["x"] } }))).toBe("queued");
      const claimed = await claimOne();
      expect(claimed).toMatchObject({ key: "pull:1:7", payload: { pull: 7, deep: ["x"] }, attempt: 1 });
      expect(claimed.lastError).toBeUndefined();
      expect(await queue.claim()).toBeUndefined();
    });

    it("lets the latest of the waiting jobs of a key win", async () => {
      await queue.enqueue(job({ payload: 1 }));
      expect(await queue.enqueue(job({ payload: 2 }))).toBe("replaced");
      expect((await claimOne()).payload).toBe(2);
      expect(await queue.claim()).toBeUndefined();
    });

    it("runs one job of a key at a time and others beside it", async () => {
      await queue.enqueue(job({ payload: 1 }));
      const first = await claimOne();
      await queue.enqueue(job({ payload: 2 }));
      await queue.enqueue(job({ key: "pull:1:8", payload: 3 }));
      expect((await claimOne()).payload).toBe(3);
      expect(await queue.claim()).toBeUndefined();
      await queue.complete(first);
      expect((await claimOne()).payload).toBe(2);
    });

    it("goes by priority, then by age", async () => {
      await queue.enqueue(job({ key: "a" }));
      clock.now += 1;
      await queue.enqueue(job({ key: "b" }));
      clock.now += 1;
      await queue.enqueue(job({ key: "c", priority: 5 }));
      expect([(await claimOne()).key, (await claimOne()).key, (await claimOne()).key]).toEqual([
        "c",
        "a",
        "b",
      ]);
    });

    it("tells the running job that a newer one waits", async () => {
      await queue.enqueue(job());
      const running = await claimOne();
      expect(await queue.heartbeat(running)).toBe("held");
      await queue.enqueue(job({ payload: 2 }));
      expect(await queue.heartbeat(running)).toBe("superseded");
    });

    it("gives a job whose worker died to another after the lease, and counts the attempt", async () => {
      await queue.enqueue(job());
      const dead = await claimOne();
      clock.now += LEASE + 1;
      const second = await claimOne();
      expect(second).toMatchObject({ id: dead.id, attempt: 2 });
      expect(second.lastError).toContain("died");
      expect(await queue.heartbeat(dead)).toBe("lost");
    });

    it("keeps the job of a worker that sends heartbeats", async () => {
      await queue.enqueue(job());
      const running = await claimOne();
      clock.now += LEASE - 1;
      expect(await queue.heartbeat(running)).toBe("held");
      clock.now += LEASE - 1;
      expect(await queue.claim()).toBeUndefined();
    });

    it("ignores the word of a worker that has lost its lease", async () => {
      await queue.enqueue(job());
      const dead = await claimOne();
      clock.now += LEASE + 1;
      const second = await claimOne();
      await queue.complete(dead);
      await queue.fail(dead, "late");
      await queue.postpone(dead, clock.now, "late");
      expect(await queue.heartbeat(second)).toBe("held");
    });

    it("waits longer after each failure and then buries the job with its reason", async () => {
      await queue.enqueue(job());
      for (let attempt = 1; attempt < ATTEMPTS; attempt++) {
        expect(await queue.fail(await claimOne(), `failure ${attempt}`)).toBe("waiting");
        clock.now += backOff(attempt) - 1;
        expect(await queue.claim()).toBeUndefined();
        clock.now += 1;
      }
      const last = await claimOne();
      expect(last).toMatchObject({ attempt: ATTEMPTS, lastError: `failure ${ATTEMPTS - 1}` });
      expect(await queue.fail(last, "the end")).toBe("dead");
      expect(await queue.claim()).toBeUndefined();
      expect(await queue.dead()).toEqual([
        { key: "pull:1:7", payload: { n: 1 }, attempts: ATTEMPTS, error: "the end" },
      ]);
    });

    it("buries a job that kills every worker", async () => {
      await queue.enqueue(job());
      for (let attempt = 1; attempt <= ATTEMPTS; attempt++) {
        await claimOne();
        clock.now += LEASE + 1;
      }
      expect(await queue.claim()).toBeUndefined();
      expect(await queue.dead()).toMatchObject([{ attempts: ATTEMPTS }]);
    });

    it("postpones until the time that GitHub names, without counting the attempt", async () => {
      await queue.enqueue(job());
      await queue.postpone(await claimOne(), clock.now + 60_000, "rate limit");
      clock.now += 59_999;
      expect(await queue.claim()).toBeUndefined();
      clock.now += 1;
      expect(await claimOne()).toMatchObject({ attempt: 1, lastError: "rate limit" });
    });

    it("drops a failed job when a newer one of its key waits", async () => {
      await queue.enqueue(job({ payload: "old" }));
      const old = await claimOne();
      await queue.enqueue(job({ payload: "new" }));
      await queue.fail(old, "broken");
      expect(await claimOne()).toMatchObject({ payload: "new", attempt: 1 });
      clock.now += 10 * LEASE;
      expect(await queue.stats()).toMatchObject({ waiting: 0, running: 1 });
    });

    it("starts afresh, at once, when a job in back-off is replaced", async () => {
      await queue.enqueue(job({ payload: "old" }));
      await queue.fail(await claimOne(), "broken");
      await queue.enqueue(job({ payload: "new" }));
      const claimed = await claimOne();
      expect(claimed).toMatchObject({ payload: "new", attempt: 1 });
      expect(claimed.lastError).toBeUndefined();
    });

    it("suppresses a delivery that waits, runs or is done", async () => {
      await queue.enqueue(job({ delivery: "guid-1" }));
      expect(await queue.enqueue(job({ delivery: "guid-1" }))).toBe("suppressed");
      const running = await claimOne();
      expect(await queue.enqueue(job({ delivery: "guid-1" }))).toBe("suppressed");
      await queue.complete(running);
      expect(await queue.enqueue(job({ delivery: "guid-1" }))).toBe("suppressed");
      expect(await queue.claim()).toBeUndefined();
    });

    it("accepts a delivery again after its job has failed for good", async () => {
      await queue.enqueue(job({ delivery: "guid-1" }));
      for (let attempt = 1; attempt <= ATTEMPTS; attempt++) {
        await queue.fail(await claimOne(), "broken");
        clock.now += backOff(attempt);
      }
      expect(await queue.enqueue(job({ delivery: "guid-1" }))).toBe("queued");
    });

    it("remembers the delivery of a job that another has replaced", async () => {
      await queue.enqueue(job({ delivery: "guid-1" }));
      await queue.enqueue(job({ delivery: "guid-2" }));
      expect(await queue.enqueue(job({ delivery: "guid-1" }))).toBe("suppressed");
      await queue.complete(await claimOne());
      expect(await queue.enqueue(job({ delivery: "guid-1" }))).toBe("suppressed");
    });

    it("hands a dropped job's deliveries to the job that answers for it", async () => {
      await queue.enqueue(job({ delivery: "guid-1" }));
      const old = await claimOne();
      await queue.enqueue(job({ delivery: "guid-2" }));
      await queue.fail(old, "broken");
      await queue.complete(await claimOne());
      expect(await queue.enqueue(job({ delivery: "guid-1" }))).toBe("suppressed");
    });

    it("reports how much waits and for how long", async () => {
      expect(await queue.stats()).toEqual({ waiting: 0, running: 0, dead: 0, oldestReady: 0 });
      await queue.enqueue(job({ key: "a" }));
      await queue.enqueue(job({ key: "b" }));
      await claimOne();
      clock.now += 1234;
      expect(await queue.stats()).toEqual({ waiting: 1, running: 1, dead: 0, oldestReady: 1234 });
    });
  });
}
