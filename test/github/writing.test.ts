import { RequestError } from "@octokit/request-error";
import nock from "nock";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { beginCheckRun, concludeCheckRun, findOpenCheckRun } from "../../src/github/check-run.js";
import { isAtLeast, react, replyOnce, writerRole } from "../../src/github/command-comment.js";
import { editComment } from "../../src/github/edit-comment.js";
import { listOwnComments } from "../../src/github/own-comments.js";
import { postComments } from "../../src/github/post-comments.js";
import { writeOnce } from "../../src/github/write-once.js";
import type { Annotation, ReviewComment } from "../../src/review/review.js";
import { API, closeNetwork, conversation, REPOSITORY } from "./api.js";

beforeEach(closeNetwork);
afterEach(closeNetwork);

const HEAD = "a".repeat(40);
const run = (over: object = {}) => ({
  id: 5,
  html_url: "https://github.com/acme/shop/runs/5",
  status: "in_progress",
  external_id: "hognose/7",
  app: { slug: "hognose" },
  output: { annotations_count: 0 },
  ...over,
});
const bodyOf = (bodies: unknown[]) => (body: unknown) => {
  bodies.push(body);
  return true;
};

describe("a check run", () => {
  const serveRuns = (runs: readonly object[]) =>
    nock(API)
      .get(`${REPOSITORY}/commits/${HEAD}/check-runs`)
      .query(true)
      .reply(200, { total_count: runs.length, check_runs: runs });

  it("of an interrupted job is found by its name, its id and our app, as long as it is open", async () => {
    serveRuns([
      run({ id: 9, external_id: "other" }),
      run({ id: 8, status: "completed" }),
      run({ id: 7, app: { slug: "github-actions" } }),
      run(),
    ]);
    expect(await findOpenCheckRun(conversation(), HEAD, "hognose/7")).toMatchObject({ id: 5 });
    serveRuns([]);
    expect(await findOpenCheckRun(conversation(), HEAD, "hognose/7")).toBeUndefined();
  });

  it("is begun in progress, and once: after an unclear answer it is looked for", async () => {
    const bodies: unknown[] = [];
    nock(API).post(`${REPOSITORY}/check-runs`, bodyOf(bodies)).reply(502, {});
    serveRuns([run()]);
    expect(await beginCheckRun(conversation(), HEAD, "hognose/7")).toMatchObject({
      id: 5,
      isCompleted: false,
    });
    const expected = { name: "Hognose", head_sha: HEAD, status: "in_progress", external_id: "hognose/7" };
    expect(bodies).toMatchObject([expected]);
  });

  const annotations = (count: number): Annotation[] =>
    Array.from({ length: count }, (_, n) => ({
      path: "a.py",
      startLine: n + 1,
      endLine: n + 1,
      level: "warning",
      title: "t".repeat(300),
      message: "m",
    }));
  const result = (count: number, summary = "s") =>
    ({
      conclusion: "failure",
      title: "t",
      summary,
      annotations: annotations(count),
      buttons: ["review"],
    }) as const;
  const conclude = async (count: number, there = 0, summary?: string) => {
    const bodies: { status?: string; output: { summary: string; annotations?: { title: string }[] } }[] = [];
    nock(API).patch(`${REPOSITORY}/check-runs/5`, bodyOf(bodies)).times(9).reply(200, run());
    const check = { id: 5, url: "", isCompleted: false, annotations: there };
    await concludeCheckRun(conversation(), check, result(count, summary));
    return bodies;
  };

  it("gets its annotations in fifties and is completed with the last", async () => {
    const bodies = await conclude(120);
    expect(bodies.map(({ status, output }) => [status, output.annotations?.length])).toEqual([
      [undefined, 50],
      [undefined, 50],
      ["completed", 20],
    ]);
    expect(bodies[0]!.output.annotations![0]!.title).toHaveLength(255);
  });

  it("goes on after the annotations that it has already", async () => {
    const bodies = await conclude(120, 100);
    expect(bodies.map(({ status, output }) => [status, output.annotations?.length])).toEqual([
      ["completed", 20],
    ]);
  });

  it("is completed without annotations when there are none", async () => {
    const [body] = await conclude(0);
    expect(body).toMatchObject({ status: "completed", conclusion: "failure" });
    expect(body!.output).not.toHaveProperty("annotations");
  });

  it("keeps its summary within the limit in bytes, and closes what it cuts open", async () => {
    const [body] = await conclude(
      0,
      0,
      `\`\`\`python\n${"ä".repeat(100)}\n`.concat("äöü\n".repeat(20_000), "```\n"),
    );
    const { summary } = body!.output;
    expect(Buffer.byteLength(summary)).toBeLessThanOrEqual(65_535);
    expect(summary.match(/^```/gm)).toHaveLength(2);
    expect(summary).not.toContain("\uFFFD");
  });
});

describe("new comments", () => {
  const comment = (n: number, over: Partial<ReviewComment> = {}): ReviewComment => ({
    fingerprint: String(n).padStart(16, "0"),
    path: `f${n}.py`,
    line: n,
    side: "RIGHT",
    body: `<!-- hognose:${String(n).padStart(16, "0")} -->\nbody ${n}`,
    ...over,
  });
  const REVIEWS = `${REPOSITORY}/pulls/7/reviews`;
  type Wire = { body: string; event: string; commit_id: string; comments: { path: string; line?: number }[] };

  it("go out in one review, with a range only when it is one", async () => {
    const bodies: Wire[] = [];
    nock(API).post(REVIEWS, bodyOf(bodies)).reply(200, {});
    const comments = [
      comment(4, { startLine: 2 }),
      comment(5, { startLine: 5 }),
      comment(6, { side: "LEFT" }),
    ];
    expect(await postComments(conversation(), { headSha: HEAD, body: "3 new findings", comments })).toEqual(
      [],
    );
    expect(bodies).toMatchObject([{ event: "COMMENT", commit_id: HEAD }]);
    const [range, single, left] = bodies[0]!.comments;
    expect(range).toMatchObject({ line: 4, start_line: 2, start_side: "RIGHT", side: "RIGHT" });
    expect(single).not.toHaveProperty("start_line");
    expect(left).toMatchObject({ side: "LEFT", line: 6 });
    expect(left).not.toHaveProperty("position");
  });

  it("are halved until the one that GitHub rejects is alone; it goes on its file", async () => {
    const isBad = (body: Wire) => body.comments.some(({ path }) => path === "f3.py");
    const accepted: Wire[] = [];
    nock(API).post(REVIEWS, isBad).times(9).reply(422, { message: "Unprocessable Entity" });
    nock(API).post(REVIEWS, bodyOf(accepted)).times(9).reply(200, {});
    nock(API).get(`${REPOSITORY}/pulls/7/comments`).query(true).reply(200, []);
    const onFile: unknown[] = [];
    nock(API).post(`${REPOSITORY}/pulls/7/comments`, bodyOf(onFile)).reply(201, {});
    const comments = [1, 2, 3, 4, 5].map((n) => comment(n));
    expect(await postComments(conversation(), { headSha: HEAD, body: "x", comments })).toEqual([]);
    expect(accepted.flatMap((body) => body.comments.map(({ path }) => path))).toEqual([
      "f1.py",
      "f2.py",
      "f4.py",
      "f5.py",
    ]);
    expect(onFile).toMatchObject([{ path: "f3.py", subject_type: "file", commit_id: HEAD }]);
    expect(onFile[0]).not.toHaveProperty("line");
  });

  it("that GitHub takes nowhere are handed back", async () => {
    nock(API).post(REVIEWS).reply(422, {});
    nock(API).get(`${REPOSITORY}/pulls/7/comments`).query(true).reply(200, []);
    nock(API).post(`${REPOSITORY}/pulls/7/comments`).reply(422, {});
    const only = comment(1);
    expect(await postComments(conversation(), { headSha: HEAD, body: "x", comments: [only] })).toEqual([
      only,
    ]);
  });

  it("are not sent at all when there are none", async () => {
    expect(await postComments(conversation(), { headSha: HEAD, body: "x", comments: [] })).toEqual([]);
  });
});

describe("our own comments", () => {
  it("are those of our bot with a marker at the start", async () => {
    const marker = "<!-- hognose:0123456789abcdef -->";
    const row = (id: number, login: string | undefined, body: string) => ({
      id,
      path: "a.py",
      body,
      user: login && { login },
    });
    nock(API)
      .get(`${REPOSITORY}/pulls/7/comments`)
      .query(true)
      .reply(200, [
        row(1, "hognose[bot]", `${marker}\nours`),
        row(2, "mallory", `${marker}\nforged`),
        row(3, "hognose[bot]", `a reply that quotes ${marker}`),
        row(4, undefined, `${marker}\nof a deleted account`),
      ]);
    expect((await listOwnComments(conversation())).map(({ id }) => id)).toEqual([1]);
  });

  it("stay deleted when somebody has deleted them", async () => {
    nock(API).patch(`${REPOSITORY}/pulls/comments/3`).reply(404, { message: "Not Found" });
    await editComment(conversation(), { commentId: 3, body: "Fixed" });
    expect(nock.isDone()).toBe(true);
  });
});

describe("permission to give commands", () => {
  const ask = async (status: number, body: object) => {
    nock(API).get(`${REPOSITORY}/collaborators/maria/permission`).reply(status, body);
    return writerRole(conversation(), "maria");
  };

  for (const [permission, roleName, expected] of [
    ["admin", "admin", "admin"],
    ["write", "maintain", "maintain"],
    ["write", "write", "write"],
    ["write", "release-manager", "write"],
    ["read", "triage", undefined],
    ["none", "none", undefined],
  ] as const) {
    it(`is ${expected ?? "denied"} for the role ${roleName}`, async () => {
      expect(await ask(200, { permission, role_name: roleName })).toBe(expected);
    });
  }

  it("is ordered: write, maintain, admin", () => {
    expect(isAtLeast("write", "maintain")).toBe(false);
    expect(isAtLeast("admin", "maintain")).toBe(true);
    expect(isAtLeast(undefined, "write")).toBe(false);
  });

  it("is denied when GitHub does not know the user, or refuses to tell", async () => {
    expect(await ask(404, { message: "Not Found" })).toBeUndefined();
    expect(await ask(403, { message: "Resource not accessible by integration" })).toBeUndefined();
  });

  it("is asked again later when GitHub cannot be reached", async () => {
    await expect(ask(502, {})).rejects.toThrow();
  });
});

describe("an answer to a comment", () => {
  const written = { comment: 9, place: { kind: "conversation" } } as const;

  it("needs no comment that is still there", async () => {
    nock(API).post(`${REPOSITORY}/issues/comments/9/reactions`).reply(404, {});
    await react(conversation(), written, "eyes");
    expect(nock.isDone()).toBe(true);
  });

  it("is left out where the conversation is locked", async () => {
    nock(API).get(`${REPOSITORY}/issues/7/comments`).query(true).reply(200, []);
    nock(API)
      .post(`${REPOSITORY}/issues/7/comments`)
      .reply(403, { message: "Unable to create comment because issue is locked." });
    await replyOnce(conversation(), written, "text");
    expect(nock.isDone()).toBe(true);
  });
});

describe("a write that must not happen twice", () => {
  const request = { method: "POST" as const, url: API, headers: {} };
  const broken = () => new RequestError("Bad Gateway", 502, { request });

  it("is not repeated when it is found after an unclear answer", async () => {
    let writes = 0;
    const write = async (): Promise<string> => {
      writes++;
      throw broken();
    };
    expect(await writeOnce(write, async () => "found", [1, 1])).toBe("found");
    expect(writes).toBe(1);
  });

  it("is repeated when it is not found, and gives up with GitHub's last word", async () => {
    let writes = 0;
    const write = async (): Promise<string> => {
      writes++;
      throw broken();
    };
    await expect(writeOnce(write, async () => undefined, [1, 1])).rejects.toThrow("Bad Gateway");
    expect(writes).toBe(3);
  });

  it("is not repeated after a clear refusal", async () => {
    let writes = 0;
    const write = async (): Promise<string> => {
      writes++;
      throw new RequestError("Unprocessable", 422, { request });
    };
    await expect(writeOnce(write, async () => undefined, [1, 1])).rejects.toThrow("Unprocessable");
    expect(writes).toBe(1);
  });
});
