import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { FakePull } from "../fake-github/fake-pull.js";
import type { FakeRepository } from "../fake-github/fake-repository.js";
import { type Stage, setStage } from "./harness.js";

const SAFE = `def find(db, name):\n    return db.execute("SELECT ?", name)\n`;
const UNSAFE = `def find(db, name):\n    return db.execute("SELECT '" + name + "'")\n`;

describe("a merge queue", () => {
  let stage: Stage;
  let repository: FakeRepository;
  beforeEach(async () => {
    stage = await setStage();
    repository = stage.fake.createRepository({ owner: "acme", name: "shop", files: { "db.py": SAFE } });
    repository.setRole("maria", "write");
  });
  afterEach(() => stage.end());

  const open = (files: Record<string, string>, branch = "feature"): FakePull => {
    repository.commit(branch, files, "Change");
    return repository.openPull({ head: branch, title: "Change", author: "maria" });
  };
  const checksOf = (sha: string) => repository.record.checkRuns.filter((run) => run.headSha === sha);

  it("has the commit reviewed that it is about to merge, in a check run alone", async () => {
    const pull = open({ "db.py": UNSAFE });
    await stage.settle();
    const before = pull.conversation();
    const group = repository.queueForMerge(pull);
    await stage.settle();
    expect(checksOf(group)).toMatchObject([
      { status: "completed", conclusion: "failure", annotations: [{ path: "db.py" }] },
    ]);
    expect(pull.conversation().threads).toEqual(before.threads);
    expect(pull.conversation().comments).toEqual(before.comments);
  });

  it("passes what is clean, and is not asked twice", async () => {
    const pull = open({ "new.py": SAFE });
    await stage.settle();
    const group = repository.queueForMerge(pull);
    await stage.settle();
    expect(checksOf(group)).toMatchObject([{ conclusion: "success" }]);
  });

  it("sees what only the merge brings together", async () => {
    const pull = open({ "new.py": SAFE });
    repository.commit("main", { "other.py": UNSAFE }, "Somebody else");
    await stage.settle();
    const group = repository.queueForMerge(pull);
    await stage.settle();
    expect(checksOf(group)).toMatchObject([{ conclusion: "success" }]);
  });

  it("counts what was dismissed in the pull request as dismissed", async () => {
    const pull = open({ "db.py": UNSAFE });
    await stage.settle();
    const body = pull.conversation().threads[0]!.comments[0]!.body;
    const id = /dismiss ([0-9a-f]{8})/.exec(body)![1];
    pull.comment("maria", `/hognose dismiss ${id} the name is a constant`);
    await stage.settle();
    const group = repository.queueForMerge(pull);
    await stage.settle();
    expect(checksOf(group)).toMatchObject([{ conclusion: "success" }]);
  });

  it("is answered again when somebody presses re-run", async () => {
    const pull = open({ "db.py": UNSAFE });
    await stage.settle();
    const group = repository.queueForMerge(pull);
    await stage.settle();
    repository.rerunSuite(group, "maria");
    await stage.settle();
    expect(checksOf(group).map(({ conclusion }) => conclusion)).toEqual(["failure", "failure"]);
  });
});
