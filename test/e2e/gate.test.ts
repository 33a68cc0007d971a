import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { ReviewExceeded } from "../../src/app/reviewing/review-session.js";
import type { FakePull } from "../fake-github/fake-pull.js";
import type { FakeRepository } from "../fake-github/fake-repository.js";
import { type Stage, setStage } from "./harness.js";

const UNSAFE = `def find(db, name):
    return db.execute("SELECT * FROM users WHERE name = '" + name + "'")
`;
const LOW = `def find(db, name):
    return db.execute("SELECT * FROM carts WHERE name = '" + name + "'")  # low
`;

describe("the gate", () => {
  let stage: Stage;
  let repository: FakeRepository;
  beforeEach(async () => {
    stage = await setStage();
    repository = stage.fake.createRepository({ owner: "acme", name: "shop", files: { "README.md": "x\n" } });
    repository.setRole("maria", "write");
    repository.setRole("theo", "triage");
  });
  afterEach(() => stage.end());

  const open = async (edits: Record<string, string>): Promise<FakePull> => {
    repository.commit("feature", edits, "Change");
    const pull = repository.openPull({ head: "feature", title: "Change", author: "sam" });
    await stage.settle();
    return pull;
  };
  const last = (pull: FakePull) => pull.conversation().checkRuns.at(-1)!;
  const press = async (pull: FakePull, button: string, by: string) => {
    repository.pressButton(last(pull).id, button, by);
    await stage.settle();
  };
  const buttons = (pull: FakePull) => last(pull).actions.map(({ identifier }) => identifier);

  describe("of pull requests that share their head", () => {
    let first: FakePull;
    let second: FakePull;
    beforeEach(async () => {
      repository.commit("develop", { "db.py": UNSAFE }, "Already there");
      repository.commit("feature", { "README.md": "y\n" }, "Change", { from: "develop" });
      // Against main the unsafe file is new, against develop it is not.
      first = repository.openPull({ head: "feature", title: "To main", author: "sam" });
      await stage.settle();
      second = repository.openPull({ head: "feature", base: "develop", title: "To develop", author: "sam" });
      await stage.settle();
    });

    it("concludes with the worst, and says which it is", () => {
      expect(second.conversation().threads).toEqual([]);
      expect(last(second)).toMatchObject({ conclusion: "failure", title: expect.stringMatching(/^No/) });
      expect(last(second).summary).toContain(`#${first.number} has the same head`);
    });

    it("does not pass while the other is paused and was not reviewed", async () => {
      first.comment("maria", "/hognose pause");
      await stage.settle();
      first.push({ "more.md": "z\n" });
      await stage.settle();
      expect(last(second)).toMatchObject({ conclusion: "action_required" });
    });

    it("passes when the other is closed", async () => {
      first.close();
      await stage.settle();
      expect(last(second)).toMatchObject({ conclusion: "success" });
      expect(last(second).summary).not.toContain("same head");
    });

    it("passes when the finding of the other is dismissed", async () => {
      const id = /dismiss ([0-9a-f]{8})/.exec(first.conversation().threads[0]!.comments[0]!.body)![1]!;
      first.comment("maria", `/hognose dismiss ${id} a fixture`);
      await stage.settle();
      expect(last(first)).toMatchObject({ conclusion: "success" });
    });
  });

  describe("has buttons", () => {
    it("that review again, for who may write", async () => {
      const pull = await open({ "db.py": UNSAFE });
      expect(buttons(pull)).toEqual(["review"]);
      await press(pull, "review", "theo");
      expect(pull.conversation().checkRuns).toHaveLength(1);
      await press(pull, "review", "maria");
      expect(pull.conversation().checkRuns).toHaveLength(2);
      expect(pull.conversation().threads).toHaveLength(1);
    });

    it("that accept what is left of low severity, for who may write", async () => {
      const pull = await open({ "db.py": UNSAFE, "carts.py": LOW });
      expect(buttons(pull)).toEqual(["review", "accept-low"]);
      await press(pull, "accept-low", "theo");
      expect(pull.conversation().checkRuns).toHaveLength(1);
      await press(pull, "accept-low", "maria");
      expect(last(pull)).toMatchObject({ conclusion: "failure", title: "1 defect, blocking; 1 dismissed" });
      expect(last(pull).summary).toMatch(/by `maria`: accepted by the button/);
      expect(buttons(pull)).toEqual(["review"]);
    });

    it("of an older head that accept nothing which was not there", async () => {
      const pull = await open({ "carts.py": LOW });
      const { id } = last(pull);
      pull.push({ "more.py": LOW.replace("carts", "lists") });
      await stage.settle();
      repository.pressButton(id, "accept-low", "maria");
      await stage.settle();
      expect(last(pull)).toMatchObject({ title: "2 defects, none blocking" });
    });
  });

  describe("is made again by GitHub's own re-run", () => {
    it("of one check", async () => {
      const pull = await open({ "db.py": UNSAFE });
      repository.rerunCheck(last(pull).id);
      await stage.settle();
      expect(pull.conversation().checkRuns).toHaveLength(2);
      expect(pull.conversation().threads).toHaveLength(1);
    });

    it("of all checks of a commit, also for a pull request from a fork", async () => {
      const fork = stage.fake.fork(repository, "stranger");
      fork.commit("patch", { "db.py": UNSAFE }, "Patch");
      const pull = repository.openPull({ head: "stranger:patch", title: "Patch", author: "stranger" });
      await stage.settle();
      repository.rerunSuite(pull.headSha);
      await stage.settle();
      expect(pull.conversation().checkRuns).toHaveLength(2);
    });
  });

  it("fails with a button when GitHub shows no files, and the button reviews", async () => {
    const withdraw = stage.fake.faults.inject({
      method: "GET",
      path: "/repos/*/*/pulls/*/files",
      times: 99,
      effect: { kind: "status", status: 422, performed: false },
    });
    const pull = await open({ "db.py": UNSAFE });
    expect(last(pull)).toMatchObject({ conclusion: "failure", title: "The review did not finish" });
    withdraw();
    await press(pull, "review", "maria");
    expect(last(pull)).toMatchObject({ conclusion: "failure", title: "1 defect, blocking" });
  });
});

