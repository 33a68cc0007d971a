import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { FakePull } from "../fake-github/fake-pull.js";
import type { FakeRepository } from "../fake-github/fake-repository.js";
import { type Stage, setStage } from "./harness.js";

const SAFE = `import sqlite3


def find(name):
    db = sqlite3.connect("shop.db")
    return db.execute("SELECT * FROM users WHERE name = ?", (name,))
`;
const UNSAFE = `import sqlite3


def find(name):
    db = sqlite3.connect("shop.db")
    return db.execute("SELECT * FROM users WHERE name = '" + name + "'")
`;

describe("a review, from webhook to conversation", () => {
  let stage: Stage;
  let repository: FakeRepository;
  beforeEach(async () => {
    stage = await setStage();
    repository = stage.fake.createRepository({ owner: "acme", name: "shop", files: { "shop/db.py": SAFE } });
    repository.setRole("maria", "write");
  });
  afterEach(() => stage.end());

  const open = (edits: Record<string, string> = { "shop/db.py": UNSAFE }): FakePull => {
    repository.commit("feature", edits, "Change");
    return repository.openPull({ head: "feature", title: "Change", author: "maria" });
  };
  const threads = (pull: FakePull) => pull.conversation().threads;
  const check = (pull: FakePull) => pull.conversation().checkRuns.at(-1);

  it("comments on the offending line and fails the check", async () => {
    const pull = open();
    await stage.settle();
    expect(threads(pull)).toMatchObject([{ path: "shop/db.py", side: "RIGHT", line: 6 }]);
    expect(threads(pull)[0]!.comments[0]).toMatchObject({ user: "hognose[bot]" });
    expect(check(pull)).toMatchObject({ status: "completed", conclusion: "failure", headSha: pull.headSha });
  });

  it("edits the comment and turns the check green when the defect is fixed", async () => {
    const pull = open();
    await stage.settle();
    const fixed = pull.push({ "shop/db.py": SAFE });
    await stage.settle();
    expect(threads(pull)).toHaveLength(1);
    expect(threads(pull)[0]!.comments[0]!.body).toContain(`Fixed in ${fixed.slice(0, 7)}`);
    expect(check(pull)).toMatchObject({ conclusion: "success", headSha: fixed });
    expect(pull.conversation().reviews).toHaveLength(1);
  });

  it("says a finding once, however often the branch is pushed or rebased", async () => {
    const pull = open();
    await stage.settle();
    pull.push({ "README.md": "more\n" });
    await stage.settle();
    pull.push({ "shop/db.py": `# moved\n${UNSAFE}` }, "Again", { force: true, from: "main" });
    await stage.settle();
    expect(threads(pull)).toHaveLength(1);
    expect(check(pull)).toMatchObject({ conclusion: "failure", headSha: pull.headSha });
  });

  it("is silent when there is nothing to say: a green check and no review", async () => {
    const pull = open({ "shop/db.py": `${SAFE}\n\nLIMIT = 10\n` });
    await stage.settle();
    expect(pull.conversation().reviews).toEqual([]);
    expect(pull.conversation().comments).toEqual([]);
    expect(check(pull)).toMatchObject({ conclusion: "success" });
  });

  it("reviews a draft when it is ready", async () => {
    repository.commit("feature", { "shop/db.py": UNSAFE }, "Change");
    const pull = repository.openPull({ head: "feature", title: "Change", author: "maria", draft: true });
    await stage.settle();
    expect(check(pull)).toBeUndefined();
    pull.setDraft(false);
    await stage.settle();
    expect(threads(pull)).toHaveLength(1);
  });

  it("reviews a pull request from a fork", async () => {
    const fork = stage.fake.fork(repository, "stranger");
    fork.commit("patch", { "shop/db.py": UNSAFE }, "Patch");
    const pull = repository.openPull({ head: "stranger:patch", title: "Patch", author: "stranger" });
    await stage.settle();
    expect(threads(pull)).toMatchObject([{ path: "shop/db.py", line: 6 }]);
  });

  it("compares with the merge base: what others did on the base branch since is not blamed on the author", async () => {
    repository.commit("feature", { "shop/other.py": "x = 1\n" }, "Change");
    repository.commit("main", { "shop/db.py": UNSAFE }, "Somebody else");
    const pull = repository.openPull({ head: "feature", title: "Change", author: "maria" });
    await stage.settle();
    expect(check(pull)).toMatchObject({ conclusion: "success" });
  });

  it("reviews many files by one archive", async () => {
    const many = Object.fromEntries(
      Array.from({ length: 30 }, (_, n) => [`shop/m${n}.py`, `${UNSAFE}# ${n}\n`]),
    );
    const pull = open(many);
    await stage.settle();
    expect(threads(pull)).toHaveLength(25);
    const requested = stage.fake.requests.map(({ operation }) => operation);
    expect(requested).toContain("GET /repos/{owner}/{repo}/tarball/{ref}");
    expect(requested).not.toContain("GET /repos/{owner}/{repo}/git/blobs/{file_sha}");
    expect(pull.conversation().reviews).toHaveLength(1);
  });

  it("names the files that it could not read and reviews the rest", async () => {
    const pull = open({
      "shop/db.py": UNSAFE,
      "shop/latin.py": Buffer.from("x = '\xe4'\n", "latin1") as unknown as string,
      "shop/big.py": `x = 1\n${"#".repeat(5_000_000)}\n`,
      "shop/link.py": { symlink: "db.py" } as unknown as string,
    });
    await stage.settle();
    expect(threads(pull)).toMatchObject([{ path: "shop/db.py", line: 6 }]);
    const summary = check(pull)!.summary!;
    expect(summary).toMatch(/shop\/latin\.py.*is not UTF-8/);
    expect(summary).toMatch(/shop\/big\.py.*is larger than 1 MB/);
    expect(summary).toMatch(/shop\/link\.py.*is a symbolic link/);
  });

  it("does not review the same head twice for one more event", async () => {
    const pull = open();
    await stage.settle();
    pull.close();
    pull.reopen();
    await stage.settle();
    expect(pull.conversation().checkRuns).toHaveLength(1);
    expect(threads(pull)).toHaveLength(1);
  });

  it("ignores a delivery that comes twice", async () => {
    const pull = open();
    await stage.settle();
    const [delivery] = stage.fake.webhooks.deliveries.filter(({ event }) => event === "pull_request");
    const before = stage.fake.requests.length;
    stage.fake.webhooks.send(delivery!);
    await stage.settle();
    expect(stage.fake.requests.length).toBe(before);
    expect(threads(pull)).toHaveLength(1);
  });
});
