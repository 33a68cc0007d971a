import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { baseLineOf, changedLines, headLineOf, nearestCommentable } from "../../src/review/changed-lines.js";
import { diffTexts } from "../../src/review/diff.js";
import { parsePatch } from "../../src/review/patch.js";

const file = (patch: string) => ({ basePath: "a.py", headPath: "a.py", hunks: parsePatch(patch) });

describe("changedLines", () => {
  const lines = changedLines(file("@@ -2,3 +2,3 @@\n a\n-b\n+c\n d\n@@ -20,2 +20 @@\n e\n-f"));

  test("added and deleted lines are the changed ones of their side", () => {
    expect([...lines.head.changed]).toEqual([3]);
    expect([...lines.base.changed]).toEqual([3, 21]);
  });

  test("context is commentable, with its hunk", () => {
    expect([...lines.head.hunkOf]).toEqual([
      [2, 0],
      [3, 0],
      [4, 0],
      [20, 1],
    ]);
  });

  test("a deleted line knows the head line before it", () => {
    expect([...lines.deletedAfter]).toEqual([
      [3, 2],
      [21, 20],
    ]);
    const first = changedLines(file("@@ -1,2 +1 @@\n-gone\n a"));
    expect([...first.deletedAfter]).toEqual([[1, 0]]);
    const whole = changedLines(file("@@ -1,2 +0,0 @@\n-a\n-b"));
    expect([...whole.deletedAfter]).toEqual([
      [1, 0],
      [2, 0],
    ]);
  });

  test("the nearest commentable line is found within the distance, the later of two", () => {
    expect(nearestCommentable(lines.head, 3, 0)).toBe(3);
    expect(nearestCommentable(lines.head, 7, 3)).toBe(4);
    expect(nearestCommentable(lines.head, 8, 3)).toBeUndefined();
    expect(nearestCommentable(lines.head, 12, 100)).toBe(20);
  });
});

describe("lines across the change", () => {
  test("unchanged lines are mapped in both directions and changed ones are not", () => {
    const changed = file("@@ -2,3 +2,5 @@\n a\n-b\n+c\n+c\n+c\n d\n@@ -20 +21,0 @@\n-e");
    expect([1, 2, 3, 4, 10, 20, 21].map((line) => headLineOf(changed, line))).toEqual([
      1,
      2,
      undefined,
      6,
      12,
      undefined,
      22,
    ]);
    expect([1, 2, 3, 6, 12, 21, 22].map((line) => baseLineOf(changed, line))).toEqual([
      1,
      2,
      undefined,
      4,
      10,
      19,
      21,
    ]);
  });

  test("a mapped line has the same text, and mapping back gives the line", () => {
    const text = fc.array(fc.constantFrom("a", "b", "c", "d"), { maxLength: 30 });
    fc.assert(
      fc.property(text, text, (base, head) => {
        const hunks = diffTexts(
          base.map((line) => `${line}\n`).join(""),
          head.map((line) => `${line}\n`).join(""),
        );
        const changed = { basePath: "a", headPath: "a", hunks };
        base.forEach((line, index) => {
          const there = headLineOf(changed, index + 1);
          if (there === undefined) return;
          expect(head[there - 1]).toBe(line);
          expect(baseLineOf(changed, there)).toBe(index + 1);
        });
      }),
    );
  });
});
