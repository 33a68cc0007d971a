import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect } from "vitest";
import { git } from "./git.js";
import { numbered, test } from "./scene.js";

test("a rebase made by git itself can be pushed", async ({ fake, repository, pull }) => {
  repository.commit("main", { "other.py": "x\n" }, "Meanwhile");
  const folder = mkdtempSync(join(tmpdir(), "clone-"));
  const before = pull.headSha;
  git(folder, ["clone", "--quiet", repository.directory, "."]);
  git(folder, ["checkout", "--quiet", "feature"]);
  git(folder, ["rebase", "--quiet", "origin/main"]);
  writeFileSync(join(folder, "late.py"), "late = 1\n");
  git(folder, ["add", "late.py"]);
  git(folder, ["commit", "--quiet", "--message=Late"]);
  const head = repository.push(folder, "+HEAD:feature", "ann");
  rmSync(folder, { recursive: true });
  expect(pull.headSha).toBe(head);
  expect(repository.record.git.isAncestor(before, head)).toBe(false);
  expect(fake.webhooks.held.find(({ payload }) => payload.action === "synchronize")?.payload).toMatchObject({
    before,
    after: head,
    sender: { login: "ann" },
  });
});

test("a forced commit starts again from where it is told", async ({ repository }) => {
  const first = repository.commit("feature", { "a.py": "1\n" }, "One");
  const second = repository.commit("feature", { "a.py": "2\n" }, "Two", { force: true });
  expect(repository.record.git.isAncestor(first, second)).toBe(false);
  expect(repository.record.git.commitInfo(second).parents).toEqual([repository.sha()]);
});

test("a branch can be set back to an older commit", async ({ pull, repository }) => {
  const before = pull.headSha;
  pull.push({ "a.py": numbered(40) });
  repository.reset("feature", before);
  expect(pull.headSha).toBe(before);
});

test("a merged pull request keeps its diff", async ({ pull, repository }) => {
  const merge = pull.merge();
  expect(repository.sha()).toBe(merge);
  expect(repository.record.git.commitInfo(merge).parents).toHaveLength(2);
  pull.commentOnDiff("ann", "After the fact.", { path: "a.py", line: 5 });
  expect(pull.conversation().threads).toMatchObject([{ line: 5, outdated: false }]);
});