describe("the gate of a review that cannot be made", () => {
  const failures: readonly (readonly [string, Error, RegExp])[] = [
    ["takes too long", new ReviewExceeded("the review took longer than 120 seconds"), /longer than 120 sec/],
    ["meets a bug", new Error("a bug"), /an error inside Hognose/],
  ];
  for (const [what, error, said] of failures) {
    it(`fails, and says why, when it ${what}`, async () => {
      const stage = await setStage(
        {},
        {
          openSession: () => ({
            round: () => Promise.reject(error),
            close: () => undefined,
          }),
        },
      );
      const repository = stage.fake.createRepository({ owner: "acme", name: "shop", files: { "a.py": "" } });
      repository.commit("feature", { "db.py": UNSAFE }, "Change");
      const pull = repository.openPull({ head: "feature", title: "Change", author: "sam" });
      await stage.settle();
      const [check] = pull.conversation().checkRuns;
      expect(check).toMatchObject({ status: "completed", conclusion: "failure" });
      expect(check!.summary).toMatch(said);
      expect(check!.actions).toMatchObject([{ identifier: "review" }]);
      await stage.end();
    });
  }
});

describe("the gate of a new installation", () => {
  const conclusionAfter = async (age: number): Promise<object> => {
    const stage = await setStage({}, { environment: { advisoryTime: 14 * 24 * 3_600_000 } });
    const repository = stage.fake.createRepository({ owner: "acme", name: "shop", files: { "a.py": "" } });
    Object.assign(stage.fake.installationFor(repository), { createdAt: new Date(Date.now() - age) });
    repository.commit("feature", { "db.py": UNSAFE }, "Change");
    const pull = repository.openPull({ head: "feature", title: "Change", author: "sam" });
    await stage.settle();
    const [check] = pull.conversation().checkRuns;
    await stage.end();
    return check!;
  };

  it("is advisory in its first days, when the app is set up so, and blocks after them", async () => {
    expect(await conclusionAfter(0)).toMatchObject({
      conclusion: "neutral",
      title: "1 defect, 1 would block (advisory)",
    });
    expect(await conclusionAfter(15 * 24 * 3_600_000)).toMatchObject({ conclusion: "failure" });
  });
});
