import { createSign } from "node:crypto";
import { Octokit } from "@octokit/rest";
import { describe, expect } from "vitest";
import type { FakeGitHub } from "./fake-github.js";
import { asApp, asInstallation, refusal, silent } from "./octokit.js";
import { test, where } from "./scene.js";

function jwt(fake: FakeGitHub, claims: object, key = fake.app.privateKey): string {
  const now = Math.floor(Date.now() / 1000);
  const part = (value: object): string => Buffer.from(JSON.stringify(value)).toString("base64url");
  const text = `${part({ alg: "RS256", typ: "JWT" })}.${part({ iat: now - 30, exp: now + 500, iss: fake.app.id, ...claims })}`;
  return `${text}.${createSign("RSA-SHA256").update(text).sign(key, "base64url")}`;
}

async function statusWith(fake: FakeGitHub, authorization: string, path = "/app"): Promise<number> {
  const response = await fetch(`${fake.url}${path}`, { headers: { authorization } });
  await response.text();
  return response.status;
}

const inSeconds = (seconds: number): number => Math.floor(Date.now() / 1000) + seconds;

describe("the app's JWT", () => {
  test("is accepted when it was signed with the app's key, by id and by client id", async ({ fake }) => {
    expect(await statusWith(fake, `Bearer ${jwt(fake, {})}`)).toBe(200);
    expect(await statusWith(fake, `Bearer ${jwt(fake, { iss: fake.app.clientId })}`)).toBe(200);
  });

  test("is refused when its claims or its signature are wrong", async ({ fake }) => {
    const valid = jwt(fake, {});
    const tampered = `${valid.slice(0, -8)}AAAAAAAA`;
    expect(await statusWith(fake, `Bearer ${tampered}`)).toBe(401);
    expect(await statusWith(fake, `Bearer ${jwt(fake, { exp: inSeconds(-1) })}`)).toBe(401);
    expect(await statusWith(fake, `Bearer ${jwt(fake, { exp: inSeconds(3600) })}`)).toBe(401);
    expect(await statusWith(fake, `Bearer ${jwt(fake, { iat: inSeconds(600), exp: inSeconds(610) })}`)).toBe(
      401,
    );
    expect(await statusWith(fake, `Bearer ${jwt(fake, { iss: 1 })}`)).toBe(401);
    expect(await statusWith(fake, "Bearer nonsense")).toBe(401);
  });

  test("is not a token for repositories", async ({ fake, repository }) => {
    expect(await statusWith(fake, `Bearer ${jwt(fake, {})}`, `/repos/shop/${repository.name}`)).toBe(401);
  });
});

describe("an installation token", () => {
  test("is for the repositories and permissions that were asked for", async ({ fake, repository }) => {
    const other = fake.createRepository({ owner: "shop", name: "other", files: { a: "a" }, private: true });
    const kit = await asInstallation(fake, repository, { contents: "read" });
    const { data } = await kit.rest.apps.listReposAccessibleToInstallation();
    expect(data.repositories.map(({ name }) => name)).toEqual(["web"]);
    expect(await refusal(kit.rest.repos.get({ ...where, repo: other.name }))).toMatchObject({ status: 404 });
    expect(await refusal(kit.rest.pulls.list(where))).toMatchObject({ status: 403 });
  });

  test("is not given out for more than the installation has", async ({ fake, repository }) => {
    const more = asInstallation(fake, repository, { contents: "write" });
    expect(await refusal(more)).toMatchObject({ status: 422 });
  });

  test("is not given out for repositories of others", async ({ fake, repository }) => {
    fake.createRepository({ owner: "bank", name: "vault", private: true });
    const { id } = fake.installationFor(repository);
    const request = asApp(fake).rest.apps.createInstallationAccessToken({
      installation_id: id,
      repositories: ["vault"],
    });
    expect(await refusal(request)).toMatchObject({ status: 422 });
  });

  test("expires after an hour", async ({ fake, kit }) => {
    await kit.rest.repos.get(where);
    fake.advanceClock(60 * 60 * 1000 + 1);
    expect(await refusal(kit.rest.repos.get(where))).toMatchObject({ status: 401 });
  });

  test("is dead when the app is uninstalled, suspended, or the token was revoked", async ({
    fake,
    repository,
    kit,
  }) => {
    const installation = fake.installationFor(repository);
    installation.suspended = true;
    expect(await refusal(kit.rest.repos.get(where))).toMatchObject({ status: 403 });
    installation.suspended = false;
    const second = await asInstallation(fake, repository);
    await second.rest.apps.revokeInstallationAccessToken();
    expect(await refusal(second.rest.repos.get(where))).toMatchObject({ status: 401 });
    fake.uninstall(installation);
    expect(await refusal(kit.rest.repos.get(where))).toMatchObject({ status: 401 });
    expect(await refusal(asApp(fake).rest.apps.getRepoInstallation(where))).toMatchObject({ status: 404 });
  });

  test("has dots, as GitHub's have since 2026", async ({ fake, repository }) => {
    const { data } = await asApp(fake).rest.apps.createInstallationAccessToken({
      installation_id: fake.installationFor(repository).id,
    });
    expect(data.token).toMatch(/^ghs_[^.]+\.[^.]+\.[^.]+$/);
  });
});

describe("the app", () => {
  test("sees itself and where it is installed", async ({ fake, repository }) => {
    const { rest } = asApp(fake);
    expect((await rest.apps.getAuthenticated()).data?.slug).toBe("hognose");
    const { id } = fake.installationFor(repository);
    expect((await rest.apps.listInstallations()).data.map((one) => one.id)).toEqual([id]);
    expect((await rest.apps.getRepoInstallation(where)).data.id).toBe(id);
    expect((await rest.apps.getInstallation({ installation_id: id })).data.repository_selection).toBe("all");
  });

  test("writes as its bot user", async ({ fake, kit }) => {
    const { data } = await kit.rest.users.getByUsername({ username: "hognose[bot]" });
    expect(data).toMatchObject({ type: "Bot", id: fake.app.bot.id });
  });

  test("is told which repositories were taken away", async ({ fake, repository }) => {
    const other = fake.createRepository({ owner: "shop", name: "other" });
    fake.selectRepositories(fake.installationFor(repository), [other]);
    const { event, payload } = fake.webhooks.held.at(-1)!;
    expect(event).toBe("installation_repositories");
    expect(payload).toMatchObject({ action: "removed", repositories_removed: [{ full_name: "shop/web" }] });
    expect(await refusal(asApp(fake).rest.apps.getRepoInstallation(where))).toMatchObject({ status: 404 });
  });
});

test("without a token only what is public can be read", async ({ fake, repository }) => {
  const nobody = new Octokit({ baseUrl: fake.url, log: silent });
  expect(await refusal(nobody.rest.repos.get(where))).toMatchObject({ status: 404 });
  repository.setPrivate(false);
  expect((await nobody.rest.repos.get(where)).data.full_name).toBe("shop/web");
});
