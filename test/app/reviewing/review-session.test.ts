import { existsSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { Stopped } from "../../../src/app/jobs/stopped.js";
import {
  type OpenSession,
  processSessions,
  ReviewExceeded,
  ReviewFailed,
} from "../../../src/app/reviewing/review-session.js";
import type { GatheredPull } from "../../../src/github/gather.js";

const gathered: GatheredPull = {
  pull: { baseSha: "b".repeat(40), headSha: "h".repeat(40) },
  base: [],
  head: [],
  changes: [],
  omissions: [],
};
const none: ReadonlyMap<string, string> = new Map();
/** What a process of these tests does with each question for a round. */
const ANSWERS = {
  answers: `process.send({ kind: "wanting", files: [{ path: begin.blobFolder, blob: "b", size: round }] })`,
  fails: `process.send({ kind: "error", message: "a bug", stack: "" })`,
  spins: "for (;;);",
  crashes: "process.abort()",
  leaves: "process.exit(3)",
  dies: "process.kill(process.pid, 'SIGKILL')",
  hoards: "const hoard = []; for (;;) hoard.push(new Array(1e6).fill(hoard.length + 0.5));",
  stores:
    "const held = []; const pause = new Int32Array(new SharedArrayBuffer(4)); for (;;) { held.push(Buffer.alloc(2e7, 1)); Atomics.wait(pause, 0, 0, 20); }",
  tells: `process.send({ kind: "error", message: String(process.env.HOGNOSE_TEST_SECRET), stack: "" })`,
} as const;

describe("a review in a process of its own", () => {
  let folder: string;
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), "hognose-session-"));
    for (const [name, action] of Object.entries(ANSWERS)) {
      const source = `process.once("message", (begin) => { let round = 0; process.on("message", () => { round++; ${action} }); });
process.once("disconnect", () => process.exit());`;
      writeFileSync(join(folder, `${name}.mjs`), source);
    }
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  const sessions = (name: keyof typeof ANSWERS, time = 20_000): OpenSession =>
    processSessions(
      { time, memory: 64 },
      { blobFolder: "/blobs", factsFile: "/facts" },
      join(folder, `${name}.mjs`),
    );
  const roundOf = async (open: OpenSession, signal = new AbortController().signal) => {
    const session = open(gathered, signal);
    try {
      return await session.round({ unavailable: none });
    } finally {
      session.close();
    }
  };
  const failureOf = async (open: OpenSession): Promise<string> => {
    try {
      await roundOf(open);
    } catch (error) {
      if (error instanceof ReviewFailed) return error.message;
      throw error;
    }
    throw new Error("it did not fail");
  };

  it("answers round after round", async () => {
    const session = sessions("answers")(gathered, new AbortController().signal);
    for (const size of [1, 2, 3]) {
      const round = await session.round({ unavailable: none });
      expect(round).toEqual({ kind: "wanting", files: [{ path: "/blobs", blob: "b", size }] });
    }
    session.close();
    await expect(session.round({ unavailable: none })).rejects.toThrow(ReviewFailed);
  });

  it("says what the core says when it fails", async () => {
    expect(await failureOf(sessions("fails"))).toBe("the review failed: a bug");
  });

  it("is ended when it takes too long", async () => {
    expect(await failureOf(sessions("spins", 1000))).toBe("the review took longer than 1 seconds");
  });

  it("is ended when it needs too much memory", async () => {
    expect(await failureOf(sessions("hoards"))).toBe("the review needed more than 64 MB of memory");
  });

  it.runIf(existsSync("/proc/self/statm"))(
    "is ended when it needs too much memory beside its heap",
    async () => {
      expect(await failureOf(sessions("stores"))).toBe("the review needed more than 64 MB of memory");
    },
  );

  it("is one that a smaller review may follow when the system ends it", async () => {
    await expect(roundOf(sessions("dies"))).rejects.toThrow(ReviewExceeded);
  });

  it("ends alone when its native code aborts, and when it exits", async () => {
    expect(await failureOf(sessions("crashes"))).toBe("the process that reviews ended by SIGABRT");
    expect(await failureOf(sessions("leaves"))).toBe("the process that reviews ended by exit code 3");
  });

  it("stops at once when its job is stopped", async () => {
    const controller = new AbortController();
    const round = roundOf(sessions("spins"), controller.signal);
    controller.abort(new Stopped("superseded"));
    await expect(round).rejects.toThrow(Stopped);
    await expect(roundOf(sessions("spins"), controller.signal)).rejects.toThrow(Stopped);
  });

  it("sees none of the app's environment", async () => {
    process.env.HOGNOSE_TEST_SECRET = "secret";
    expect(await failureOf(sessions("tells"))).toBe("the review failed: undefined");
    delete process.env.HOGNOSE_TEST_SECRET;
  });
});
