import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Step } from "../../src/analysis/step.js";
import { changedLines } from "../../src/review/changed-lines.js";
import { indexDiff } from "../../src/review/diff-index.js";
import { place } from "../../src/review/place.js";
import type { Finding } from "../../src/rules/finding.js";
import { finding, snapshotOf, step } from "./sample.js";

const numbered = (count: number) => Array.from({ length: count }, (_, index) => `line ${index + 1}`);
const text = (lines: readonly string[]) => lines.map((line) => `${line}\n`).join("");
/** Forty lines of which some are replaced ("new") and some deleted; a.py only. */
function diffWith(
  changes: { replaced?: number[]; deleted?: number[] },
  extra: { base?: object; head?: object } = {},
) {
  const base = numbered(40);
  const head = base
    .map((line, index) => (changes.replaced?.includes(index + 1) ? `new ${line}` : line))
    .filter((_, index) => !changes.deleted?.includes(index + 1));
  const snapshot = snapshotOf({ "a.py": text(base), ...extra.base }, { "a.py": text(head), ...extra.head });
  return indexDiff(snapshot.changes);
}
const at = (line: number, extra: Parameters<typeof step>[3] = {}) => step("sink", "a.py", line, extra);
const from = (line: number, extra: Parameters<typeof step>[3] = {}) => step("source", "a.py", line, extra);

function placed(
  evidence: Finding["evidence"],
  diff: ReturnType<typeof diffWith>,
  extra: Partial<Finding> = {},
) {
  const { path, startLine, endLine, side, placement, because } = place(finding(evidence, extra), diff);
  return [placement, path, startLine, endLine, side, because];
}

