import { setTimeout as sleep } from "node:timers/promises";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { FakePull } from "../fake-github/fake-pull.js";
import type { FakeRepository } from "../fake-github/fake-repository.js";
import type { FaultEffect } from "../fake-github/faults.js";
import { type Stage, setStage } from "./harness.js";

const UNSAFE = `def find(db, name):
    return db.execute("SELECT * FROM users WHERE name = '" + name + "'")
`;
const REVIEWS = "/repos/*/*/pulls/*/reviews";
const CHECKS = "/repos/*/*/check-runs";
const COMMENTS = "/repos/*/*/pulls/*/comments";

async function until(condition: () => boolean): Promise<void> {
  while (!condition()) await sleep(10);
}

describe("a review when GitHub is in trouble", () => {
  let stage: Stage;
  let repository: FakeRepository;
  beforeEach(async () => {
    stage = await setStage();
    repository = stage.fake.createRepository({
      owner: "acme",
      name: "shop",
      files: { "README.md": "shop\n" },
    });
  });
  afterEach(() => stage.end());

  const open = (edits: Record<string, string> = { "db.py": UNSAFE }): FakePull => {
    repository.commit("feature", edits, "Change");
    return repository.openPull({ head: "feature", title: "Change", author: "maria" });
  };
  const expectOneReview = (pull: FakePull) => {
    const { threads, reviews, checkRuns } = pull.conversation();
    expect(reviews).toHaveLength(1);
    expect(threads).toHaveLength(1);
    expect(checkRuns).toMatchObject([{ status: "completed", conclusion: "failure" }]);
  };

  const lost: readonly [string, FaultEffect][] = [
    ["answers 502 after it has done it", { kind: "status", status: 502, performed: true }],
    ["answers 502 before it has done it", { kind: "status", status: 502, performed: false }],
    ["cuts the connection after it has done it", { kind: "reset", performed: true }],
    ["cuts the connection before it has done it", { kind: "reset", performed: false }],
  ];
  for (const [how, effect] of lost) {
    it(`posts one review when GitHub ${how}`, async () => {
      stage.fake.faults.inject({ method: "POST", path: REVIEWS, effect });
      const pull = open();
      await stage.settle();
      expectOneReview(pull);
    });

    it(`begins one check run when GitHub ${how}`, async () => {
      stage.fake.faults.inject({ method: "POST", path: CHECKS, effect });
      const pull = open();
      await stage.settle();
      expectOneReview(pull);
    });

    it(`concludes the check run with each annotation once when GitHub ${how}`, async () => {
      stage.fake.faults.inject({ method: "PATCH", path: `${CHECKS}/*`, effect });
      const many = Array.from(
        { length: 120 },
        (_, n) => `def f${n}(db, name):\n    db.execute("${n}" + name)\n`,
      );
      const pull = open({ "db.py": many.join("\n") });
      await stage.settle();
      const [run] = pull.conversation().checkRuns;
      expect(run).toMatchObject({ status: "completed", conclusion: "failure" });
      const lines = run!.annotations.map((annotation) => annotation.start_line);
      expect(new Set(lines).size).toBe(lines.length);
      expect(lines).toHaveLength(95);
    });
  }

  it("puts a comment that GitHub rejects on its file, and the others on their lines", async () => {
    const pull = open({
      "a.py": UNSAFE,
      "b.py": UNSAFE.replace("users", "orders"),
      "c.py": UNSAFE.replace("users", "carts"),
    });
    // The real rule of the fake cannot be met by a correct anchor: GitHub rejects the whole, then the first half.
    stage.fake.faults.inject({
      method: "POST",
      path: REVIEWS,
      times: 3,
      effect: { kind: "status", status: 422, performed: false },
    });
    await stage.settle();
    const { threads, checkRuns } = pull.conversation();
    expect(threads.map((thread) => [thread.path, thread.wholeFile]).sort()).toEqual([
      ["a.py", true],
      ["b.py", false],
      ["c.py", false],
    ]);
    expect(checkRuns).toMatchObject([{ conclusion: "failure" }]);
  });

  it("leaves what GitHub takes nowhere to the check run", async () => {
    const effect: FaultEffect = { kind: "status", status: 422, performed: false };
    stage.fake.faults.inject({ method: "POST", path: REVIEWS, times: 99, effect });
    stage.fake.faults.inject({ method: "POST", path: COMMENTS, times: 99, effect });
    const pull = open();
    await stage.settle();
    const { threads, checkRuns } = pull.conversation();
    expect(threads).toEqual([]);
    expect(checkRuns[0]!.annotations).toMatchObject([{ path: "db.py", start_line: 2 }]);
    stage.fake.faults.clear();
    pull.push({ "README.md": "newer\n" });
    await stage.settle();
    expect(pull.conversation().threads, "tried again with the next review").toHaveLength(1);
  });

  it("waits as long as a secondary limit asks, and posts then", async () => {
    const effect: FaultEffect = { kind: "secondary-limit", retryAfter: 2 };
    stage.fake.faults.inject({ method: "POST", path: REVIEWS, effect });
    const pull = open();
    await stage.settle();
    expectOneReview(pull);
    const [refused, taken] = stage.fake.requests.filter(
      ({ method, path }) => method === "POST" && path.endsWith("/reviews"),
    );
    expect(taken!.at.getTime() - refused!.at.getTime(), "the header asked for 2 s").toBeGreaterThanOrEqual(
      2000,
    );
  });

  it("ends as a failure that says so when GitHub refuses to show the files", async () => {
    stage.fake.faults.inject({
      method: "GET",
      path: "/repos/*/*/pulls/*/files",
      times: 99,
      effect: { kind: "status", status: 422, performed: false },
    });
    const pull = open();
    await stage.settle();
    const [run] = pull.conversation().checkRuns;
    expect(run).toMatchObject({
      status: "completed",
      conclusion: "failure",
      title: "The review did not finish",
    });
    expect(run!.summary).toContain("/hognose review");
  });

  it("goes on after a restart in the middle, with the same check run", async () => {
    stage.fake.faults.inject({
      method: "GET",
      path: "/repos/*/*/pulls/*/files",
      effect: { kind: "hang", performed: false },
    });
    const pull = open();
    await until(() => stage.fake.requests.some(({ path }) => path.endsWith("/files")));
    await stage.stopApp();
    expect(pull.conversation().checkRuns).toMatchObject([{ status: "in_progress" }]);
    expect(await stage.queueStats()).toMatchObject({ waiting: 1, running: 0 });
    await stage.startApp();
    await stage.settle();
    expectOneReview(pull);
  });

  it("closes the check run of a head that was pushed over while it was reviewed", async () => {
    let pull: FakePull;
    const run = () => void pull.push({ "README.md": "newer\n" });
    stage.fake.faults.inject({
      method: "GET",
      path: "/repos/*/*/pulls/*/comments",
      effect: { kind: "interrupt", performed: false, run },
    });
    pull = open();
    await stage.settle();
    const { checkRuns, reviews } = pull.conversation();
    expect(reviews).toHaveLength(1);
    expect(reviews[0]!.commit).toBe(pull.headSha);
    const all = repository.checkRuns.map(({ headSha, conclusion }) => [headSha === pull.headSha, conclusion]);
    expect(all).toEqual([
      [false, "cancelled"],
      [true, "failure"],
    ]);
    expect(checkRuns.length).toBeGreaterThan(0);
  });

  it("lets go of a pull request whose repository is deleted in the middle", async () => {
    stage.fake.faults.inject({
      method: "GET",
      path: "/repos/*/*/pulls/*/files",
      effect: { kind: "interrupt", performed: false, run: () => repository.delete() },
    });
    open();
    await stage.settle();
    expect(await stage.queueStats()).toMatchObject({ waiting: 0, running: 0, dead: 0 });
  });

  it("reviews the newest of several heads once", async () => {
    stage.fake.webhooks.hold = true;
    const pull = open();
    pull.push({ "README.md": "1\n" });
    pull.push({ "README.md": "2\n" });
    stage.fake.webhooks.hold = false;
    for (const hook of stage.fake.webhooks.held.splice(0).reverse()) stage.fake.webhooks.send(hook);
    await stage.settle();
    await sleep(50);
    await stage.settle();
    expect(pull.conversation().reviews).toMatchObject([{ commit: pull.headSha }]);
  });
});
