import { gzipSync } from "node:zlib";
import { Octokit } from "@octokit/rest";
import { describe, expect } from "vitest";
import { startFakeGitHub } from "./fake-github.js";
import { asInstallation, refusal } from "./octokit.js";
import { onPull, test, where } from "./scene.js";

describe("the server", () => {
  test("answers 304 to whom has the answer already, free of charge", async ({ pull, kit }) => {
    const first = await kit.rest.pulls.get(onPull);
    const again = kit.rest.pulls.get({ ...onPull, headers: { "if-none-match": first.headers.etag! } });
    expect(await refusal(again)).toMatchObject({ status: 304 });
    const third = await kit.rest.pulls.get(onPull);
    const remaining = (answer: { headers: Record<string, unknown> }): number =>
      Number(answer.headers["x-ratelimit-remaining"]);
    expect(remaining(first) - remaining(third)).toBe(1);
    pull.setDraft(true);
    const changed = await kit.rest.pulls.get({
      ...onPull,
      headers: { "if-none-match": first.headers.etag! },
    });
    expect(changed.data.draft).toBe(true);
  });

  test("tells the allowance, and refuses when it is used up", async () => {
    const fake = await startFakeGitHub({ limits: { requestsPerHour: 2 } });
    const repository = fake.createRepository({ owner: "shop", name: "web", files: { a: "a" } });
    const kit = await asInstallation(fake, repository);
    await kit.rest.repos.get(where);
    expect((await kit.rest.rateLimit.get()).data.rate).toMatchObject({ limit: 2, used: 1, remaining: 1 });
    await kit.rest.repos.get(where);
    await expect(kit.rest.repos.get(where)).rejects.toMatchObject({
      status: 403,
      response: { headers: { "x-ratelimit-remaining": "0" } },
    });
    fake.advanceClock(60 * 60 * 1000 + 1);
    const tomorrow = await asInstallation(fake, repository);
    expect((await tomorrow.rest.repos.get(where)).status).toBe(200);
    fake.assertFaithful();
    await fake.stop();
  });

  test("is also at the addresses of GitHub Enterprise Server", async ({ fake, repository, kit }) => {
    const { token } = (await kit.auth()) as { token: string };
    const server = new Octokit({ baseUrl: `${fake.url}/api/v3`, auth: token });
    expect((await server.rest.repos.get(where)).data.name).toBe(repository.name);
    const { viewer } = await server.graphql<{ viewer: { login: string } }>("{ viewer { login } }");
    expect(viewer.login).toBe("hognose");
  });

  test("redirects from the former name of a repository", async ({ repository, pull, kit }) => {
    repository.rename("store");
    expect((await kit.rest.pulls.get(onPull)).data.base.repo.full_name).toBe("shop/store");
    await kit.rest.issues.createComment({ ...where, issue_number: 1, body: "Hello." });
    expect(pull.conversation().comments).toHaveLength(1);
  });

  test("answers 404 for a repository that was deleted", async ({ repository, kit }) => {
    repository.delete();
    expect(await refusal(kit.rest.repos.get(where))).toMatchObject({ status: 404 });
  });

  test("records routes that it does not know, and answers 404", async ({ fake, kit }) => {
    expect(await refusal(kit.request("GET /repos/shop/web/stargazers"))).toMatchObject({ status: 404 });
    const unknown = { kind: "unknown-route", where: "GET /repos/shop/web/stargazers" };
    expect(fake.violations).toMatchObject([unknown]);
    expect(() => fake.assertFaithful()).toThrow("stargazers");
    fake.takeViolations();
  });

  test("records parameters and fields that GitHub has not", async ({ fake, pull, kit }) => {
    await kit.rest.pulls.list({ ...where, colour: "red" } as never);
    expect(fake.takeViolations()).toMatchObject([
      { kind: "request", what: expect.stringContaining("colour") },
    ]);
    await kit.rest.pulls.list({ ...where, state: "closing" as never });
    expect(fake.takeViolations()).toMatchObject([
      { kind: "request", what: expect.stringContaining("state") },
    ]);
    const misspelt = { ...onPull, event: "COMMENT", body: "Hello.", coments: [] } as never;
    expect(await refusal(kit.rest.pulls.createReview(misspelt))).toMatchObject({ status: 422 });
    expect(fake.takeViolations()).toMatchObject([
      { kind: "request", what: expect.stringContaining("coments") },
    ]);
    expect(pull.conversation().reviews).toEqual([]);
  });

  test("refuses JSON that is none", async ({ fake, kit }) => {
    const { token } = (await kit.auth()) as { token: string };
    const url = `${fake.url}/repos/shop/web/check-runs`;
    const response = await fetch(url, {
      method: "POST",
      body: "{",
      headers: { authorization: `Bearer ${token}` },
    });
    expect(response.status).toBe(400);
  });
});

test("SARIF is taken with its own permission only", async ({ fake, repository, pull, kit }) => {
  const sarif = gzipSync(JSON.stringify({ version: "2.1.0", runs: [] })).toString("base64");
  const upload = { ...where, commit_sha: pull.headSha, ref: "refs/pull/1/head", sarif };
  expect(await refusal(kit.rest.codeScanning.uploadSarif(upload))).toMatchObject({ status: 403 });
  const installation = fake.installationFor(repository);
  installation.permissions = { ...installation.permissions, security_events: "write" };
  const permitted = await asInstallation(fake, repository);
  expect((await permitted.rest.codeScanning.uploadSarif(upload)).status).toBe(202);
  const broken = permitted.rest.codeScanning.uploadSarif({ ...upload, sarif: "bm9uZQ==" });
  expect(await refusal(broken)).toMatchObject({ status: 400 });
  expect(repository.sarifs).toMatchObject([{ commit: pull.headSha, ref: "refs/pull/1/head" }]);
});
