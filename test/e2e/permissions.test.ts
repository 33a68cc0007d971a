import { afterEach, describe, expect, it } from "vitest";
import type { FakePull } from "../fake-github/fake-pull.js";
import type { FakeRepository } from "../fake-github/fake-repository.js";
import { type Stage, setStage } from "./harness.js";

const UNSAFE = `def find(db, name):\n    return db.execute("SELECT '" + name + "'")\n`;
const GRANTED = { metadata: "read", contents: "read", pull_requests: "write", checks: "write" } as const;

describe("what GitHub does not let us do", () => {
  let stage: Stage;
  let repository: FakeRepository;
  afterEach(() => stage.end());

  async function open(permissions: object = GRANTED, meddle?: (pull: FakePull) => void): Promise<FakePull> {
    stage = await setStage({ permissions: permissions as typeof GRANTED });
    repository = stage.fake.createRepository({ owner: "acme", name: "shop", files: { "db.py": "x = 1\n" } });
    repository.setRole("maria", "write");
    repository.commit("feature", { "db.py": UNSAFE }, "Change");
    stage.fake.webhooks.hold = true;
    const pull = repository.openPull({ head: "feature", title: "Change", author: "maria" });
    meddle?.(pull);
    stage.fake.webhooks.hold = false;
    stage.fake.webhooks.release();
    await stage.settle();
    return pull;
  }
  const check = (pull: FakePull) => pull.conversation().checkRuns.at(-1);

  it("is told in the check run, which then has all findings, when we may not comment", async () => {
    const pull = await open({ ...GRANTED, pull_requests: "read" });
    expect(pull.conversation().threads).toEqual([]);
    expect(check(pull)).toMatchObject({
      conclusion: "failure",
      annotations: [{ path: "db.py" }],
    });
    expect(check(pull)!.summary).toContain(
      "Hognose cannot comment on this pull request: the app lacks the permission `pull_requests=write`",
    );
  });

  it("is told in the check run when the conversation is locked", async () => {
    const pull = await open(GRANTED, (locked) => locked.setLocked(true));
    expect(pull.conversation().threads).toEqual([]);
    expect(check(pull)).toMatchObject({ conclusion: "failure", annotations: [{ path: "db.py" }] });
    expect(check(pull)!.summary).toContain("the conversation is locked");
  });

  it("leaves the comments of a conversation that is locked later, and goes on", async () => {
    const pull = await open();
    const [thread] = pull.conversation().threads;
    pull.setLocked(true);
    pull.push({ "db.py": "x = 2\n" });
    await stage.settle();
    expect(check(pull)).toMatchObject({ conclusion: "success", headSha: pull.headSha });
    expect(pull.conversation().threads).toHaveLength(1);
    expect(thread!.path).toBe("db.py");
  });

  it("is told in the review, which then has the summary, when we may not make check runs", async () => {
    const { checks: _, ...others } = GRANTED;
    const pull = await open(others);
    expect(check(pull)).toBeUndefined();
    expect(pull.conversation().threads).toMatchObject([{ path: "db.py", line: 2 }]);
    expect(pull.conversation().reviews[0]!.body).toContain("### What to do");
    expect(pull.conversation().reviews[0]!.body).toContain("the app lacks the permission `checks=write`");
  });

  it("is the reason of a failed check when we may not read the files", async () => {
    const { contents: _, ...others } = GRANTED;
    const pull = await open(others);
    expect(check(pull)).toMatchObject({ conclusion: "failure" });
    expect(check(pull)!.summary).toContain("the app lacks the permission `contents=read`");
  });

  it("is asked for only by an app that is set up so: findings also go to code scanning", async () => {
    const upload = async (granted: object, uploadsSarif: boolean) => {
      stage = await setStage({ permissions: granted as typeof GRANTED }, { environment: { uploadsSarif } });
      repository = stage.fake.createRepository({ owner: "acme", name: "shop", files: { "db.py": "\n" } });
      repository.commit("feature", { "db.py": UNSAFE }, "Change");
      const pull = repository.openPull({ head: "feature", title: "Change", author: "maria" });
      await stage.settle();
      expect(check(pull)).toMatchObject({ conclusion: "failure" });
      return repository.record.sarifs.map(({ commit, ref }) => [commit === pull.headSha, ref]);
    };
    const granted = { ...GRANTED, security_events: "write" };
    expect(await upload(granted, true)).toEqual([[true, "refs/pull/1/head"]]);
    await stage.end();
    expect(await upload(granted, false)).toEqual([]);
    await stage.end();
    expect(await upload(GRANTED, true)).toEqual([]);
  });

  it("is nothing to say in an archived repository", async () => {
    const pull = await open(GRANTED, () => repository.setArchived(true));
    expect(pull.conversation().threads).toEqual([]);
    expect(check(pull)).toBeUndefined();
    expect(await stage.queueStats()).toMatchObject({ waiting: 0, running: 0, dead: 0 });
  });
});
