import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { type FileDiff, findLine, followLine, hunkDownTo, lineAtPosition } from "./diff.js";
import { type FileEdits, GitRepository } from "./repository.js";
import { numbered } from "./scene.js";

let git: GitRepository;
beforeEach(() => {
  git = new GitRepository("main");
});
afterEach(() => git.remove());

function commit(edits: FileEdits): string {
  const author = { name: "Ann", email: "ann@example.com" };
  return git.commit({ branch: "main", edits, message: "Change", author, date: new Date(0) });
}

function diffOf(before: FileEdits, after: FileEdits): readonly FileDiff[] {
  const base = commit(before);
  return git.diff(base, commit(after));
}

describe("the diff of two commits", () => {
  test("has the status, the counts and the patch of each file", () => {
    const files = diffOf(
      { "a.py": numbered(9), "gone.py": "x\n" },
      { "a.py": numbered(9, { 5: "five" }), "gone.py": null },
    );
    expect(
      files.map(({ path, status, additions, deletions }) => [path, status, additions, deletions]),
    ).toEqual([
      ["a.py", "modified", 1, 1],
      ["gone.py", "removed", 0, 1],
    ]);
    expect(files[0]!.patch).toBe("@@ -2,7 +2,7 @@\n 2\n 3\n 4\n-5\n+five\n 6\n 7\n 8");
  });

  test("leaves the count out of the header of a file with one line", () => {
    const [file] = diffOf({ keep: "" }, { "new.py": "x" });
    expect(file!.patch).toBe("@@ -0,0 +1 @@\n+x\n\\ No newline at end of file");
  });

  test("follows a rename, and gives a pure one no patch", () => {
    const files = diffOf(
      { "old.py": numbered(20), "same.py": numbered(30) },
      { "old.py": null, "new.py": numbered(20, { 10: "ten" }), "same.py": null, "moved.py": numbered(30) },
    );
    const seen = files.map(({ path, previousPath, status, patch }) => [
      path,
      previousPath,
      status,
      patch === undefined,
    ]);
    expect(seen).toEqual([
      ["moved.py", "same.py", "renamed", true],
      ["new.py", "old.py", "renamed", false],
    ]);
  });

  test("gives a binary file no patch", () => {
    const [file] = diffOf({ keep: "" }, { "logo.png": Uint8Array.from([0, 1, 2, 0]) });
    expect(file).toMatchObject({ path: "logo.png", status: "added", additions: 0 });
    expect(file!.patch).toBeUndefined();
  });

  test("keeps the files apart when one becomes a symlink", () => {
    const files = diffOf({ "a.py": "x\n", "b.py": "1\n" }, { "a.py": { symlink: "b.py" }, "b.py": "2\n" });
    expect(files.map(({ path, status, deletions }) => [path, status, deletions])).toEqual([
      ["a.py", "changed", 1],
      ["b.py", "modified", 1],
    ]);
  });

  test("takes a line that looks like a header for content", () => {
    const files = diffOf({ "a.txt": "x\n" }, { "a.txt": "diff --git a/q b/q\n@@ -1 +1 @@\n" });
    expect(files.map(({ path, additions }) => [path, additions])).toEqual([["a.txt", 2]]);
  });
});

describe("a line in the hunks", () => {
  const changed = (): FileDiff =>
    diffOf({ "a.py": numbered(40) }, { "a.py": numbered(40, { 5: "five", 30: "thirty" }) })[0]!;

  test("is found on the side on which it exists", () => {
    expect(findLine(changed(), "LEFT", 5)?.position).toBe(4);
    expect(findLine(changed(), "RIGHT", 5)?.position).toBe(5);
  });

  test("is found as context on both sides, and not outside the hunks", () => {
    expect(findLine(changed(), "RIGHT", 8)).toBeDefined();
    expect(findLine(changed(), "LEFT", 8)).toBeDefined();
    expect(findLine(changed(), "RIGHT", 9)).toBeUndefined();
    expect(findLine(changed(), "RIGHT", 20)).toBeUndefined();
  });

  test("has a position that counts later headers, too", () => {
    const { position } = findLine(changed(), "RIGHT", 30)!;
    expect(position).toBe(14);
    expect(lineAtPosition(changed(), position)).toEqual({ side: "RIGHT", line: 30 });
    expect(lineAtPosition(changed(), 4)).toEqual({ side: "LEFT", line: 5 });
    expect(lineAtPosition(changed(), 9)).toBeUndefined();
  });

  test("is shown with its hunk down to it", () => {
    expect(hunkDownTo(findLine(changed(), "LEFT", 5)!)).toBe("@@ -2,7 +2,7 @@\n 2\n 3\n 4\n-5");
  });
});

describe("following a line to a newer version", () => {
  const before = numbered(40);
  const hunksTo = (after: string) => diffOf({ "a.py": before }, { "a.py": after })[0]!.hunks;

  test("adds what was put in above it", () => {
    expect(followLine(hunksTo(`zero\n${before}`), 30)).toBe(31);
  });

  test("subtracts what was taken out above it", () => {
    expect(followLine(hunksTo(before.replace("1\n2\n", "")), 30)).toBe(28);
  });

  test("does not mind changes below it", () => {
    expect(followLine(hunksTo(numbered(40, { 35: "x\ny" })), 30)).toBe(30);
  });

  test("ends where the line was rewritten", () => {
    expect(followLine(hunksTo(numbered(40, { 30: "thirty" })), 30)).toBeUndefined();
  });
});
