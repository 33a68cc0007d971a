import { setTimeout as sleep } from "node:timers/promises";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { type FakeGitHub, startFakeGitHub } from "../fake-github/fake-github.js";
import type { FakePull } from "../fake-github/fake-pull.js";
import type { FakeRepository } from "../fake-github/fake-repository.js";
import { type BuiltApp, builtApp, runToEnd } from "./built-app.js";
import { SECRET } from "./harness.js";

const VIEWS = `import sqlite3

from flask import Flask, request

app = Flask(__name__)


@app.get("/user")
def user():
    db = sqlite3.connect("shop.db")
    return str(db.execute("SELECT * FROM users WHERE name = ?", (request.args["name"],)).fetchone())
`;
const UNSAFE = VIEWS.replace('= ?", (request.args["name"],))', `= '" + request.args["name"] + "'")`);

describe("the built app", () => {
  let fake: FakeGitHub;
  let app: BuiltApp;
  let repository: FakeRepository;
  beforeEach(async () => {
    fake = await startFakeGitHub();
    app = await builtApp(fake);
    await app.start();
    repository = fake.createRepository({ owner: "acme", name: "shop", files: { "views.py": VIEWS } });
  });
  afterEach(async () => {
    await app.remove();
    await fake.stop();
    fake.assertFaithful();
  });

  const open = (): FakePull => {
    repository.commit("feature", { "views.py": UNSAFE }, "Change");
    return repository.openPull({ head: "feature", title: "Change", author: "maria" });
  };
  const concluded = async (pull: FakePull, heads: number): Promise<void> => {
    const isDone = () => {
      const runs = repository.checkRuns.filter(({ status }) => status === "completed");
      return runs.length >= heads && runs.some(({ headSha }) => headSha === pull.headSha);
    };
    while (!isDone()) await sleep(20);
  };

  it("follows the configuration of the base branch, and says what it does not follow", async () => {
    repository.commit("main", { ".hognose.yml": "fail-on: none\ncolour: red\n" }, "Configure");
    repository.commit("feature", { "views.py": UNSAFE, ".hognose.yml": "exclude: ['**']\n" }, "Change");
    const pull = repository.openPull({ head: "feature", title: "Change", author: "maria" });
    await concluded(pull, 1);
    expect(pull.conversation().threads).toMatchObject([{ path: "views.py", side: "RIGHT", line: 11 }]);
    expect(repository.checkRuns).toMatchObject([{ conclusion: "neutral" }]);
    expect(repository.checkRuns[0]!.summary).toMatch(/\.hognose\.yml:2`\S* unknown key "colour"/);
  });

  it("reviews, and sees the fix", async () => {
    const pull = open();
    await concluded(pull, 1);
    expect(pull.conversation().threads).toMatchObject([{ path: "views.py", side: "RIGHT", line: 11 }]);
    expect(repository.checkRuns).toMatchObject([{ conclusion: "failure" }]);
    const fixed = pull.push({ "views.py": VIEWS });
    await concluded(pull, 2);
    expect(pull.conversation().threads[0]!.comments[0]!.body).toContain(`Fixed in ${fixed.slice(0, 7)}`);
    expect(repository.checkRuns.at(-1)).toMatchObject({ conclusion: "success", headSha: fixed });
  });

  it("takes up the review in which it was killed, and says nothing twice", async () => {
    const killed = new Promise<void>((resolve) => {
      fake.faults.inject({
        method: "POST",
        path: "/repos/*/*/pulls/*/reviews",
        effect: {
          kind: "interrupt",
          performed: true,
          run: async () => {
            await app.stop("SIGKILL");
            resolve();
          },
        },
      });
    });
    const pull = open();
    await killed;
    expect(repository.checkRuns).toMatchObject([{ status: "in_progress" }]);
    await app.start();
    await concluded(pull, 1);
    expect(pull.conversation().reviews).toHaveLength(1);
    expect(pull.conversation().threads).toHaveLength(1);
    expect(repository.checkRuns).toMatchObject([{ status: "completed", conclusion: "failure" }]);
  });

  it("ends with 0 on SIGTERM and on SIGINT", async () => {
    expect(await app.stop("SIGTERM")).toBe(0);
    await app.start();
    expect(await app.stop("SIGINT")).toBe(0);
  });
});

describe("the built app without a complete environment", () => {
  const good = { APP_ID: "1", PRIVATE_KEY: "x", WEBHOOK_SECRET: SECRET };
  const missing: readonly (readonly [string, Readonly<Record<string, string>>])[] = [
    ["WEBHOOK_SECRET", { ...good, WEBHOOK_SECRET: "" }],
    ["WEBHOOK_SECRET", { ...good, WEBHOOK_SECRET: "development" }],
    ["APP_ID", { ...good, APP_ID: "" }],
    ["PRIVATE_KEY", { ...good, PRIVATE_KEY: "" }],
    ["PRIVATE_KEY", good],
  ];
  for (const [name, variables] of missing) {
    it(`refuses to start with one line that names ${name} when it is "${variables[name]}"`, async () => {
      const { code, stderr } = await runToEnd(variables);
      expect(code).toBe(2);
      expect(stderr).toMatch(new RegExp(`^hognose: ${name} [^\\n]+\\n$`));
    });
  }

  it("never enters probot's setup mode", async () => {
    expect((await runToEnd({})).code).toBe(2);
  });
});
