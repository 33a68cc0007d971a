import type { Octokit } from "@octokit/rest";
import { describe, expect } from "vitest";
import type { FakeGitHub } from "./fake-github.js";
import type { FakeRepository } from "./fake-repository.js";
import { asInstallation } from "./octokit.js";
import { test } from "./scene.js";

interface Threads {
  readonly repository: {
    readonly pullRequest: {
      readonly reviewThreads: {
        readonly nodes: readonly {
          readonly id: string;
          readonly isResolved: boolean;
          readonly isOutdated: boolean;
          readonly comments: {
            readonly nodes: readonly {
              readonly databaseId: number;
              readonly author: { readonly login: string };
            }[];
          };
        }[];
        readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string };
      };
    };
  };
}

const query = `query ($cursor: String) {
  repository(owner: "shop", name: "web") {
    pullRequest(number: 1) {
      reviewThreads(first: 1, after: $cursor) {
        nodes { id isResolved isOutdated comments(first: 1) { nodes { databaseId author { login } } } }
        pageInfo { hasNextPage endCursor }
      }
    }
  }
}`;

const mutation = (name: string): string =>
  `mutation ($id: ID!) { ${name}(input: {threadId: $id}) { thread { isResolved } } }`;

async function firstThread(kit: Octokit) {
  const { repository } = await kit.graphql<Threads>(query);
  return repository.pullRequest.reviewThreads;
}

/** A client whose installation may also write contents: what resolving needs. */
async function withContents(fake: FakeGitHub, repository: FakeRepository): Promise<Octokit> {
  const installation = fake.installationFor(repository);
  installation.permissions = { ...installation.permissions, contents: "write" };
  return asInstallation(fake, repository);
}

describe("review threads", () => {
  test("are listed with their first comment, page by page", async ({ pull, kit }) => {
    const id = pull.commentOnDiff("ann", "Why?", { path: "a.py", line: 5 });
    pull.reply("bob", id, "Because.");
    pull.commentOnDiff("ann", "And this?", { path: "a.py", line: 30 });
    const first = await firstThread(kit);
    expect(first.nodes).toMatchObject([
      { isResolved: false, isOutdated: false, comments: { nodes: [{ databaseId: id }] } },
    ]);
    expect(first.pageInfo.hasNextPage).toBe(true);
    const { repository } = await kit.graphql<Threads>(query, { cursor: first.pageInfo.endCursor });
    expect(repository.pullRequest.reviewThreads.pageInfo.hasNextPage).toBe(false);
  });

  test("name a bot without the brackets of REST", async ({ pull, kit }) => {
    const place = { path: "a.py", subject_type: "file" };
    const comment = {
      owner: "shop",
      repo: "web",
      pull_number: 1,
      commit_id: pull.headSha,
      body: "All.",
      ...place,
    };
    await kit.rest.pulls.createReviewComment(comment as never);
    expect((await firstThread(kit)).nodes[0]!.comments.nodes[0]!.author.login).toBe("hognose");
  });

  test("are resolved and opened again with contents:write", async ({ fake, repository, pull }) => {
    pull.commentOnDiff("ann", "Why?", { path: "a.py", line: 5 });
    const kit = await withContents(fake, repository);
    const { id } = (await firstThread(kit)).nodes[0]!;
    await kit.graphql(mutation("resolveReviewThread"), { id });
    expect(pull.conversation().threads).toMatchObject([{ resolved: true, resolvedBy: "hognose[bot]" }]);
    expect(fake.webhooks.held.at(-1)).toMatchObject({
      event: "pull_request_review_thread",
      payload: { action: "resolved" },
    });
    await kit.graphql(mutation("unresolveReviewThread"), { id });
    expect(pull.conversation().threads).toMatchObject([{ resolved: false }]);
  });

  test("are not resolved without it", async ({ pull, kit }) => {
    pull.commentOnDiff("ann", "Why?", { path: "a.py", line: 5 });
    const { id } = (await firstThread(kit)).nodes[0]!;
    const attempt = kit.graphql(mutation("resolveReviewThread"), { id });
    await expect(attempt).rejects.toMatchObject({
      errors: [{ type: "FORBIDDEN", message: "Resource not accessible by integration" }],
    });
    expect(pull.conversation().threads).toMatchObject([{ resolved: false }]);
  });
});

test("what does not exist is an error of its type", async ({ pull, kit }) => {
  expect(pull.number).toBe(1);
  const unknown = kit.graphql(query.replace("number: 1", "number: 9"));
  await expect(unknown).rejects.toMatchObject({ errors: [{ type: "NOT_FOUND" }] });
  await expect(kit.graphql(mutation("resolveReviewThread"), { id: "PRRT_none" })).rejects.toMatchObject({
    errors: [{ type: "NOT_FOUND" }],
  });
});

test("a field that the schema has not is refused and recorded", async ({ fake, kit }) => {
  await expect(kit.graphql("{ viewer { shoeSize } }")).rejects.toThrow("shoeSize");
  expect(fake.takeViolations()).toMatchObject([{ kind: "request", where: "POST /graphql" }]);
});
