import type { Octokit } from "@octokit/rest";
import { describe, expect } from "vitest";
import type { FakePull } from "./fake-pull.js";
import { refusal } from "./octokit.js";
import { test, where } from "./scene.js";

const annotation = {
  path: "a.py",
  start_line: 5,
  end_line: 5,
  annotation_level: "warning",
  message: "Here.",
} as const;
const output = { title: "One finding", summary: "See below." };

async function start(kit: Octokit, pull: FakePull): Promise<number> {
  const { data } = await kit.rest.checks.create({
    ...where,
    name: "hognose",
    head_sha: pull.headSha,
    status: "in_progress",
  });
  return data.id;
}

describe("a check run", () => {
  test("is started, concluded, and concluded again", async ({ pull, kit }) => {
    const check_run_id = await start(kit, pull);
    expect(pull.conversation().checkRuns).toMatchObject([{ status: "in_progress", conclusion: null }]);
    await kit.rest.checks.update({
      ...where,
      check_run_id,
      status: "completed",
      conclusion: "failure",
      output,
    });
    expect(pull.conversation().checkRuns).toMatchObject([
      { status: "completed", conclusion: "failure", title: "One finding" },
    ]);
    await kit.rest.checks.update({ ...where, check_run_id, conclusion: "success" });
    const { data } = await kit.rest.checks.get({ ...where, check_run_id });
    expect(data).toMatchObject({
      status: "completed",
      conclusion: "success",
      output: { summary: "See below." },
    });
    expect(data.pull_requests).toMatchObject([{ number: 1 }]);
  });

  test("loses its conclusion when it is started again", async ({ pull, kit }) => {
    const check_run_id = await start(kit, pull);
    await kit.rest.checks.update({ ...where, check_run_id, conclusion: "failure" });
    await kit.rest.checks.update({ ...where, check_run_id, status: "in_progress" });
    expect(pull.conversation().checkRuns).toMatchObject([{ status: "in_progress", conclusion: null }]);
  });

  test("needs a conclusion when it is completed", async ({ fake, pull, kit }) => {
    const check_run_id = await start(kit, pull);
    const update = kit.rest.checks.update({ ...where, check_run_id, status: "completed" });
    expect(await refusal(update)).toMatchObject({ status: 422 });
    expect(pull.conversation().checkRuns).toMatchObject([{ status: "in_progress" }]);
    expect(fake.takeViolations()).toContainEqual(expect.objectContaining({ kind: "request" }));
  });

  test("is for a commit that exists", async ({ kit, pull }) => {
    const run = kit.rest.checks.create({ ...where, name: "hognose", head_sha: "0".repeat(40) });
    expect(await refusal(run)).toMatchObject({ status: 422 });
    expect(pull.conversation().checkRuns).toEqual([]);
  });

  test("of a fork's head lists no pull requests", async ({ fake, repository, kit }) => {
    const fork = fake.fork(repository, "stranger");
    fork.commit("patch", { "a.py": "x\n" }, "Patch");
    const pull = repository.openPull({ head: "stranger:patch", title: "Patch", author: "stranger" });
    const { data } = await kit.rest.checks.get({ ...where, check_run_id: await start(kit, pull) });
    expect(data.pull_requests).toEqual([]);
  });

  test("is listed by commit: the latest of each name, or all", async ({ pull, kit }) => {
    await start(kit, pull);
    const latest = await start(kit, pull);
    const list = async (query: object): Promise<number[]> => {
      const { data } = await kit.rest.checks.listForRef({ ...where, ref: pull.headSha, ...query });
      return data.check_runs.map(({ id }) => id);
    };
    expect(await list({})).toEqual([latest]);
    expect(await list({ filter: "all" })).toHaveLength(2);
    expect(await list({ check_name: "other" })).toEqual([]);
    expect(await list({ status: "completed" })).toEqual([]);
  });
});

