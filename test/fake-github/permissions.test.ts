import { describe, expect } from "vitest";
import { asInstallation, refusal } from "./octokit.js";
import { onPull, test, where } from "./scene.js";
import type { Permissions } from "./world.js";

describe("what is missing in the token", () => {
  const cases: readonly [string, Permissions][] = [
    ["pull requests", { contents: "read", checks: "write" }],
    ["pull requests for writing", { contents: "read", pull_requests: "read" }],
  ];
  for (const [name, permissions] of cases) {
    test(`is said with 403: ${name}`, async ({ fake, repository, pull }) => {
      const kit = await asInstallation(fake, repository, permissions);
      const review = kit.rest.pulls.createReview({ ...onPull, event: "COMMENT", body: "hello" });
      const { status, message } = await refusal(review);
      expect(status).toBe(403);
      expect(message).toContain("Resource not accessible by integration");
      expect(pull.conversation().reviews).toEqual([]);
    });
  }

  test("is said for check runs, too", async ({ fake, repository, pull }) => {
    const kit = await asInstallation(fake, repository, { contents: "read", checks: "read" });
    const run = kit.rest.checks.create({ ...where, name: "hognose", head_sha: pull.headSha });
    expect(await refusal(run)).toMatchObject({ status: 403 });
  });
});

describe("repositories of others", () => {
  test("are not there when they are private, and may only be read when they are public", async ({
    fake,
    kit,
  }) => {
    const vault = fake.createRepository({ owner: "bank", name: "vault", files: { a: "a" }, private: true });
    const there = { owner: "bank", repo: "vault" };
    expect(await refusal(kit.rest.repos.get(there))).toMatchObject({ status: 404 });
    vault.setPrivate(false);
    expect((await kit.rest.repos.get(there)).data.private).toBe(false);
    const run = kit.rest.checks.create({ ...there, name: "hognose", head_sha: vault.sha()! });
    expect(await refusal(run)).toMatchObject({ status: 403 });
  });

  test("are not there when they do not exist", async ({ kit }) => {
    expect(await refusal(kit.rest.repos.get({ owner: "no", repo: "thing" }))).toMatchObject({ status: 404 });
  });
});

test("an archived repository can be read and not written", async ({ repository, pull, kit }) => {
  repository.setArchived(true);
  await kit.rest.pulls.get(onPull);
  const comment = kit.rest.issues.createComment({ ...where, issue_number: pull.number, body: "hello" });
  expect(await refusal(comment)).toMatchObject({ status: 403 });
});

test("a locked conversation takes no comments and no reviews", async ({ pull, kit }) => {
  pull.setLocked(true);
  const comment = kit.rest.issues.createComment({ ...where, issue_number: pull.number, body: "hello" });
  expect(await refusal(comment)).toMatchObject({ status: 403 });
  const review = kit.rest.pulls.createReview({ ...onPull, event: "COMMENT", body: "hello" });
  expect(await refusal(review)).toMatchObject({ status: 403 });
});

describe("the permission of a collaborator", () => {
  test("maps the newer roles to the older ones", async ({ fake, repository, kit }) => {
    const expected = {
      admin: "admin",
      maintain: "write",
      write: "write",
      triage: "read",
      read: "read",
    } as const;
    for (const [role, permission] of Object.entries(expected)) {
      fake.addUser(role);
      repository.setRole(role, role as keyof typeof expected);
      const { data } = await kit.rest.repos.getCollaboratorPermissionLevel({ ...where, username: role });
      expect(data).toMatchObject({ permission, role_name: role });
    }
  });

  test("is admin for the owner, none for a stranger, read where all may read, and 404 for nobody", async ({
    fake,
    repository,
    kit,
  }) => {
    fake.addUser("stranger");
    const of = async (username: string): Promise<string> =>
      (await kit.rest.repos.getCollaboratorPermissionLevel({ ...where, username })).data.permission;
    expect(await of("shop")).toBe("admin");
    expect(await of("stranger")).toBe("none");
    repository.setPrivate(false);
    expect(await of("stranger")).toBe("read");
    expect(await refusal(of("nobody"))).toMatchObject({ status: 404 });
  });
});
