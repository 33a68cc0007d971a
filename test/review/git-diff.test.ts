import { describe, expect, test } from "vitest";
import { parseGitDiff } from "../../src/review/git-diff.js";

const paths = (diff: string) =>
  parseGitDiff(diff).map((file) => [file.basePath, file.headPath, file.hunks.length]);

describe("parseGitDiff", () => {
  test("reads a modified file", () => {
    expect(
      paths("diff --git a/x.py b/x.py\nindex 1..2 100644\n--- a/x.py\n+++ b/x.py\n@@ -1 +1 @@\n-a\n+b\n"),
    ).toEqual([["x.py", "x.py", 1]]);
  });

  test("a new file has no base path, a deleted one no head path", () => {
    const diff = [
      "diff --git a/n.py b/n.py",
      "new file mode 100644",
      "index 0000000..1",
      "--- /dev/null",
      "+++ b/n.py",
      "@@ -0,0 +1 @@",
      "+a",
      "diff --git a/d.py b/d.py",
      "deleted file mode 100644",
      "index 1..0000000",
      "--- a/d.py",
      "+++ /dev/null",
      "@@ -1 +0,0 @@",
      "-a",
      "",
    ].join("\n");
    expect(paths(diff)).toEqual([
      [undefined, "n.py", 1],
      ["d.py", undefined, 1],
    ]);
  });

  test("empty new and deleted files are told apart by their headers", () => {
    const diff =
      "diff --git a/n.py b/n.py\nnew file mode 100644\nindex 0..e\ndiff --git a/d.py b/d.py\ndeleted file mode 100644\nindex e..0\n";
    expect(paths(diff)).toEqual([
      [undefined, "n.py", 0],
      ["d.py", undefined, 0],
    ]);
  });

  test("renames with and without changes give both paths", () => {
    const diff = [
      "diff --git a/old name.py b/new.py",
      "similarity index 90%",
      "rename from old name.py",
      "rename to new.py",
      "index 1..2 100644",
      "--- a/old name.py\t",
      "+++ b/new.py",
      "@@ -1 +1 @@",
      "-a",
      "+b",
      "diff --git a/p.py b/q/p.py",
      "similarity index 100%",
      "rename from p.py",
      "rename to q/p.py",
      "",
    ].join("\n");
    expect(paths(diff)).toEqual([
      ["old name.py", "new.py", 1],
      ["p.py", "q/p.py", 0],
    ]);
  });

  test("binary files and mode changes have no hunks", () => {
    const diff = [
      "diff --git a/i m.png b/i m.png",
      "index 1..2 100644",
      "Binary files a/i m.png and b/i m.png differ",
      "diff --git a/run.py b/run.py",
      "old mode 100644",
      "new mode 100755",
      "",
    ].join("\n");
    expect(paths(diff)).toEqual([
      ["i m.png", "i m.png", 0],
      ["run.py", "run.py", 0],
    ]);
  });

  test("quoted paths are unquoted, octal bytes as UTF-8", () => {
    const diff =
      'diff --git "a/t\\303\\244b\\t\\"q\\".py" "b/t\\303\\244b\\t\\"q\\".py"\nold mode 100644\nnew mode 100755\n' +
      'diff --git "a/\\\\x.py" "b/\\\\x.py"\nindex 1..2 100644\n--- "a/\\\\x.py"\n+++ "b/\\\\x.py"\n@@ -1 +1 @@\n-a\n+b\n';
    expect(paths(diff)).toEqual([
      ['täb\t"q".py', 'täb\t"q".py', 0],
      ["\\x.py", "\\x.py", 1],
    ]);
  });

  test("deleted lines that look like file headers do not end the file", () => {
    const diff =
      "diff --git a/x.py b/x.py\nindex 1..2 100644\n--- a/x.py\n+++ b/x.py\n@@ -1,2 +1 @@\n--- a/other.py\n-diff --git a/q b/q\n+b\n";
    expect(paths(diff)).toEqual([["x.py", "x.py", 1]]);
  });

  test("text without a file header has no files", () => {
    expect(parseGitDiff("")).toEqual([]);
    expect(parseGitDiff("warning: something\n")).toEqual([]);
  });
});
