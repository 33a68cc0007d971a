import { describe, expect } from "vitest";
import { startFakeGitHub } from "./fake-github.js";
import { asInstallation, refusal } from "./octokit.js";
import { numbered, onPull, test, where } from "./scene.js";

describe("reading a pull request", () => {
  test("tells its branches and what it changes", async ({ repository, pull, kit }) => {
    const { data } = await kit.rest.pulls.get(onPull);
    expect(data).toMatchObject({
      number: 1,
      changed_files: 4,
      additions: 5,
      deletions: 4,
      commits: 1,
      draft: false,
    });
    expect(data.head).toMatchObject({ ref: "feature", sha: pull.headSha });
    expect(data.base).toMatchObject({ ref: "main", sha: repository.sha() });
  });

  test("lists by state, base and head", async ({ pull, kit }) => {
    const numbers = async (query: object): Promise<number[]> =>
      (await kit.rest.pulls.list({ ...where, ...query })).data.map(({ number }) => number);
    expect(await numbers({})).toEqual([1]);
    expect(await numbers({ head: "shop:feature" })).toEqual([1]);
    expect(await numbers({ head: "shop:other" })).toEqual([]);
    expect(await numbers({ base: "other" })).toEqual([]);
    pull.close();
    expect(await numbers({})).toEqual([]);
    expect(await numbers({ state: "closed" })).toEqual([1]);
  });

  test("finds it by a commit", async ({ repository, pull, kit }) => {
    const numbers = async (commit_sha: string): Promise<number[]> =>
      (await kit.rest.repos.listPullRequestsAssociatedWithCommit({ ...where, commit_sha })).data.map(
        ({ number }) => number,
      );
    expect(await numbers(pull.headSha)).toEqual([1]);
    expect(await numbers(repository.sha()!)).toEqual([]);
  });

  test("shows the commits of a fork, whose head repository is another", async ({ fake, repository, kit }) => {
    const fork = fake.fork(repository, "stranger");
    fork.commit("patch", { "a.py": numbered(40, { 7: "seven" }) }, "Seven");
    const pull = repository.openPull({ head: "stranger:patch", title: "Seven", author: "stranger" });
    pull.push({ "a.py": numbered(40, { 7: "SEVEN" }) });
    const { data } = await kit.rest.pulls.get({ ...where, pull_number: pull.number });
    expect(data.head.repo?.full_name).toBe("stranger/web");
    const files = await kit.rest.pulls.listFiles({ ...where, pull_number: pull.number });
    expect(files.data[0]?.patch).toContain("+SEVEN");
  });
});

test("a pull request whose fork was deleted has no head repository, and its commits stay", async ({
  fake,
  repository,
  kit,
}) => {
  const fork = fake.fork(repository, "stranger");
  fork.commit("patch", { "a.py": "x\n" }, "Patch");
  const { number } = repository.openPull({ head: "stranger:patch", title: "Patch", author: "stranger" });
  fork.delete();
  const { data } = await kit.rest.pulls.get({ ...where, pull_number: number });
  expect(data.head).toMatchObject({ repo: null, label: "stranger:patch" });
  expect((await kit.rest.pulls.listFiles({ ...where, pull_number: number })).data).toMatchObject([
    { filename: "a.py" },
  ]);
});

describe("the files of a pull request", () => {
  test("come with status, former name and patch", async ({ pull, kit }) => {
    const { data } = await kit.rest.pulls.listFiles({ ...onPull, pull_number: pull.number });
    const seen = data.map(({ filename, status, previous_filename, changes }) => [
      filename,
      status,
      previous_filename,
      changes,
    ]);
    expect(seen).toEqual([
      ["a.py", "modified", undefined, 4],
      ["added.py", "added", undefined, 2],
      ["gone.py", "removed", undefined, 1],
      ["new.py", "renamed", "old.py", 2],
    ]);
    expect(data[1]?.patch).toBe("@@ -0,0 +1,2 @@\n+x = 1\n+y = 2");
  });

  test("are those since the merge base, whatever happened on the base branch", async ({
    repository,
    pull,
    kit,
  }) => {
    repository.commit("main", { "other.py": "x\n" }, "Meanwhile");
    pull.push({ "more.py": "y\n" });
    const { data } = await kit.rest.pulls.listFiles(onPull);
    expect(data.map(({ filename }) => filename)).not.toContain("other.py");
  });

  test("come in pages of at most 100, with links", async ({ repository, kit }) => {
    const edits = Object.fromEntries(
      Array.from({ length: 250 }, (_, index) => [`f${String(index).padStart(3, "0")}.py`, "x\n"]),
    );
    repository.commit("many", edits, "Many");
    const pull = repository.openPull({ head: "many", title: "Many" });
    const query = { ...where, pull_number: pull.number, per_page: 500 };
    const first = await kit.rest.pulls.listFiles(query);
    expect(first.data).toHaveLength(100);
    expect(first.headers.link).toContain('rel="next"');
    expect(await kit.paginate(kit.rest.pulls.listFiles, query)).toHaveLength(250);
  });

  test("have no patch when it is large or binary", async ({ repository, kit }) => {
    const edits = {
      "big.txt": `${"x".repeat(100)}\n`.repeat(6_000),
      "logo.png": Uint8Array.from([0, 1, 0, 2]),
    };
    repository.commit("large", edits, "Large");
    const pull = repository.openPull({ head: "large", title: "Large" });
    const { data } = await kit.rest.pulls.listFiles({ ...where, pull_number: pull.number });
    expect(data.map(({ filename, additions, patch }) => [filename, additions, patch])).toEqual([
      ["big.txt", 6_000, undefined],
      ["logo.png", 0, undefined],
    ]);
  });
});

