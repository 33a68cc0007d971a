import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { openDatabase } from "../../src/store/database.js";
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
  const reactions = () => pull.conversation().comments[0]!.reactions;
  const last = () => checkRuns().at(-1)!;
  const thread = () => pull.conversation().threads[0]!;
  /** As the comment names it. */
  const id = () => /dismiss ([0-9a-f]{8})/.exec(thread().comments[0]!.body)![1]!;
  const say = async (by: string, body: string) => {
    pull.comment(by, body);
    await stage.settle();
  };
  const failed = ["eyes by hognose[bot]", "confused by hognose[bot]"];

  it("reviews again when a maintainer asks, says that it saw it, and repeats no comment", async () => {
    pull.comment("maria", "Thanks!\n\n/hognose review\n");
    await stage.settle();
    expect(checkRuns()).toHaveLength(2);
    expect(checkRuns().at(-1)).toMatchObject({ status: "completed", conclusion: "failure" });
    expect(pull.conversation().threads).toHaveLength(1);
    expect(reactions()).toEqual(["eyes by hognose[bot]", "+1 by hognose[bot]"]);
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

  it("lists the commands for help", async () => {
    await say("maria", "/hognose help");
    expect(replies()[0]!.body).toContain("`/hognose dismiss ID REASON`");
    expect(checkRuns()).toHaveLength(1);
  });

  it("answers a typo once with the nearest command, and does nothing", async () => {
    await say("maria", "/hognose reveiw");
    expect(replies()).toHaveLength(1);
    expect(replies()[0]!.body).toContain("Did you mean `/hognose review`?");
    expect(reactions()).toEqual(failed);
    expect(checkRuns()).toHaveLength(1);
  });

  it("dismisses a finding: its comment says so, the check passes, and the summary lists it", async () => {
    await say("maria", `/hognose dismiss ${id()} a fixture`);
    expect(thread().comments[0]!.body).toContain("Dismissed by `maria`:** a fixture");
    expect(last()).toMatchObject({
      conclusion: "success",
      title: "No other defects in 1 Python file; 1 dismissed",
    });
    expect(last().summary).toMatch(/### Dismissed\n\n.*by `maria`: a fixture/);
    expect(reactions()).toEqual(["eyes by hognose[bot]", "+1 by hognose[bot]"]);
    expect(replies()).toEqual([]);
  });

  it("keeps a dismissal across pushes, and takes it back when somebody restores the finding", async () => {
    await say("maria", `/hognose dismiss ${id()} a fixture`);
    pull.push({ "db.py": `# moved\n${UNSAFE}` }, "Again", { force: true, from: "main" });
    await stage.settle();
    expect(last()).toMatchObject({ conclusion: "success", headSha: pull.headSha });
    await say("maria", `/hognose restore ${id()}`);
    expect(last()).toMatchObject({ conclusion: "failure" });
    expect(thread().comments[0]!.body).not.toContain("Dismissed");
    expect(pull.conversation().threads).toHaveLength(1);
  });

  it("counts a finding again when its dismissal ends", async () => {
    await say("maria", `/hognose dismiss ${id()} for 30d until the release`);
    expect(last().summary).toMatch(/by `maria`, until 20\d\d-\d\d-\d\d: until the release/);
    const database = openDatabase(join(stage.environment.dataFolder, "hognose.db"));
    database.exec("UPDATE dismissals SET ends_at = 1000");
    database.close();
    pull.push({ "README.md": "more\n" });
    await stage.settle();
    expect(last()).toMatchObject({ conclusion: "failure" });
    expect(thread().comments[0]!.body).not.toContain("Dismissed");
  });

  it("wants a reason, and a finding that there is", async () => {
    await say("maria", `/hognose dismiss ${id()}`);
    await say("maria", "/hognose dismiss 0000000a a fixture");
    await say("maria", "/hognose dismiss a fixture");
    expect(replies().map(({ body }) => body)).toMatchObject([
      expect.stringContaining("Say why"),
      expect.stringMatching(/No finding .* `0000000a`[\s\S]*`[0-9a-f]{8}` sql-injection in `db.py`/),
      expect.stringContaining("Say which finding"),
    ]);
    expect(last()).toMatchObject({ conclusion: "failure" });
  });

  it("is given in the thread of a finding without its name", async () => {
    pull.reply("maria", thread().comments[0]!.id, "/hognose dismiss dead code");
    await stage.settle();
    expect(last()).toMatchObject({ conclusion: "success" });
    expect(thread().comments[1]!.reactions).toEqual(["eyes by hognose[bot]", "+1 by hognose[bot]"]);
  });

  it("is not taken from the author where the configuration wants others to dismiss", async () => {
    repository.commit("main", { ".hognose.yml": "commands: {author-dismisses: false}\n" }, "Configure");
    repository.setRole("sam", "write");
    await say("sam", `/hognose dismiss ${id()} mine`);
    expect(replies()[0]!.body).toContain("the author of a pull request does not dismiss");
    expect(last()).toMatchObject({ conclusion: "failure" });
    await say("maria", `/hognose dismiss ${id()} hers`);
    expect(last()).toMatchObject({ conclusion: "success" });
  });

  it("wants the role that the configuration names", async () => {
    repository.commit(
      "main",
      { "pyproject.toml": '[tool.hognose.commands]\nrole = "maintain"\n' },
      "Configure",
    );
    repository.setRole("olga", "maintain");
    await say("maria", "/hognose review");
    expect(replies()[0]!.body).toContain("with the role `maintain` or above");
    expect(checkRuns()).toHaveLength(1);
    await say("olga", "/hognose review");
    expect(checkRuns()).toHaveLength(2);
  });

  it("explains how a finding was reached", async () => {
    await say("maria", `/hognose explain ${id()}`);
    expect(replies()[0]!.body).toMatch(
      /sql-injection CWE-89[\s\S]*Steps:[\s\S]*db\.py:2[\s\S]*How the rule decides/,
    );
    expect(checkRuns()).toHaveLength(1);
  });

  it("shows the configuration that counts, and what is wrong with it", async () => {
    await say("maria", "/hognose config");
    expect(replies()[0]!.body).toContain("fail-on: high");
  });

  it("pauses: the next push gets a check that does not pass, until somebody resumes", async () => {
    await say("maria", "/hognose pause");
    expect(checkRuns()).toHaveLength(1);
    pull.push({ "other.py": UNSAFE.replace("users", "orders") });
    await stage.settle();
    expect(checkRuns()).toMatchObject([{ conclusion: "action_required", title: "Paused" }]);
    expect(pull.conversation().threads).toHaveLength(1);
    await say("maria", "/hognose resume");
    expect(last()).toMatchObject({ conclusion: "failure" });
    expect(pull.conversation().threads).toHaveLength(2);
  });

  it("reviews once when somebody asks while it is paused", async () => {
    await say("maria", "/hognose pause");
    pull.push({ "db.py": "x = 1\n" });
    await stage.settle();
    await say("maria", "/hognose review");
    expect(last()).toMatchObject({ conclusion: "success" });
  });

  it("is not forgotten when a push comes while its review is made", async () => {
    await say("maria", "/hognose pause");
    pull.record.threads.splice(0);
    const isAsked = () => stage.fake.requests.some(({ path, at }) => path.endsWith("/files") && at > begun);
    stage.fake.faults.inject({
      method: "GET",
      path: "/repos/*/*/pulls/*/files",
      effect: { kind: "delay", milliseconds: 1000 },
    });
    const begun = new Date();
    pull.comment("maria", "/hognose full-review");
    while (!isAsked()) await sleep(10);
    pull.push({ "README.md": "newer\n" });
    await stage.settle();
    expect(last()).toMatchObject({ conclusion: "failure", title: "1 defect, blocking" });
    expect(pull.conversation().threads).toHaveLength(1);
  });

  it("leaves deleted comments deleted in a review, and says them again in a full one", async () => {
    pull.record.threads.splice(0);
    await say("maria", "/hognose review");
    expect(pull.conversation().threads).toEqual([]);
    expect(last()).toMatchObject({ conclusion: "failure", annotations: [{ path: "db.py", start_line: 2 }] });
    await say("maria", "/hognose full-review");
    expect(pull.conversation().threads).toHaveLength(1);
  });

  it("tells once in a thread how to dismiss, when somebody calls the finding false", async () => {
    const begin = thread().comments[0]!.id;
    pull.reply("sam", begin, "That is a false positive");
    pull.reply("theo", begin, "A false positive, really");
    await stage.settle();
    const ours = thread().comments.filter(({ user }) => user === "hognose[bot]");
    expect(ours).toHaveLength(2);
    expect(ours[1]!.body).toContain(`/hognose dismiss`);
    expect(last()).toMatchObject({ conclusion: "failure" });
  });

  it("is given in a comment on the diff, too", async () => {
    pull.commentOnDiff("maria", "/hognose review", { path: "db.py", line: 1, side: "RIGHT" });
    await stage.settle();
    expect(checkRuns()).toHaveLength(2);
    expect(pull.conversation().threads.at(-1)!.comments[0]!.reactions).toContain("+1 by hognose[bot]");
  });

  it("says nothing to doubts in the threads of others", async () => {
    const begin = pull.commentOnDiff("theo", "This is wrong", { path: "db.py", line: 1, side: "RIGHT" });
    pull.reply("sam", begin, "That is a false positive");
    await stage.settle();
    expect(pull.conversation().threads.at(-1)!.comments).toHaveLength(2);
  });

  it("follows the last word, in whatever order the commands come", async () => {
    stage.fake.webhooks.hold = true;
    pull.comment("maria", `/hognose dismiss ${id()} a fixture`);
    pull.comment("maria", `/hognose restore ${id()}`);
    stage.fake.webhooks.hold = false;
    for (const hook of stage.fake.webhooks.held.splice(0).reverse()) {
      stage.fake.webhooks.send(hook);
      await stage.settle();
    }
    expect(last()).toMatchObject({ conclusion: "failure" });
    expect(thread().comments[0]!.body).not.toContain("Dismissed");
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
