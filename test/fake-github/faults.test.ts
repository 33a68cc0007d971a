import { describe, expect } from "vitest";
import { refusal } from "./octokit.js";
import { onPull, test, where } from "./scene.js";

const review = { ...onPull, event: "COMMENT", body: "Hello." } as const;
const reviews = "/repos/*/*/pulls/*/reviews";

describe("a fault", () => {
  test("answers 502 before anything was done", async ({ fake, pull, kit }) => {
    fake.faults.inject({
      method: "POST",
      path: reviews,
      effect: { kind: "status", status: 502, performed: false },
    });
    expect(await refusal(kit.rest.pulls.createReview(review))).toMatchObject({ status: 502 });
    expect(pull.conversation().reviews).toEqual([]);
    await kit.rest.pulls.createReview(review);
    expect(pull.conversation().reviews).toHaveLength(1);
  });

  test("answers 502 although all was done", async ({ fake, pull, kit }) => {
    fake.faults.inject({
      method: "POST",
      path: reviews,
      effect: { kind: "status", status: 502, performed: true },
    });
    expect(await refusal(kit.rest.pulls.createReview(review))).toMatchObject({ status: 502 });
    expect(pull.conversation().reviews).toHaveLength(1);
  });

  test("hits the nth request that matches, as often as wanted", async ({ fake, pull, kit }) => {
    const effect = { kind: "status", status: 500, performed: false } as const;
    fake.faults.inject({ method: "GET", path: "/repos/shop/web/pulls/**", nth: 2, times: 2, effect });
    const statuses: number[] = [];
    for (const _ of [1, 2, 3, 4]) {
      const answer = kit.rest.pulls.get({ ...where, pull_number: pull.number });
      statuses.push(
        await answer.then(
          ({ status }) => status,
          (error: { status: number }) => error.status,
        ),
      );
    }
    expect(statuses).toEqual([200, 500, 500, 200]);
  });

  test("limits, with the time to wait", async ({ fake, pull, kit }) => {
    fake.faults.inject({
      method: "*",
      path: "/repos/**",
      effect: { kind: "secondary-limit", retryAfter: 60 },
    });
    const limited = kit.rest.pulls.get({ ...where, pull_number: pull.number });
    await expect(limited).rejects.toMatchObject({
      status: 403,
      response: {
        headers: { "retry-after": "60" },
        data: { message: expect.stringContaining("secondary rate limit") },
      },
    });
    fake.faults.inject({
      method: "*",
      path: "/repos/**",
      effect: { kind: "too-many-requests", retryAfter: 5 },
    });
    expect(await refusal(kit.rest.pulls.list(where))).toMatchObject({ status: 429 });
  });

  test("cuts the connection, with or without the effect", async ({ fake, pull, kit }) => {
    for (const performed of [false, true]) {
      fake.faults.inject({ method: "POST", path: reviews, effect: { kind: "reset", performed } });
      await expect(kit.rest.pulls.createReview(review)).rejects.toThrow();
      expect(pull.conversation().reviews).toHaveLength(performed ? 1 : 0);
      fake.faults.clear();
    }
  });

  test("never answers", async ({ fake, pull, kit }) => {
    fake.faults.inject({ method: "POST", path: reviews, effect: { kind: "hang", performed: true } });
    const patience = new AbortController();
    const hanging = kit.rest.pulls.createReview({ ...review, request: { signal: patience.signal } });
    await expect.poll(() => pull.conversation().reviews).toHaveLength(1);
    patience.abort();
    await expect(hanging).rejects.toThrow();
  });

  test("runs what a test wants between the write and the answer", async ({ fake, pull, kit }) => {
    const counts: number[] = [];
    const run = (): void => void counts.push(pull.conversation().reviews.length);
    fake.faults.inject({
      method: "write",
      path: "**",
      nth: 2,
      effect: { kind: "interrupt", performed: true, run },
    });
    await kit.rest.issues.createComment({ ...where, issue_number: 1, body: "First write." });
    await expect(kit.rest.pulls.createReview(review)).rejects.toThrow();
    expect(counts).toEqual([1]);
  });

  test("is late", async ({ fake, pull, kit }) => {
    fake.faults.inject({ method: "GET", path: "**", effect: { kind: "delay", milliseconds: 5 } });
    expect((await kit.rest.pulls.get({ ...where, pull_number: pull.number })).status).toBe(200);
  });

  test("can be taken away", async ({ fake, pull, kit }) => {
    const effect = { kind: "status", status: 500, performed: false } as const;
    const remove = fake.faults.inject({ method: "GET", path: "**", times: 9, effect });
    remove();
    expect((await kit.rest.pulls.get({ ...where, pull_number: pull.number })).status).toBe(200);
  });
});

test("the log tells which requests were writes, and which took effect", async ({ fake, pull, kit }) => {
  const seen = fake.requests.length;
  fake.faults.inject({
    method: "POST",
    path: reviews,
    effect: { kind: "status", status: 502, performed: true },
  });
  await refusal(kit.rest.pulls.createReview(review));
  await kit.rest.pulls.get({ ...where, pull_number: pull.number });
  await kit.graphql("{ viewer { login } }");
  await refusal(kit.rest.pulls.createReview({ ...review, body: "" }));
  expect(
    fake.requests
      .slice(seen)
      .map(({ method, writes, performed, status }) => [method, writes, performed, status]),
  ).toEqual([
    ["POST", true, true, 502],
    ["GET", false, true, 200],
    ["POST", false, true, 200],
    ["POST", true, false, 422],
  ]);
});
