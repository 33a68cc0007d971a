import examples from "@octokit/webhooks-examples" with { type: "json" };
import { describe, expect, it } from "vitest";
import { commandOf, reviewOf } from "../../../src/app/endpoint/events.js";

/** Real payloads, as far as they come from an installed app. */
function payloads(event: string, action: string): readonly Record<string, unknown>[] {
  const found = (
    examples as unknown as readonly { name: string; examples: readonly Record<string, unknown>[] }[]
  ).find(({ name }) => name === event)!;
  const installation = { id: 1 };
  return found.examples
    .filter((example) => example.action === action)
    .map((example) => ({ installation, ...example }));
}

describe("pull_request events", () => {
  for (const action of ["opened", "synchronize", "reopened", "ready_for_review"]) {
    it(`make a review of the pull request that was ${action}`, () => {
      const all = payloads("pull_request", action);
      expect(all.length).toBeGreaterThan(0);
      for (const payload of all) {
        const { pull_request: pull, repository } = payload as {
          pull_request: { number: number; draft: boolean };
          repository: { id: number; name: string; owner: { login: string } };
        };
        const expected = {
          kind: "review",
          repository: repository.id,
          owner: repository.owner.login,
          repo: repository.name,
          pull: pull.number,
          onRequest: false,
        };
        if (pull.draft) expect(reviewOf(payload)).toBeUndefined();
        else expect(reviewOf(payload)).toMatchObject(expected);
      }
    });
  }

  it("of a draft make nothing", () => {
    const [payload] = payloads("pull_request", "opened");
    const draft = { ...payload, pull_request: { ...(payload!.pull_request as object), draft: true } };
    expect(reviewOf(draft)).toBeUndefined();
  });

  it("that are not what GitHub documents are an error", () => {
    expect(() => reviewOf({ action: "opened" })).toThrow();
  });
});

describe("issue_comment events", () => {
  const [payload] = payloads("issue_comment", "created");
  const comment = (body: string, type = "User", onPull = true) => ({
    ...payload,
    issue: { ...(payload!.issue as object), ...(onPull ? { pull_request: { url: "x" } } : {}) },
    comment: { ...(payload!.comment as object), body, user: { login: "maria", type } },
  });

  it("make a job of a command on a pull request", () => {
    expect(commandOf(comment("/hognose review"))).toMatchObject({
      kind: "command",
      author: "maria",
      command: { name: "review" },
    });
  });

  it("make nothing of other comments, of bots, and of plain issues", () => {
    expect(commandOf(comment("Looks good"))).toBeUndefined();
    expect(commandOf(comment("/hognose review", "Bot"))).toBeUndefined();
    expect(commandOf(comment("/hognose review", "User", false))).toBeUndefined();
  });

  it("in their real forms are understood", () => {
    for (const real of payloads("issue_comment", "created")) expect(commandOf(real)).toBeUndefined();
  });
});
