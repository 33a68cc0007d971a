// What every JobQueue adapter must do. An adapter's test opens its queue on a clock that the suite moves.
import { beforeEach, describe, expect, it } from "vitest";
import {
  backOff,
  type ClaimedJob,
  type JobQueue,
  type NewJob,
  type QueueOptions,
} from "../../src/queue/queue.js";

const LEASE = 30_000;
const ATTEMPTS = 3;

/** @param open a fresh, empty queue; each call of what it returns is one more worker on it */
export function describeQueue(
  name: string,
  open: () => Promise<(options: Partial<QueueOptions>) => JobQueue | Promise<JobQueue>>,
): void {
  describe(name, () => {
    const clock = { now: 0 };
    let join: (options?: Partial<QueueOptions>) => Promise<JobQueue>;
    let queue: JobQueue;
    beforeEach(async () => {
      clock.now = 1_000_000;
      const opened = await open();
      const usual = { leaseTime: LEASE, maxAttempts: ATTEMPTS, now: () => clock.now };
      join = async (options = {}) => opened({ ...usual, ...options });
      queue = await join();
    });

    const job = (over: Partial<NewJob> = {}): NewJob => ({
      key: "pull:1:7",
      payload: { n: 1 },
      installation: 1,
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

    it("keeps what was wished when something newer takes a waiting job's place", async () => {
      await queue.enqueue(job({ wishes: ["loud"] }));
      await queue.enqueue(job({ payload: 2, wishes: ["soon", "loud"] }));
      await queue.enqueue(job({ payload: 3 }));
      const claimed = await claimOne();
      expect(claimed.payload).toBe(3);
      expect([...claimed.wishes].sort()).toEqual(["loud", "soon"]);
    });

    it("keeps what was wished of a job that ends without being done, for itself or for the newer one", async () => {
      const ends: readonly ((claimed: ClaimedJob) => Promise<unknown>)[] = [
        (claimed) => queue.postpone(claimed, clock.now, "later"),
        (claimed) => queue.fail(claimed, "broken"),
        async () => undefined,
      ];
      for (const end of ends) {
        await queue.enqueue(job({ wishes: ["loud"] }));
        await end(await claimOne());
        clock.now += LEASE + 1;
        const again = await claimOne();
        expect(again.wishes).toEqual(["loud"]);
        await queue.enqueue(job({ payload: "newer", wishes: ["soon"] }));
        await end(again);
        clock.now += LEASE + 1;
        const newer = await claimOne();
        expect(newer.payload).toBe("newer");
        expect([...newer.wishes].sort()).toEqual(["loud", "soon"]);
        await queue.complete(newer);
      }
    });

    it("forgets what was wished when it is done", async () => {
      await queue.enqueue(job({ wishes: ["loud"] }));
      const claimed = await claimOne();
      await queue.enqueue(job({ payload: "newer" }));
      await queue.complete(claimed);
      expect((await claimOne()).wishes).toEqual([]);
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

    it("knows whether a job of a key waits or runs", async () => {
      expect(await queue.holds("pull:1:7")).toBe(false);
      await queue.enqueue(job());
      expect(await queue.holds("pull:1:7")).toBe(true);
      const claimed = await claimOne();
      expect(await queue.holds("pull:1:7")).toBe(true);
      await queue.complete(claimed);
      expect(await queue.holds("pull:1:7")).toBe(false);
    });

    it("reports how much waits and for how long", async () => {
      expect(await queue.stats()).toEqual({ waiting: 0, running: 0, dead: 0, oldestReady: 0 });
      await queue.enqueue(job({ key: "a" }));
      await queue.enqueue(job({ key: "b" }));
      await claimOne();
      clock.now += 1234;
      expect(await queue.stats()).toEqual({ waiting: 1, running: 1, dead: 0, oldestReady: 1234 });
    });

    it("serves installations in turn, however much one of them has put in", async () => {
      for (let n = 0; n < 5; n++) await queue.enqueue(job({ key: `busy ${n}`, installation: 1 }));
      clock.now += 1;
      await queue.enqueue(job({ key: "small", installation: 2 }));
      await queue.enqueue(job({ key: "other", installation: 3 }));
      const order: string[] = [];
      for (let n = 0; n < 7; n++) {
        const claimed = await claimOne();
        order.push(claimed.key);
        await queue.complete(claimed);
      }
      expect(order).toEqual(["busy 0", "small", "other", "busy 1", "busy 2", "busy 3", "busy 4"]);
    });

    it("lets what is urgent go before whose turn it is", async () => {
      await queue.enqueue(job({ key: "a", installation: 1 }));
      await queue.complete(await claimOne());
      await queue.enqueue(job({ key: "b", installation: 2 }));
      await queue.enqueue(job({ key: "c", installation: 1, priority: 10 }));
      expect((await claimOne()).key).toBe("c");
    });

    it("keeps what was urgent urgent when something newer takes its place", async () => {
      await queue.enqueue(job({ key: "a", priority: 10, payload: 1 }));
      await queue.enqueue(job({ key: "b", priority: 5 }));
      await queue.enqueue(job({ key: "a", priority: 0, payload: 2 }));
      expect((await claimOne()).payload).toBe(2);
    });

    it("hands out nothing of a paused installation until its time, and everything of others", async () => {
      await queue.enqueue(job({ key: "a", installation: 1 }));
      await queue.enqueue(job({ key: "b", installation: 2 }));
      await queue.pause(1, clock.now + 60_000);
      await queue.pause(1, clock.now + 1000);
      const other = await claimOne();
      expect(other.key).toBe("b");
      await queue.complete(other);
      clock.now += 59_999;
      expect(await queue.claim()).toBeUndefined();
      expect(await queue.stats()).toMatchObject({ waiting: 1, oldestReady: 0 });
      clock.now += 1;
      expect((await claimOne()).key).toBe("a");
    });

    it("gives one installation at most half of the lanes that others leave free, and another worker the rest", async () => {
      const left = await join({ lanes: 8, worker: "left" });
      const right = await join({ lanes: 8, worker: "right" });
      const taken: string[] = [];
      for (const [installation, name] of ["busy", "hung", "slow", "small"].entries()) {
        for (let n = 0; n < 5; n++) await left.enqueue(job({ key: `${name} ${n}`, installation }));
        for (let claimed = await left.claim(); claimed !== undefined; claimed = await left.claim())
          taken.push(claimed.key);
      }
      expect(taken).toEqual([
        "busy 0",
        "busy 1",
        "busy 2",
        "busy 3",
        "hung 0",
        "hung 1",
        "slow 0",
        "small 0",
      ]);
      expect((await right.claim())?.key).toBe("busy 4");
    });

    it("gives each of two workers other jobs when both ask at once", async () => {
      const workers = [queue, await join(), await join()];
      for (let n = 0; n < 60; n++)
        await queue.enqueue(job({ key: `job ${n}`, payload: n, installation: n % 3 }));
      const claimed: number[] = [];
      const drain = async (worker: JobQueue) => {
        for (let misses = 0; misses < 10; ) {
          const next = await worker.claim();
          if (next === undefined) misses++;
          else claimed.push(next.payload as number);
        }
      };
      await Promise.all(workers.map(drain));
      expect(claimed.sort((a, b) => a - b)).toEqual(Array.from({ length: 60 }, (_, n) => n));
    });

    it("loses nothing when jobs are put in while those of their keys are taken and settled", async () => {
      const keys = ["a", "b", "c"];
      const done = new Map<string, number>();
      const granted = new Set<string>();
      const postponed = new Set<unknown>();
      let isWriting = true;
      const write = async () => {
        for (let n = 1; n <= 60; n++)
          for (const key of keys) await queue.enqueue(job({ key, payload: n, wishes: [`${key}${n}`] }));
        isWriting = false;
      };
      const work = async (worker: JobQueue) => {
        for (let misses = 0; misses < 10 || isWriting; ) {
          const claimed = await worker.claim();
          misses = claimed === undefined ? misses + 1 : 0;
          if (claimed === undefined) continue;
          const isSecond = postponed.has(claimed.payload) || (claimed.payload as number) % 7 !== 0;
          postponed.add(claimed.payload);
          if (!isSecond) await worker.postpone(claimed, clock.now, "later");
          if (!isSecond) continue;
          done.set(claimed.key, Math.max(claimed.payload as number, done.get(claimed.key) ?? 0));
          for (const wish of claimed.wishes) granted.add(wish);
          await worker.complete(claimed);
        }
      };
      await Promise.all([write(), work(queue), work(await join())]);
      expect(await queue.stats()).toMatchObject({ waiting: 0, running: 0, dead: 0 });
      expect(keys.map((key) => done.get(key))).toEqual([60, 60, 60]);
      expect(granted.size).toBe(3 * 60);
    });
  });
}
