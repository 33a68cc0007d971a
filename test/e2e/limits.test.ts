import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { pathToFileURL } from "node:url";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { type OpenSession, processSessions } from "../../src/app/reviewing/review-session.js";
import type { FakePull } from "../fake-github/fake-pull.js";
import { type Stage, setStage } from "./harness.js";

const VIEWS = `import sqlite3

from flask import Flask, request

app = Flask(__name__)


@app.get("/user")
def user():
    db = sqlite3.connect("shop.db")
    return str(db.execute("SELECT * FROM users WHERE name = ?", (request.args["name"],)).fetchone())
`;
const UNSAFE = VIEWS.replace('= ?", (request.args["name"],))', `= '" + request.args["name"] + "'")`);

const LIMITS = { time: 20_000, memory: 128 };
const SPIN = "for (;;);";
const HOARD = "const hoard = []; for (;;) hoard.push(new Array(1e6).fill(hoard.length + 0.5));";
/** A process that reviews with the built core, unless a revision has a file of this name. */
const processOf = (greedy: string, name: string): string => `
import { openBlobs } from ${JSON.stringify(built("store/blobs.js"))};
import { reviewRound } from ${JSON.stringify(built("app/reviewing/review-round.js"))};
const noCache = { get: () => undefined, put: () => undefined };
process.once("message", ({ gathered, blobFolder }) => {
  process.on("message", (request) => {
    if (gathered.head.some(({ path }) => path === "${name}")) { ${greedy} }
    process.send(reviewRound(gathered, openBlobs(blobFolder), request, noCache));
  });
});
process.once("disconnect", () => process.exit());
`;
const built = (path: string): string => pathToFileURL(resolve("dist", path)).href;

describe("a review that exceeds its limits, in a process of its own", () => {
  let folder: string;
  let stage: Stage;
  beforeEach(async () => {
    folder = mkdtempSync(join(tmpdir(), "hognose-limits-"));
    const openSession: OpenSession = (...begun) => sessions(...begun);
    stage = await setStage({}, { openSession });
  });
  afterEach(async () => {
    await stage.end();
    rmSync(folder, { recursive: true });
  });

  let sessions: OpenSession;
  const run = (greedy: string, name: string, time = LIMITS.time): void => {
    const entry = join(folder, "process.mjs");
    writeFileSync(entry, processOf(greedy, name));
    const stored = {
      blobFolder: join(stage.environment.dataFolder, "blobs"),
      factsFile: join(folder, "facts.sqlite"),
    };
    sessions = processSessions({ ...LIMITS, time }, stored, entry);
  };
  const open = (name: string, files: Readonly<Record<string, string>> = {}): FakePull => {
    const repository = stage.fake.createRepository({
      owner: "acme",
      name,
      files: { "views.py": VIEWS, ...files },
    });
    repository.commit("feature", { "views.py": UNSAFE }, "Change");
    return repository.openPull({ head: "feature", title: "Change", author: "maria" });
  };
  const checkOf = (pull: FakePull) => pull.conversation().checkRuns[0]!;

  const excesses: readonly (readonly [string, string, number, string])[] = [
    ["time", SPIN, 3000, "the review took longer than 3 seconds"],
    ["memory", HOARD, LIMITS.time, "the review needed more than 128 MB of memory"],
  ];
  for (const [what, greedy, time, said] of excesses) {
    it(`of ${what} is made again with the changed Python files alone, says so, and ends no other`, async () => {
      run(greedy, "huge.py", time);
      const pull = open("large", { "huge.py": "x = 1\n", ".hognose.yml": "colour: red\n" });
      const other = open("small");
      await stage.settle();
      expect(pull.conversation().threads).toMatchObject([{ path: "views.py", line: 11 }]);
      expect(checkOf(pull)).toMatchObject({ status: "completed", conclusion: "failure" });
      expect(checkOf(pull).summary).toContain(`${said}: only the changed Python files were read`);
      expect(checkOf(pull).summary, "the configuration is still read").toContain("colour");
      expect(other.conversation().threads).toHaveLength(1);
      expect(checkOf(other).summary).not.toContain("only the changed");
    });

    it(`of ${what} again in the smaller review fails its check, which says why and how to try again`, async () => {
      run(greedy, "views.py", time);
      const pull = open("large");
      await stage.settle();
      expect(checkOf(pull)).toMatchObject({ conclusion: "failure", title: "The review did not finish" });
      expect(checkOf(pull).summary).toContain(said);
      expect(checkOf(pull).actions).toMatchObject([{ identifier: "review" }]);
      expect(await stage.queueStats()).toMatchObject({ waiting: 0, running: 0, dead: 0 });
    });
  }
});

it("a review whose worker has died twice is made with the changed Python files alone, and says so", async () => {
  const stage = await setStage();
  const repository = stage.fake.createRepository({
    owner: "acme",
    name: "shop",
    files: { "views.py": VIEWS },
  });
  repository.commit("feature", { "views.py": UNSAFE }, "Change");
  const hung = {
    method: "GET",
    path: "/repos/*/*/pulls/*/files",
    effect: { kind: "hang", performed: false },
  } as const;
  const isHung = (times: number) =>
    stage.fake.requests.filter(({ path }) => path.endsWith("/files")).length === times;
  stage.fake.faults.inject({ ...hung, times: 2 });
  const pull = repository.openPull({ head: "feature", title: "Change", author: "maria" });
  for (const death of [1, 2]) {
    while (!isHung(death)) await sleep(10);
    await stage.crashApp();
    await stage.startApp();
  }
  await stage.settle();
  const [check] = pull.conversation().checkRuns;
  expect(check).toMatchObject({ status: "completed", conclusion: "failure" });
  expect(check!.summary).toContain(
    "the processes that reviewed it died: only the changed Python files were read",
  );
  await stage.end();
});
