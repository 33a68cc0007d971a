import { describe, expect } from "vitest";
import { refusal } from "./octokit.js";
import { numbered, onPull, test, where } from "./scene.js";

type Place = Readonly<Record<string, unknown>>;

/** What GitHub takes in `comments`; the types of the client lag behind. */
const at = (place: Place): never => ({ body: "Here.", ...place }) as never;
const good = { path: "a.py", side: "RIGHT", line: 5 };

describe("a review", () => {
  test("stands in the conversation as the app's, with its comments under their lines", async ({
    pull,
    kit,
  }) => {
    const { data } = await kit.rest.pulls.createReview({
      ...onPull,
      commit_id: pull.headSha,
      event: "COMMENT",
      body: "Two things.",
      comments: [
        at({ ...good, body: "First." }),
        at({ path: "gone.py", side: "LEFT", line: 1, body: "Second." }),
      ],
    });
    expect(data).toMatchObject({
      state: "COMMENTED",
      commit_id: pull.headSha,
      user: { login: "hognose[bot]", type: "Bot" },
    });
    const { reviews, threads } = pull.conversation();
    expect(reviews).toMatchObject([{ user: "hognose[bot]", body: "Two things." }]);
    expect(threads).toMatchObject([
      {
        path: "a.py",
        side: "RIGHT",
        line: 5,
        diffHunk: "@@ -2,7 +2,7 @@\n 2\n 3\n 4\n-5\n+five",
        comments: [{ body: "First." }],
      },
      { path: "gone.py", side: "LEFT", line: 1, comments: [{ body: "Second." }] },
    ]);
  });

  test("without an event is pending, and nobody else sees it", async ({ pull, kit }) => {
    await kit.rest.pulls.createReview({ ...onPull, body: "Draft.", comments: [at(good)] });
    expect(pull.conversation()).toMatchObject({ reviews: [], threads: [] });
    expect((await kit.rest.pulls.listReviews(onPull)).data).toMatchObject([{ state: "PENDING" }]);
    expect((await kit.rest.pulls.listReviewComments(onPull)).data).toEqual([]);
  });

  test("can have its own text changed", async ({ pull, kit }) => {
    const { data } = await kit.rest.pulls.createReview({ ...onPull, event: "COMMENT", body: "Before." });
    await kit.rest.pulls.updateReview({ ...onPull, review_id: data.id, body: "After." });
    expect(pull.conversation().reviews).toMatchObject([{ body: "After." }]);
    expect((await kit.rest.pulls.getReview({ ...onPull, review_id: data.id })).data.body).toBe("After.");
  });

  test("is about an older commit of the pull request when it says so", async ({ pull, kit }) => {
    const old = pull.headSha;
    pull.push({ "a.py": numbered(40) });
    await kit.rest.pulls.createReview({
      ...onPull,
      commit_id: old,
      event: "COMMENT",
      body: "Late.",
      comments: [at(good)],
    });
    expect(pull.conversation().threads).toMatchObject([{ path: "a.py", originalLine: 5, outdated: true }]);
  });
});

describe("a place that GitHub accepts", () => {
  const places: readonly [string, Place][] = [
    ["context beside a change", { path: "a.py", side: "RIGHT", line: 8 }],
    ["context on the left", { path: "a.py", side: "LEFT", line: 2 }],
    ["a deleted line", { path: "a.py", side: "LEFT", line: 5 }],
    ["the right side unless said", { path: "a.py", line: 30 }],
    ["a renamed file under its new name", { path: "new.py", side: "RIGHT", line: 10 }],
    ["the old side of a renamed file under its new name", { path: "new.py", side: "LEFT", line: 10 }],
    ["several lines of one hunk", { ...good, start_line: 3, start_side: "RIGHT" }],
    ["a position", { path: "added.py", position: 2 }],
  ];
  for (const [name, place] of places) {
    test(`is ${name}`, async ({ pull, kit }) => {
      await kit.rest.pulls.createReview({ ...onPull, event: "COMMENT", body: "See.", comments: [at(place)] });
      expect(pull.conversation().threads).toHaveLength(1);
    });
  }
});

