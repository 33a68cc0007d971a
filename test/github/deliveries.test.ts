import nock from "nock";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { redeliverFailed } from "../../src/github/deliveries.js";
import { API, closeNetwork, octokit } from "./api.js";

beforeEach(closeNetwork);
afterEach(closeNetwork);

const NOON = Date.parse("2026-01-01T12:00:00Z");
const MINUTE = 60_000;
const failure = (id: number, minute: number, over: object = {}) => ({
  ...{ id, guid: `guid-${id}`, event: "pull_request", action: "opened" },
  delivered_at: new Date(NOON + minute * MINUTE).toISOString(),
  ...over,
});
const events = new Set(["pull_request.opened"]);

/** @param failures the newest first, as GitHub lists them */
const serve = (failures: readonly object[]) =>
  nock(API).get("/app/hook/deliveries").query({ status: "failure", per_page: 100 }).reply(200, failures);
const expectAsked = (...ids: readonly number[]) => {
  for (const id of ids) nock(API).post(`/app/hook/deliveries/${id}/attempts`).reply(202, {});
};

describe("failed deliveries", () => {
  it("are asked for again, each once, if they matter and are not too old", async () => {
    serve([
      failure(5, 4),
      failure(4, 3, { guid: "guid-5" }),
      failure(3, 2, { event: "push", action: null }),
      failure(2, 1),
      failure(1, -1),
    ]);
    expectAsked(2, 5);
    const redelivered = await redeliverFailed(octokit(), events, NOON);
    expect(redelivered).toEqual({ count: 2, until: undefined });
    expect(nock.pendingMocks()).toEqual([]);
  });

  it("of which there are too many at once are asked for from the oldest on, and it is said how far", async () => {
    serve([failure(3, 3), failure(2, 2), failure(1, 1)]);
    expectAsked(1, 2);
    const redelivered = await redeliverFailed(octokit(), events, NOON, 2);
    expect(redelivered).toEqual({ count: 2, until: NOON + 2 * MINUTE });
    expect(nock.pendingMocks()).toEqual([]);
  });
});