describe("place", () => {
  test("the defect on an added line comes first and needs no reason", () => {
    expect(placed([from(5), at(10)], diffWith({ replaced: [5, 10] }))).toEqual([
      "inline",
      "a.py",
      10,
      10,
      "RIGHT",
      undefined,
    ]);
  });

  test("an added step comes before the defect on a context line", () => {
    expect(placed([from(8), at(10)], diffWith({ replaced: [8] }))).toEqual([
      "inline",
      "a.py",
      8,
      8,
      "RIGHT",
      "this changed line is where the data comes from",
    ]);
  });

  test("the added step nearest to the defect is taken", () => {
    const steps = [from(5), step("flow", "a.py", 8), at(30)] as const;
    expect(placed(steps, diffWith({ replaced: [5, 8] }))[2]).toBe(8);
  });

  test("the defect on a context line comes before other steps there", () => {
    expect(placed([from(9), at(11)], diffWith({ replaced: [10] }))).toEqual([
      "inline",
      "a.py",
      11,
      11,
      "RIGHT",
      undefined,
    ]);
  });

  test("another step in a hunk is taken when the defect is not in one", () => {
    expect(placed([from(9), at(30)], diffWith({ replaced: [10] }))).toEqual([
      "inline",
      "a.py",
      9,
      9,
      "RIGHT",
      "this line is where the data comes from",
    ]);
  });

  test("a deleted guard in the evidence takes the comment to the deleted line", () => {
    const guard = step("guard", "a.py", 20, { side: "base" });
    expect(placed([from(5), guard, at(34)], diffWith({ deleted: [20] }))).toEqual([
      "inline",
      "a.py",
      20,
      20,
      "LEFT",
      "the line deleted here was the check",
    ]);
  });

  test("a defect that is the deleted line itself is said there, before anything else", () => {
    const removed = step("missing", "a.py", 20, { side: "base" });
    expect(placed([at(19), removed], diffWith({ replaced: [19], deleted: [20] }))).toEqual([
      "inline",
      "a.py",
      20,
      20,
      "LEFT",
      undefined,
    ]);
  });

  test("a line deleted between the steps takes the comment when no step is in the diff", () => {
    expect(placed([from(5), at(34)], diffWith({ deleted: [20] }))).toEqual([
      "inline",
      "a.py",
      20,
      20,
      "LEFT",
      "the line deleted here stood between the steps",
    ]);
  });

  test("a line deleted elsewhere does not: the comment is on the file", () => {
    expect(placed([from(5), at(10)], diffWith({ deleted: [20] }))).toEqual([
      "file",
      "a.py",
      10,
      10,
      "RIGHT",
      "none of its lines is in the diff",
    ]);
  });

  test("a defect in an unchanged file is said on the file of the nearest step that changes", () => {
    const sink = step("sink", "lib.py", 3);
    expect(placed([from(30), sink], diffWith({ replaced: [5] })).slice(0, 3)).toEqual(["file", "a.py", 30]);
  });

  test("without any changed file among the evidence it is in the summary", () => {
    expect(placed([step("sink", "lib.py", 3)], diffWith({ replaced: [5] })).slice(0, 3)).toEqual([
      "summary",
      "lib.py",
      3,
    ]);
  });

  test("low confidence is in the summary wherever it stands", () => {
    expect(placed([at(10)], diffWith({ replaced: [10] }), { confidence: "low" })[0]).toBe("summary");
  });

  test("a statement over several lines of one hunk is marked as a whole", () => {
    expect(placed([at(9, { endLine: 11 })], diffWith({ replaced: [10] })).slice(2, 4)).toEqual([9, 11]);
  });

  test("a statement that leaves the hunk is marked on its last line in the diff", () => {
    expect(placed([at(11, { endLine: 15 })], diffWith({ replaced: [12] })).slice(2, 4)).toEqual([11, 15]);
    expect(placed([at(12, { endLine: 19 })], diffWith({ replaced: [12] })).slice(2, 4)).toEqual([12, 12]);
  });

  test("a long span is marked on its first line", () => {
    expect(placed([at(9, { endLine: 30 })], diffWith({ replaced: [10, 20] })).slice(2, 4)).toEqual([10, 10]);
  });

  test("a span that ends at the start of a line does not reach into it", () => {
    const span = { path: "a.py", start: { line: 10, column: 0 }, end: { line: 11, column: 0 } };
    expect(placed([{ ...at(10), span }], diffWith({ replaced: [10] })).slice(2, 4)).toEqual([10, 10]);
  });

  test("a base step on an unchanged line is no place for a comment", () => {
    const guard = step("guard", "a.py", 21, { side: "base" });
    expect(placed([guard, step("sink", "lib.py", 1)], diffWith({ deleted: [20] }))[0]).toBe("file");
  });

  test("every inline comment lies in one hunk, on one side, and deleted lines are really deleted", () => {
    const line = fc.integer({ min: 1, max: 40 });
    const anyStep: fc.Arbitrary<Step> = fc
      .record({
        line,
        length: fc.integer({ min: 0, max: 14 }),
        path: fc.constantFrom("a.py", "lib.py"),
        side: fc.constantFrom("base" as const, "head" as const),
      })
      .map((s) => step("flow", s.path, s.line, { endLine: s.line + s.length, side: s.side }));
    const changes = fc.record({
      replaced: fc.array(line, { maxLength: 6 }),
      deleted: fc.array(line, { maxLength: 6 }),
    });
    fc.assert(
      fc.property(changes, fc.array(anyStep, { minLength: 1, maxLength: 4 }), (changed, steps) => {
        const diff = diffWith(changed);
        const where = place(finding(steps as unknown as Finding["evidence"]), diff);
        if (where.placement !== "inline") return;
        const side = changedLines(diff.fileAt("a.py", "head")!.file)[where.side === "LEFT" ? "base" : "head"];
        expect(where.path).toBe("a.py");
        expect(where.startLine).toBeLessThanOrEqual(where.endLine);
        const hunks = new Set<number | undefined>();
        for (let each = where.startLine; each <= where.endLine; each++) {
          hunks.add(side.hunkOf.get(each));
          if (where.side === "LEFT") expect(side.changed.has(each)).toBe(true);
        }
        expect([...hunks].length).toBe(1);
        expect(hunks.has(undefined)).toBe(false);
      }),
      { numRuns: 500 },
    );
  });
});
