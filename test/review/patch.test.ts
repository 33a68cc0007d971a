import { describe, expect, test } from "vitest";
import { parsePatch } from "../../src/review/patch.js";

const lines = (patch: string) =>
  parsePatch(patch).flatMap((hunk) =>
    hunk.lines.map((line) => {
      if (line.kind === "added") return `+${line.head} ${line.text}`;
      if (line.kind === "deleted") return `-${line.base} ${line.text}`;
      return ` ${line.base}/${line.head} ${line.text}`;
    }),
  );

describe("parsePatch", () => {
  test("numbers the lines of each side", () => {
    expect(lines("@@ -3,3 +3,4 @@ def f():\n a\n-b\n+c\n+d\n e")).toEqual([
      " 3/3 a",
      "-4 b",
      "+4 c",
      "+5 d",
      " 5/6 e",
    ]);
  });

  test("a header without commas means one line", () => {
    expect(parsePatch("@@ -0,0 +1 @@\n+only")).toEqual([
      {
        baseStart: 0,
        baseCount: 0,
        headStart: 1,
        headCount: 1,
        lines: [{ kind: "added", head: 1, text: "only" }],
      },
    ]);
    expect(lines("@@ -1 +1 @@\n-a\n+b")).toEqual(["-1 a", "+1 b"]);
  });

  test("the note about a missing newline is no line", () => {
    const patch = "@@ -1,2 +1,2 @@\n a\n-b\n\\ No newline at end of file\n+c\n\\ No newline at end of file";
    expect(lines(patch)).toEqual([" 1/1 a", "-2 b", "+2 c"]);
  });

  test("several hunks are read", () => {
    expect(
      parsePatch("@@ -1 +1 @@\n-a\n+b\n@@ -9 +9,2 @@ class C:\n c\n+d\n").map((hunk) => hunk.headStart),
    ).toEqual([1, 9]);
  });

  test("changed lines that look like headers are lines", () => {
    expect(
      lines("@@ -1,2 +1,3 @@\n--- a/x\n-@@ -1 +1 @@\n+++ b/x\n+@@ -1 +1 @@\n+diff --git a/x b/x"),
    ).toEqual(["-1 -- a/x", "-2 @@ -1 +1 @@", "+1 ++ b/x", "+2 @@ -1 +1 @@", "+3 diff --git a/x b/x"]);
  });

  test("a stripped empty context line is a context line", () => {
    expect(lines("@@ -1,3 +1,3 @@\n a\n\n-b\n+c")).toEqual([" 1/1 a", " 2/2 ", "-3 b", "+3 c"]);
  });

  test("carriage returns stay part of the text", () => {
    expect(lines("@@ -1 +1 @@\n-a\r\n+b\r\n")).toEqual(["-1 a\r", "+1 b\r"]);
  });

  test("an empty patch has no hunks", () => {
    expect(parsePatch("")).toEqual([]);
  });

  test.each([
    ["a hunk that ends early", "@@ -1,2 +1,2 @@\n a", /ends too early/],
    ["a line that is not of a diff", "@@ -1,2 +1,2 @@\n a\n*b", /not of a diff/],
    ["more lines on one side than announced", "@@ -1,2 +1 @@\n-a\n+b\n c", /longer than it says/],
  ])("%s is an error", (_, patch, message) => {
    expect(() => parsePatch(patch)).toThrow(message);
  });
});
