import { describe, expect } from "vitest";
import type { SeenThread } from "./conversation.js";
import type { FakePull } from "./fake-pull.js";
import { numbered, onPull, test, where } from "./scene.js";

/** The only thread, as it is shown now. */
const thread = (pull: FakePull): SeenThread => pull.conversation().threads[0]!;

describe("a comment after later pushes", () => {
  test("moves with its line when something is put in above", async ({ pull }) => {
    pull.commentOnDiff("ann", "Why?", { path: "a.py", line: 30, start_line: 29 });
    pull.push({ "a.py": `zero\n${numbered(40, { 5: "five", 30: "thirty" })}` });
    expect(thread(pull)).toMatchObject({ outdated: false, line: 31, startLine: 30, originalLine: 30 });
  });

  test("is outdated when its line is rewritten, and so it is in the API", async ({ pull, kit }) => {
    const id = pull.commentOnDiff("ann", "Why?", { path: "a.py", line: 30 });
    const written = pull.headSha;
    pull.push({ "a.py": numbered(40, { 5: "five", 30: "THIRTY" }) });
    expect(thread(pull)).toMatchObject({ outdated: true, originalLine: 30 });
    const { data } = await kit.rest.pulls.getReviewComment({ ...where, comment_id: id });
    expect(data).toMatchObject({
      line: null,
      position: null,
      original_line: 30,
      commit_id: written,
      original_commit_id: written,
    });
  });

  test("is outdated when its line is no more in the diff", async ({ pull }) => {
    pull.commentOnDiff("ann", "Why?", { path: "a.py", line: 33 });
    pull.push({ "a.py": numbered(40, { 5: "five" }) });
    expect(thread(pull)).toMatchObject({ outdated: true, originalLine: 33 });
  });

  test("stays when other lines change", async ({ pull, kit }) => {
    pull.commentOnDiff("ann", "Why?", { path: "a.py", line: 5 });
    pull.push({ "a.py": numbered(40, { 5: "five", 30: "THIRTY" }) });
    expect(thread(pull)).toMatchObject({ outdated: false, line: 5 });
    const { data } = await kit.rest.pulls.listReviewComments(onPull);
    expect(data).toMatchObject([{ line: 5, position: 5, commit_id: pull.headSha }]);
  });

  test("follows its file to a new name", async ({ pull }) => {
    pull.commentOnDiff("ann", "Why?", { path: "a.py", line: 30 });
    pull.push({ "a.py": null, "moved.py": numbered(40, { 5: "five", 30: "thirty" }) });
    expect(thread(pull)).toMatchObject({ outdated: false, path: "moved.py", line: 30 });
  });

  test("is found again after a rebase with a force push", async ({ repository, pull }) => {
    pull.commentOnDiff("ann", "Why?", { path: "a.py", line: 30 });
    const main = repository.commit("main", { "a.py": `zero\n${numbered(40)}` }, "Meanwhile");
    const rebased = `zero\n${numbered(40, { 5: "five", 30: "thirty" })}`;
    pull.push({ "a.py": rebased }, "Rebased", { force: true, from: main });
    expect(thread(pull)).toMatchObject({ outdated: false, line: 31 });
  });

  test("on a deleted line moves with the base", async ({ repository, pull }) => {
    pull.commentOnDiff("ann", "Why?", { path: "a.py", line: 30, side: "LEFT" });
    const main = repository.commit("main", { "a.py": `zero\n${numbered(40)}` }, "Meanwhile");
    const rebased = `zero\n${numbered(40, { 5: "five", 30: "thirty" })}`;
    pull.push({ "a.py": rebased }, "Rebased", { force: true, from: main });
    expect(thread(pull)).toMatchObject({ outdated: false, side: "LEFT", line: 31 });
  });

  test("on a deleted line is outdated when the line comes back", async ({ pull }) => {
    pull.commentOnDiff("ann", "Why?", { path: "gone.py", line: 1, side: "LEFT" });
    expect(thread(pull)).toMatchObject({ outdated: false, line: 1 });
    pull.push({ "gone.py": "bye\n" });
    expect(thread(pull)).toMatchObject({ outdated: true });
  });

  test("on a whole file is outdated when the file is no more changed", async ({ pull }) => {
    pull.commentOnDiff("ann", "Why?", { path: "added.py", subject_type: "file" });
    expect(thread(pull)).toMatchObject({ wholeFile: true, outdated: false });
    pull.push({ "added.py": null });
    expect(thread(pull)).toMatchObject({ wholeFile: true, outdated: true });
  });
});