describe("a review is refused as a whole, without saying for which comment", () => {
  const places: readonly [string, Place][] = [
    ["a line outside the hunks", { path: "a.py", side: "RIGHT", line: 20 }],
    ["a line behind the end of the file", { path: "a.py", side: "RIGHT", line: 4_000 }],
    ["a deleted line taken for the right side", { path: "gone.py", side: "RIGHT", line: 1 }],
    ["a file that is not changed", { path: "README", side: "RIGHT", line: 1 }],
    ["a renamed file under its old name", { path: "old.py", side: "LEFT", line: 10 }],
    ["no line at all", { path: "a.py" }],
    ["a start that equals the end", { ...good, start_line: 5, start_side: "RIGHT" }],
    ["a start after the end", { ...good, start_line: 6, start_side: "RIGHT" }],
    [
      "a start in another hunk",
      { path: "a.py", side: "RIGHT", line: 30, start_line: 5, start_side: "RIGHT" },
    ],
    ["a start on the other side", { ...good, start_line: 4, start_side: "LEFT" }],
    ["a start without its side on the left", { path: "a.py", side: "LEFT", line: 5, start_line: 4 }],
    ["a position outside the diff", { path: "added.py", position: 3 }],
    ["a text of 65,537 characters", { ...good, body: "x".repeat(65_537) }],
    ["no text", { ...good, body: "" }],
  ];
  for (const [name, place] of places) {
    test(`for ${name}`, async ({ pull, kit }) => {
      const comments = [at(good), at(place)];
      const review = kit.rest.pulls.createReview({ ...onPull, event: "COMMENT", body: "See.", comments });
      const { status, message } = await refusal(review);
      expect(status).toBe(422);
      expect(message).not.toContain(String(place.path));
      expect(pull.conversation()).toMatchObject({ reviews: [], threads: [] });
    });
  }
});

describe("a review is refused", () => {
  test("when it is a comment without a body", async ({ pull, kit }) => {
    const review = kit.rest.pulls.createReview({
      ...onPull,
      event: "COMMENT",
      body: " ",
      comments: [at(good)],
    });
    expect(await refusal(review)).toMatchObject({ status: 422 });
    expect(pull.conversation().reviews).toEqual([]);
  });

  test("when its body has more than 65,536 characters", async ({ pull, kit }) => {
    const longest = "x".repeat(65_536);
    const tooLong = kit.rest.pulls.createReview({ ...onPull, event: "COMMENT", body: `${longest}x` });
    expect(await refusal(tooLong)).toMatchObject({ status: 422 });
    await kit.rest.pulls.createReview({ ...onPull, event: "COMMENT", body: longest });
    expect(pull.conversation().reviews).toHaveLength(1);
  });

  test("when its commit is not in the pull request, or no more after a force push", async ({
    repository,
    pull,
    kit,
  }) => {
    const old = pull.headSha;
    pull.push({ "a.py": numbered(40, { 5: "FIVE" }) }, "Again", { force: true, from: "main" });
    for (const commit_id of [repository.sha()!, "0".repeat(40), old]) {
      const review = kit.rest.pulls.createReview({ ...onPull, commit_id, event: "COMMENT", body: "See." });
      expect(await refusal(review)).toMatchObject({ status: 422 });
    }
    expect(pull.conversation().reviews).toEqual([]);
  });

  test("when the pull request does not exist", async ({ kit }) => {
    const review = kit.rest.pulls.createReview({ ...where, pull_number: 7, event: "COMMENT", body: "See." });
    expect(await refusal(review)).toMatchObject({ status: 404 });
  });
});

test("the comments of one review come without lines, as on GitHub", async ({ pull, kit }) => {
  const comments = [at(good)];
  const { data } = await kit.rest.pulls.createReview({ ...onPull, event: "COMMENT", body: "See.", comments });
  const ofReview = await kit.rest.pulls.listCommentsForReview({ ...onPull, review_id: data.id });
  expect(ofReview.data).toMatchObject([{ path: "a.py", position: 5 }]);
  expect(ofReview.data[0]).not.toHaveProperty("line");
  expect((await kit.rest.pulls.listReviewComments(onPull)).data).toMatchObject([{ line: 5, side: "RIGHT" }]);
  expect(pull.conversation().threads).toHaveLength(1);
});