describe("limits of diffs", () => {
  const small = { pullFiles: 4, diffFiles: 3, diffLines: 20, patchBytes: 100_000 };

  test("end the list of files, and past the allowed lines rows claim no additions", async () => {
    const fake = await startFakeGitHub({ limits: small });
    const repository = fake.createRepository({ owner: "shop", name: "web", files: { keep: "" } });
    repository.commit("many", { a: numbered(15), b: numbered(15), c: "c\n", d: "d\n", e: "e\n" }, "Many");
    repository.openPull({ head: "many", title: "Many" });
    const kit = await asInstallation(fake, repository);
    const { data } = await kit.rest.pulls.listFiles(onPull);
    expect(data.map(({ filename, additions, patch }) => [filename, additions, patch === undefined])).toEqual([
      ["a", 15, false],
      ["b", 0, true],
      ["c", 0, true],
      ["d", 0, true],
    ]);
    fake.assertFaithful();
    await fake.stop();
  });

  test("refuse the diff media type with 406", async () => {
    const fake = await startFakeGitHub({ limits: small });
    const repository = fake.createRepository({ owner: "shop", name: "web", files: { keep: "" } });
    repository.commit("files", { a: "a\n", b: "b\n", c: "c\n", d: "d\n" }, "Files");
    repository.commit("lines", { a: numbered(30) }, "Lines");
    const kit = await asInstallation(fake, repository);
    for (const head of ["files", "lines"]) {
      const { number } = repository.openPull({ head, title: head });
      const diff = kit.rest.pulls.get({ ...where, pull_number: number, mediaType: { format: "diff" } });
      expect(await refusal(diff)).toMatchObject({ status: 406 });
    }
    fake.assertFaithful();
    await fake.stop();
  });

  test("do not touch a small diff", async ({ pull, kit }) => {
    const { data } = await kit.rest.pulls.get({
      ...where,
      pull_number: pull.number,
      mediaType: { format: "diff" },
    });
    expect(String(data)).toContain("rename from old.py\nrename to new.py");
  });
});

describe("comparing commits", () => {
  test("tells the merge base, and has the files on the first page only", async ({
    repository,
    pull,
    kit,
  }) => {
    const fork = repository.sha()!;
    const main = repository.commit("main", { "other.py": "x\n" }, "Meanwhile");
    const basehead = `${main}...${pull.headSha}`;
    const { data } = await kit.rest.repos.compareCommitsWithBasehead({ ...where, basehead });
    expect(data).toMatchObject({ status: "diverged", ahead_by: 1, behind_by: 1 });
    expect(data.merge_base_commit.sha).toBe(fork);
    expect(data.files).toHaveLength(4);
    const second = await kit.rest.repos.compareCommitsWithBasehead({ ...where, basehead, page: 2 });
    expect(second.data.files).toBeUndefined();
  });

  test("takes names of branches with slashes", async ({ repository, kit }) => {
    repository.commit("fix/this", { "other.py": "x\n" }, "Fix");
    const { data } = await kit.rest.repos.compareCommitsWithBasehead({
      ...where,
      basehead: "main...fix/this",
    });
    expect(data.ahead_by).toBe(1);
  });

  test("answers 404 for what is not there", async ({ kit }) => {
    const comparison = kit.rest.repos.compareCommitsWithBasehead({ ...where, basehead: "main...nowhere" });
    expect(await refusal(comparison)).toMatchObject({ status: 404 });
  });
});
