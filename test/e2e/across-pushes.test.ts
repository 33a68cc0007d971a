import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { SeenThread } from "../fake-github/conversation.js";
import type { FakePull } from "../fake-github/fake-pull.js";
import type { FakeRepository } from "../fake-github/fake-repository.js";
import { type Stage, setStage } from "./harness.js";

const SAFE = `def find(db, name):
    return db.execute("SELECT * FROM users WHERE name = ?", (name,))
`;
const UNSAFE = `def find(db, name):
    return db.execute("SELECT * FROM users WHERE name = '" + name + "'")
`;
const OTHER = UNSAFE.replace("users", "orders");

const WRITING = { metadata: "read", contents: "write", pull_requests: "write", checks: "write" } as const;

describe("a conversation across pushes", () => {
  let stage: Stage;
  let repository: FakeRepository;
  let pull: FakePull;
  beforeEach(async () => {
    stage = await setStage({ permissions: WRITING });
    repository = stage.fake.createRepository({ owner: "acme", name: "shop", files: { "db.py": SAFE } });
    repository.commit("feature", { "db.py": UNSAFE }, "Change");
    pull = repository.openPull({ head: "feature", title: "Change", author: "maria" });
    await stage.settle();
  });
  afterEach(() => stage.end());

  const threads = () => pull.conversation().threads;
  const only = (): SeenThread => {
    expect(threads()).toHaveLength(1);
    return threads()[0]!;
  };
  const push = async (...change: Parameters<FakePull["push"]>): Promise<string> => {
    const sha = pull.push(...change);
    await stage.settle();
    return sha;
  };
  const conclusions = () => pull.conversation().checkRuns.map(({ conclusion }) => conclusion);

  it("resolves the thread of a fixed finding, and opens the same thread when it is back", async () => {
    const fixed = await push({ "db.py": SAFE });
    expect(only()).toMatchObject({ resolved: true, resolvedBy: "hognose[bot]" });
    expect(only().comments[0]!.body).toContain(`Fixed in ${fixed.slice(0, 7)}`);
    const back = await push({ "db.py": UNSAFE });
    expect(only().resolved).toBe(false);
    expect(only().comments[0]!.body).toContain(`Back in ${back.slice(0, 7)}`);
    expect(conclusions()).toEqual(["failure"]);
  });

  it("leaves a thread alone that people have opened again after the fix", async () => {
    await push({ "db.py": SAFE });
    pull.unresolve(only().comments[0]!.id, "maria");
    await push({ "README.md": "more\n" });
    expect(only().resolved).toBe(false);
  });

  it("keeps the replies of people", async () => {
    pull.reply("theo", only().comments[0]!.id, "Good catch");
    await push({ "db.py": SAFE });
    await push({ "db.py": UNSAFE });
    expect(only().comments.map(({ user }) => user)).toEqual(["hognose[bot]", "theo"]);
    expect(only().comments[1]!.body).toBe("Good catch");
  });

  it("does not bring back a comment's thread that somebody has deleted by failing", async () => {
    const { threads: recorded } = pull.record;
    recorded.splice(0);
    await push({ "db.py": SAFE });
    expect(threads()).toEqual([]);
    expect(conclusions()).toEqual(["success"]);
  });

  it("reviews again a head that was reviewed before, when another came between", async () => {
    const unsafe = pull.headSha;
    await push({ "db.py": SAFE });
    repository.reset("feature", unsafe);
    await stage.settle();
    expect(only().resolved).toBe(false);
    expect(only().comments[0]!.body).toContain(`Back in ${unsafe.slice(0, 7)}`);
    expect(conclusions()).toEqual(["failure", "failure"]);
  });

  it("says nothing twice when the branch is rebased onto a base that has moved", async () => {
    repository.commit("main", { "setup.py": "x = 1\n" }, "Elsewhere");
    const folder = mkdtempSync(join(tmpdir(), "hognose-rebase-"));
    const git = (...args: string[]) =>
      execFileSync("git", ["-c", "user.name=maria", "-c", "user.email=maria@example.com", ...args], {
        cwd: folder,
        stdio: "pipe",
      });
    git("clone", "--quiet", repository.directory, ".");
    git("checkout", "--quiet", "feature");
    writeFileSync(join(folder, "more.py"), OTHER);
    git("add", ".");
    git("commit", "--quiet", "--message", "More");
    git("rebase", "--quiet", "origin/main");
    repository.push(folder, "+HEAD:feature", "maria");
    rmSync(folder, { recursive: true });
    await stage.settle();
    expect(threads().map(({ path, resolved }) => [path, resolved])).toEqual([
      ["db.py", false],
      ["more.py", false],
    ]);
  });

  it("says nothing twice when the file is renamed", async () => {
    await push({ "db.py": null, "store/db.py": UNSAFE });
    expect(only().resolved).toBe(false);
    expect(conclusions()).toEqual(["failure"]);
  });

  it("says nothing twice when the history is replaced by one commit", async () => {
    await push({ "a.py": OTHER });
    await push({ "db.py": UNSAFE, "a.py": OTHER }, "Squashed", { force: true, from: "main" });
    expect(threads().map(({ resolved }) => resolved)).toEqual([false, false]);
  });

  it("says nothing twice when the pull request is closed and opened again", async () => {
    pull.close();
    await stage.settle();
    pull.reopen();
    await push({ "README.md": "more\n" });
    expect(only().resolved).toBe(false);
  });

  it("says nothing twice when the app has lost its database", async () => {
    await stage.stopApp();
    rmSync(join(stage.environment.dataFolder, "hognose.db"));
    await stage.startApp();
    await push({ "README.md": "more\n" });
    expect(only().resolved).toBe(false);
    await push({ "db.py": SAFE });
    expect(only().resolved).toBe(true);
  });

  it("compares with the new base when the pull request is retargeted", async () => {
    repository.commit("stacked", { "README.md": "more\n" }, "On top", { from: "feature" });
    const stacked = repository.openPull({ head: "stacked", title: "On top", author: "maria" });
    await stage.settle();
    stacked.changeBase("feature");
    await stage.settle();
    const { checkRuns, threads: said } = stacked.conversation();
    expect(checkRuns.map(({ conclusion }) => conclusion)).toEqual(["failure", "success"]);
    expect(said).toMatchObject([{ resolved: true }]);
  });
});

