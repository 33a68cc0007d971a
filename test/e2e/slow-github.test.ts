import { setTimeout as sleep } from "node:timers/promises";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { FakePull } from "../fake-github/fake-pull.js";
import type { FaultEffect } from "../fake-github/faults.js";
import { type Stage, setStage } from "./harness.js";

const UNSAFE = `def find(db, name):
    return db.execute("SELECT * FROM users WHERE name = '" + name + "'")
`;
/** More than there are lanes. */
const BUSY_PULLS = 12;

describe("a GitHub that is in trouble for one installation", () => {
  let stage: Stage;
  beforeEach(async () => {
    stage = await setStage();
  });
  afterEach(() => stage.end());

  const open = (owner: string, count: number): readonly FakePull[] => {
    const repository = stage.fake.createRepository({ owner, name: "shop", files: { "README.md": "x\n" } });
    return Array.from({ length: count }, (_, n) => {
      repository.commit(`feature-${n}`, { "db.py": UNSAFE }, "Change");
      return repository.openPull({ head: `feature-${n}`, title: "Change", author: "maria" });
    });
  };
  const isReviewed = (pull: FakePull) =>
    pull.conversation().checkRuns.some(({ status }) => status === "completed");
  const until = async (condition: () => boolean) => {
    while (!condition()) await sleep(10);
  };

  const troubles: readonly [string, FaultEffect][] = [
    ["answers after 30 seconds", { kind: "delay", milliseconds: 30_000 }],
    ["never answers", { kind: "hang", performed: false }],
    ["resets every connection", { kind: "reset", performed: false }],
    ["answers 502 to everything", { kind: "status", status: 502, performed: false }],
    ["answers 403 with retry-after 60", { kind: "secondary-limit", retryAfter: 60 }],
  ];
  for (const [what, effect] of troubles) {
    it(`delays only its jobs when it ${what}`, async () => {
      stage.fake.faults.inject({ method: "*", path: "/repos/busy/**", times: 100_000, effect });
      const busy = open("busy", BUSY_PULLS);
      await stage.fake.webhooks.idle();
      const [small] = open("small", 1);
      await until(() => isReviewed(small!));
      expect(small!.conversation().threads).toHaveLength(1);
      expect(busy.some(isReviewed)).toBe(false);
      const { waiting, running, dead } = await stage.queueStats();
      expect(waiting + running).toBeGreaterThanOrEqual(BUSY_PULLS);
      expect(dead).toBe(0);
    });
  }
});
