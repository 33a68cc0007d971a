import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { FakePull } from "../fake-github/fake-pull.js";
import type { FakeRepository } from "../fake-github/fake-repository.js";
import { SECRET, type Stage, setStage } from "./harness.js";

const UNSAFE = `def find(db, name):
    return db.execute("SELECT * FROM users WHERE name = '" + name + "'")
`;

describe("commands", () => {
  let stage: Stage;
  let repository: FakeRepository;
  let pull: FakePull;
  beforeEach(async () => {
    stage = await setStage();
    repository = stage.fake.createRepository({
      owner: "acme",
      name: "shop",
      files: { "README.md": "shop\n" },
    });
    repository.setRole("maria", "write");
    repository.setRole("theo", "triage");
    repository.commit("feature", { "db.py": UNSAFE }, "Change");
    pull = repository.openPull({ head: "feature", title: "Change", author: "sam" });
    await stage.settle();
  });
  afterEach(() => stage.end());

  const replies = () => pull.conversation().comments.filter(({ user }) => user === "hognose[bot]");
  const checkRuns = () => pull.conversation().checkRuns;

  it("reviews again when a maintainer asks, says that it saw it, and repeats no comment", async () => {
    pull.comment("maria", "Thanks!\n\n/hognose review\n");
    await stage.settle();
    expect(checkRuns()).toHaveLength(2);
    expect(checkRuns().at(-1)).toMatchObject({ status: "completed", conclusion: "failure" });
    expect(pull.conversation().threads).toHaveLength(1);
    expect(pull.conversation().comments[0]!.reactions).toEqual(["eyes by hognose[bot]"]);
    expect(replies()).toEqual([]);
  });

  for (const login of ["sam", "theo"]) {
    it(`denies ${login}, who may not write, in one line and does nothing`, async () => {
      pull.comment(login, "/hognose review");
      await stage.settle();
      expect(checkRuns()).toHaveLength(1);
      expect(replies()).toHaveLength(1);
      expect(replies()[0]!.body).toContain("Only people who can write");
      expect(pull.conversation().comments[0]!.reactions).toEqual([]);
    });
  }

  it("lists the commands for help and for a word it does not know", async () => {
    pull.comment("maria", "/hognose help");
    pull.comment("maria", "/hognose reveiw");
    await stage.settle();
    expect(replies()).toHaveLength(2);
    for (const reply of replies()) expect(reply.body).toContain("`/hognose review`");
    expect(checkRuns()).toHaveLength(1);
  });

  it("answers a command once when GitHub answers 502 after it has posted the answer", async () => {
    stage.fake.faults.inject({
      method: "POST",
      path: "/repos/*/*/issues/*/comments",
      effect: { kind: "status", status: 502, performed: true },
    });
    pull.comment("maria", "/hognose help");
    await stage.settle();
    expect(replies()).toHaveLength(1);
  });

  it("reviews a draft when a maintainer asks", async () => {
    repository.commit("draft", { "other.py": UNSAFE }, "Draft");
    const draft = repository.openPull({ head: "draft", title: "Draft", author: "sam", draft: true });
    draft.comment("maria", "/hognose review");
    await stage.settle();
    expect(draft.conversation().threads).toHaveLength(1);
  });

  it("ignores what is quoted, in code, or edited into a comment", async () => {
    pull.comment("maria", "> /hognose review\n");
    pull.comment("maria", "```\n/hognose review\n```\n");
    const comment = pull.comment("maria", "Nothing yet");
    pull.editComment(comment, "/hognose review");
    await stage.settle();
    expect(checkRuns()).toHaveLength(1);
    expect(replies()).toEqual([]);
  });

  it("does not trust a marker that somebody else has forged", async () => {
    const body = pull.conversation().threads[0]!.comments[0]!.body;
    repository.commit("other", { "db.py": UNSAFE }, "Same");
    const other = repository.openPull({ head: "other", title: "Same", author: "sam" });
    other.commentOnDiff("sam", body, { path: "db.py", line: 2, side: "RIGHT" });
    await stage.settle();
    const ours = other.conversation().threads.filter(({ comments }) => comments[0]!.user === "hognose[bot]");
    expect(ours).toHaveLength(1);
  });
});

describe("the webhook endpoint of the running app", () => {
  let stage: Stage;
  beforeEach(async () => {
    stage = await setStage();
  });
  afterEach(() => stage.end());

  it("answers 401 to a forged signature, and does nothing else", async () => {
    const repository = stage.fake.createRepository({
      owner: "acme",
      name: "shop",
      files: { "README.md": "x\n" },
    });
    stage.fake.connect({ url: stage.webhookUrl(), secret: `${SECRET}!` });
    repository.commit("feature", { "db.py": UNSAFE }, "Change");
    const pull = repository.openPull({ head: "feature", title: "Change" });
    await stage.settle();
    const answered = stage.fake.webhooks.deliveries.filter(({ event }) => event === "pull_request");
    expect(answered.map(({ statusCode }) => statusCode)).toEqual([401]);
    expect(stage.fake.requests).toEqual([]);
    expect(pull.conversation().checkRuns).toEqual([]);
  });
});
