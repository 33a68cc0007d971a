import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { operations, webhooks } from "./operations.js";
import { allRoutes } from "./routes.js";
import { createWebhooks } from "./webhooks.js";

const text = readFileSync(new URL("./openapi/github-api.json", import.meta.url), "utf8");
const description = JSON.parse(text) as {
  readonly source: { readonly package: string; readonly version: string };
  readonly operations: object;
  readonly webhooks: object;
};

describe("the extract of GitHub's description", () => {
  test("names the package and the version it was made from", () => {
    expect(description.source.package).toBe("@octokit/openapi");
    expect(description.source.version).toMatch(/^\d+\.\d+\.\d+$/);
  });

  test("has exactly the operations and webhooks in use", () => {
    expect(Object.keys(description.operations)).toEqual([...operations]);
    expect(Object.keys(description.webhooks)).toEqual([...webhooks]);
  });

  test("is small enough to be checked in", () => {
    expect(text.length).toBeLessThan(1_500_000);
  });
});

test("every described operation is played, and none beside", () => {
  const routes = allRoutes(
    createWebhooks(
      () => 1,
      () => new Date(),
      1,
    ),
  );
  expect(routes.map(({ operation }) => operation).sort()).toEqual([...operations].sort());
});