describe("annotations", () => {
  test("are appended on every update", async ({ pull, kit }) => {
    const check_run_id = await start(kit, pull);
    const fifty = Array.from({ length: 50 }, () => annotation);
    await kit.rest.checks.update({ ...where, check_run_id, output: { ...output, annotations: fifty } });
    await kit.rest.checks.update({
      ...where,
      check_run_id,
      output: { ...output, annotations: [annotation] },
    });
    expect(pull.conversation().checkRuns[0]!.annotations).toHaveLength(51);
    const all = await kit.paginate(kit.rest.checks.listAnnotations, {
      ...where,
      check_run_id,
      per_page: 100,
    });
    expect(all).toHaveLength(51);
    expect((await kit.rest.checks.get({ ...where, check_run_id })).data.output.annotations_count).toBe(51);
  });

  test("are at most fifty in one request", async ({ fake, pull, kit }) => {
    const check_run_id = await start(kit, pull);
    const annotations = Array.from({ length: 51 }, () => annotation);
    const update = kit.rest.checks.update({ ...where, check_run_id, output: { ...output, annotations } });
    expect(await refusal(update)).toMatchObject({ status: 422 });
    expect(pull.conversation().checkRuns[0]!.annotations).toEqual([]);
    expect(fake.takeViolations()).toMatchObject([
      { kind: "request", where: expect.stringContaining("PATCH") },
    ]);
  });

  const wrong: readonly [string, object][] = [
    ["columns over several lines", { end_line: 6, start_column: 1, end_column: 2 }],
    ["a title of 256 characters", { title: "x".repeat(256) }],
    ["a message of more than 64 KB", { message: "x".repeat(64 * 1024 + 1) }],
    ["an end before the start", { start_line: 6 }],
    ["line 0", { start_line: 0, end_line: 0 }],
  ];
  for (const [name, change] of wrong) {
    test(`are refused with ${name}`, async ({ pull, kit }) => {
      const check_run_id = await start(kit, pull);
      const annotations = [annotation, { ...annotation, ...change }];
      const update = kit.rest.checks.update({ ...where, check_run_id, output: { ...output, annotations } });
      expect(await refusal(update)).toMatchObject({ status: 422 });
      expect(pull.conversation().checkRuns[0]!.annotations).toEqual([]);
    });
  }

  test("may have columns on one line", async ({ pull, kit }) => {
    const check_run_id = await start(kit, pull);
    const annotations = [{ ...annotation, start_column: 1, end_column: 4 }];
    await kit.rest.checks.update({ ...where, check_run_id, output: { ...output, annotations } });
    expect(pull.conversation().checkRuns[0]!.annotations).toEqual(annotations);
  });
});

describe("the texts of a check run", () => {
  const longest = "é".repeat(32_767);

  test("have 65,535 bytes each, not characters", async ({ pull, kit }) => {
    const check_run_id = await start(kit, pull);
    await kit.rest.checks.update({
      ...where,
      check_run_id,
      output: { title: "T", summary: `${longest}x`, text: longest },
    });
    for (const long of [{ summary: `${longest}éé` }, { summary: "s", text: `${longest}éé` }]) {
      const update = kit.rest.checks.update({ ...where, check_run_id, output: { title: "T", ...long } });
      const { status, message } = await refusal(update);
      expect(status).toBe(422);
      expect(message).toContain("bytesize of 65535");
    }
    expect(pull.conversation().checkRuns[0]!.text).toBe(longest);
  });

  test("have a title of at most 255 characters", async ({ pull, kit }) => {
    const check_run_id = await start(kit, pull);
    const update = kit.rest.checks.update({
      ...where,
      check_run_id,
      output: { title: "x".repeat(256), summary: "s" },
    });
    expect(await refusal(update)).toMatchObject({ status: 422 });
  });
});

describe("buttons", () => {
  const actions = [{ label: "Re-review", identifier: "review", description: "Review this again" }];

  test("are pressed by people, and the app is told", async ({ fake, repository, pull, kit }) => {
    const check_run_id = await start(kit, pull);
    await kit.rest.checks.update({ ...where, check_run_id, conclusion: "failure", actions });
    repository.pressButton(check_run_id, "review", "ann");
    const { event, payload } = fake.webhooks.held.at(-1)!;
    expect(event).toBe("check_run");
    expect(payload).toMatchObject({
      action: "requested_action",
      requested_action: { identifier: "review" },
      sender: { login: "ann" },
    });
    repository.rerunCheck(check_run_id, "ann");
    expect(fake.webhooks.held.at(-1)!.payload).toMatchObject({
      action: "rerequested",
      check_run: { id: check_run_id },
    });
    repository.rerunSuite(pull.headSha, "ann");
    expect(fake.webhooks.held.at(-1)).toMatchObject({
      event: "check_suite",
      payload: { action: "rerequested" },
    });
  });

  test("are at most three", async ({ fake, pull, kit }) => {
    const check_run_id = await start(kit, pull);
    const four = [1, 2, 3, 4].map((number) => ({ ...actions[0]!, identifier: String(number) }));
    expect(await refusal(kit.rest.checks.update({ ...where, check_run_id, actions: four }))).toMatchObject({
      status: 422,
    });
    expect(fake.takeViolations()).toHaveLength(1);
  });
});
