import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { openDatabase } from "../../src/store/database.js";
import type { FakePull } from "../fake-github/fake-pull.js";
import type { FakeRepository } from "../fake-github/fake-repository.js";
import { type Stage, setStage } from "./harness.js";

const UNSAFE = `def find(db, name):
    return db.execute("SELECT * FROM users WHERE name = '" + name + "'")
`;

describe("recovery", () => {
  let stage: Stage;
  let repository: FakeRepository;
  beforeEach(async () => {
    stage = await setStage({}, { recovery: { look: 20, often: 40, seldom: 40, stale: 0 } });
    repository = stage.fake.createRepository({ owner: "acme", name: "shop", files: { "README.md": "x\n" } });
  });
  afterEach(() => stage.end());

  const open = (): FakePull => {
    repository.commit("feature", { "db.py": UNSAFE }, "Change");
    return repository.openPull({ head: "feature", title: "Change", author: "maria" });
  };
  const concluded = async (pull: FakePull): Promise<void> => {
    while (!pull.conversation().checkRuns.some(({ status }) => status === "completed")) await sleep(10);
  };

  it("asks again for the webhooks that came while nobody listened", async () => {
    await stage.stopApp();
    const pull = open();
    repository.setRole("maria", "write");
    pull.comment("maria", "/hognose help");
    await stage.fake.webhooks.idle();
    await stage.startApp();
    await concluded(pull);
    while (pull.conversation().comments.length < 2) await sleep(10);
    await stage.settle();
    const again = stage.fake.webhooks.deliveries.filter(({ redelivery }) => redelivery);
    expect(new Set(again.map(({ event }) => event))).toEqual(new Set(["pull_request", "issue_comment"]));
    expect(pull.conversation().threads).toHaveLength(1);
    expect(pull.conversation().comments).toHaveLength(2);
  });

  it("reviews again when a dismissal has ended", async () => {
    const pull = open();
    repository.setRole("maria", "write");
    await concluded(pull);
    const [, id] = /dismiss ([0-9a-f]{8})/.exec(pull.conversation().threads[0]!.comments[0]!.body)!;
    pull.comment("maria", `/hognose dismiss ${id} for 1d a fixture`);
    const last = () => pull.conversation().checkRuns.at(-1)!;
    while (last().conclusion !== "success") await sleep(10);
    const database = openDatabase(join(stage.environment.dataFolder, "hognose.db"));
    database.prepare("UPDATE dismissals SET ends_at = ?").run(Date.now());
    database.close();
    while (last().conclusion !== "failure") await sleep(10);
    await stage.settle();
    expect(pull.conversation().threads).toHaveLength(1);
  });

  it("reviews the open pull requests of which it never heard, but no drafts, and each head once", async () => {
    stage.fake.webhooks.hold = true;
    const pull = open();
    repository.commit("draft", { "db.py": UNSAFE }, "Draft");
    const draft = repository.openPull({ head: "draft", title: "Draft", author: "maria", draft: true });
    await concluded(pull);
    await sleep(100);
    await stage.settle();
    expect(pull.conversation().checkRuns).toHaveLength(1);
    expect(pull.conversation().threads).toHaveLength(1);
    expect(draft.conversation().checkRuns).toEqual([]);
  });

  it("concludes the check run of a review whose job is gone as a failure that says how to try again", async () => {
    stage.fake.faults.inject({
      method: "GET",
      path: "/repos/*/*/pulls/*/files",
      effect: { kind: "hang", performed: false },
    });
    const pull = open();
    while (pull.conversation().checkRuns.length === 0) await sleep(10);
    await stage.stopApp();
    const database = openDatabase(join(stage.environment.dataFolder, "hognose.db"));
    database.exec("DELETE FROM jobs");
    database.close();
    await stage.startApp();
    await concluded(pull);
    const [check] = pull.conversation().checkRuns;
    expect(check).toMatchObject({ conclusion: "failure", title: "The review did not finish" });
    expect(check!.summary).toContain("/hognose review");
  });

  it("concludes the abandoned check runs of one installation although GitHub fails for another", async () => {
    const hang = { kind: "hang", performed: false } as const;
    stage.fake.faults.inject({ method: "GET", path: "/repos/*/*/pulls/*/files", times: 2, effect: hang });
    const broken = open();
    const elsewhere = stage.fake.createRepository({ owner: "small", name: "shop", files: { "a.py": "x\n" } });
    elsewhere.commit("feature", { "db.py": UNSAFE }, "Change");
    const other = elsewhere.openPull({ head: "feature", title: "Change", author: "maria" });
    while (![broken, other].every((pull) => pull.conversation().checkRuns.length > 0)) await sleep(10);
    await stage.stopApp();
    const database = openDatabase(join(stage.environment.dataFolder, "hognose.db"));
    database.exec("DELETE FROM jobs");
    database.close();
    const effect = { kind: "status", status: 422, performed: false } as const;
    stage.fake.faults.inject({ method: "*", path: "/repos/acme/shop/check-runs/*", times: 1000, effect });
    await stage.startApp();
    await concluded(other);
    expect(other.conversation().checkRuns).toMatchObject([{ title: "The review did not finish" }]);
    expect(broken.conversation().checkRuns).toMatchObject([{ status: "in_progress" }]);
  });

  it("leaves the check run of a merge queue alone while its job is there", async () => {
    const pull = open();
    await concluded(pull);
    await stage.settle();
    const concludes = ({ method, path }: { readonly method: string; readonly path: string }) =>
      method === "PATCH" && path.includes("/check-runs/");
    const before = stage.fake.requests.filter(concludes).length;
    const effect = { kind: "delay", milliseconds: 500 } as const;
    stage.fake.faults.inject({ method: "GET", path: "/repos/*/*/compare/*", effect });
    const group = repository.queueForMerge(pull);
    await stage.settle();
    expect(repository.record.checkRuns.filter(({ headSha }) => headSha === group)).toMatchObject([
      { title: "1 defect, blocking" },
    ]);
    expect(stage.fake.requests.filter(concludes)).toHaveLength(before + 1);
  });
});