it("gives up the review of a head that is pushed over, and closes its check run", async () => {
  const opened: string[] = [];
  const stage = await setStage(
    {},
    {
      environment: { leaseTime: 150 },
      openSession: (gathered, signal) => {
        opened.push(gathered.pull.headSha);
        // The first analysis would never end.
        const hangs = new Promise<never>((_, reject) =>
          signal.addEventListener("abort", () => reject(signal.reason)),
        );
        const ends = Promise.reject(new Error("reviewed"));
        ends.catch(() => undefined);
        return { round: () => (opened.length === 1 ? hangs : ends), close: () => undefined };
      },
    },
  );
  const repository = stage.fake.createRepository({ owner: "acme", name: "shop", files: { "db.py": SAFE } });
  repository.commit("feature", { "db.py": UNSAFE }, "Change");
  const pull = repository.openPull({ head: "feature", title: "Change", author: "maria" });
  while (opened.length === 0) await sleep(10);
  pull.push({ "db.py": SAFE });
  await stage.settle();
  expect(opened).toEqual([expect.any(String), pull.headSha]);
  expect(repository.checkRuns.map(({ status, conclusion }) => [status, conclusion])).toEqual([
    ["completed", "cancelled"],
    ["completed", "failure"],
  ]);
  await stage.end();
});

it("tells of the fix in the comment alone where the installation does not let it resolve threads", async () => {
  const stage = await setStage();
  const repository = stage.fake.createRepository({ owner: "acme", name: "shop", files: { "db.py": SAFE } });
  repository.commit("feature", { "db.py": UNSAFE }, "Change");
  const pull = repository.openPull({ head: "feature", title: "Change", author: "maria" });
  await stage.settle();
  pull.push({ "db.py": SAFE });
  await stage.settle();
  const [thread] = pull.conversation().threads;
  expect(thread!.resolved).toBe(false);
  expect(thread!.comments[0]!.body).toContain("Fixed in");
  await stage.end();
});
