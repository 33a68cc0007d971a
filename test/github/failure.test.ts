import { RequestError } from "@octokit/request-error";
import { describe, expect, it } from "vitest";
import { failureOf } from "../../src/github/failure.js";

const NOW = 1_000_000;
const request = { method: "GET" as const, url: "https://api.github.com/", headers: {} };
const error = (status: number, headers: Record<string, string> = {}, message = "no") =>
  new RequestError(message, status, { request, response: { status, url: request.url, headers, data: {} } });

describe("a failed request", () => {
  it("is limited until the time that retry-after names", () => {
    expect(failureOf(error(403, { "retry-after": "7" }), NOW)).toEqual({
      kind: "rate-limited",
      until: NOW + 7000,
    });
    expect(failureOf(error(429, { "retry-after": "0" }), NOW)).toEqual({ kind: "rate-limited", until: NOW });
  });

  it("is limited until the quota is renewed when nothing of it is left", () => {
    const headers = { "x-ratelimit-remaining": "0", "x-ratelimit-reset": "2000" };
    expect(failureOf(error(403, headers), NOW)).toEqual({ kind: "rate-limited", until: 2_001_000 });
  });

  it("is limited for a minute when GitHub does not say how long", () => {
    const message = "You have exceeded a secondary rate limit";
    expect(failureOf(error(403, {}, message), NOW)).toEqual({ kind: "rate-limited", until: NOW + 60_000 });
    expect(failureOf(error(429), NOW)).toEqual({ kind: "rate-limited", until: NOW + 60_000 });
  });

  it("is refused by a 403 that is no limit, and by 401 and 422", () => {
    const message = "Resource not accessible by integration";
    expect(failureOf(error(403, { "x-ratelimit-remaining": "12" }, message), NOW)).toEqual({
      kind: "refused",
      status: 403,
    });
    expect(failureOf(error(401), NOW)).toEqual({ kind: "refused", status: 401 });
    expect(failureOf(error(422), NOW)).toEqual({ kind: "refused", status: 422 });
  });

  it("leaves open what happened when GitHub or the network breaks", () => {
    for (const status of [500, 502, 503, 504])
      expect(failureOf(error(status), NOW)).toEqual({ kind: "unreachable" });
  });

  it("says that what it names is gone", () => {
    for (const status of [404, 410, 451]) expect(failureOf(error(status), NOW)).toEqual({ kind: "gone" });
  });

  it("is not any other error: that is a bug of ours", () => {
    expect(failureOf(new TypeError("x is undefined"), NOW)).toBeUndefined();
  });
});
