import { describe, expect, test } from "vitest";
import { sharedValidator } from "./validate.js";

const validator = sharedValidator();
const createReview = "POST /repos/{owner}/{repo}/pulls/{pull_number}/reviews";
const createRun = "POST /repos/{owner}/{repo}/check-runs";

describe("a request", () => {
  test("may have the fields that GitHub describes, and no others at any depth", () => {
    const comment = { path: "a.py", line: 1, side: "RIGHT", body: "Here." };
    expect(validator.body(createReview, { event: "COMMENT", body: "See.", comments: [comment] })).toEqual([]);
    const invented = validator.body(createReview, { comments: [{ ...comment, colour: "red" }] });
    expect(invented.join()).toContain("colour");
    expect(validator.body(createReview, { event: "SHOUT" }).join()).toContain("/event");
    expect(validator.body(createReview, { comments: [{ body: "Here." }] }).join()).toContain("path");
  });

  test("has the body that is required, and none where none is described", () => {
    expect(validator.body(createRun, undefined)).toEqual(["a body is required"]);
    expect(validator.body("GET /app", {})).toEqual(["no body is described"]);
  });

  test("has parameters of the described names and types", () => {
    const path = { owner: "shop", repo: "web" };
    const errors = (query: string): string =>
      validator.parameters("GET /repos/{owner}/{repo}/pulls", path, new URLSearchParams(query)).join();
    expect(errors("state=all&per_page=100&page=2")).toBe("");
    expect(errors("per_page=many")).toContain("per_page");
    expect(errors("state=unknown")).toContain("state");
    expect(errors("colour=red")).toContain("colour");
  });
});

describe("an answer", () => {
  const ref = { ref: "refs/heads/main", node_id: "R", url: "http://localhost/ref" };
  const object = { type: "commit", sha: "0".repeat(40), url: "http://localhost/commit" };
  const getRef = "GET /repos/{owner}/{repo}/git/ref/{ref}";

  test("has the described fields, and none that were made up", () => {
    expect(validator.response(getRef, { status: 200, body: { ...ref, object } })).toEqual([]);
    expect(validator.response(getRef, { status: 200, body: ref }).join()).toContain("object");
    expect(
      validator.response(getRef, { status: 200, body: { ...ref, object, colour: "red" } }).join(),
    ).toContain("colour");
    expect(validator.response(getRef, { status: 200 })).toEqual(["a body is missing"]);
  });

  test("has a described status, or is an error with a message", () => {
    expect(validator.response(getRef, { status: 201, body: { ...ref, object } })).toEqual([
      "status 201 is not described",
    ]);
    expect(validator.response(getRef, { status: 401, body: { message: "Bad credentials" } })).toEqual([]);
    expect(validator.response(getRef, { status: 401, body: "no" })).toHaveLength(1);
  });
});

test("a webhook is one that GitHub sends, in its shape", () => {
  expect(validator.webhook("pull_request.painted", {})).toEqual(["there is no webhook pull_request.painted"]);
  expect(validator.webhook("pull_request.opened", { action: "opened" }).join()).toContain("pull_request");
});
