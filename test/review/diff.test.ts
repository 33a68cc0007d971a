import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { diffTexts } from "../../src/review/diff.js";
import { parseGitDiff } from "../../src/review/git-diff.js";
import { parsePatch } from "../../src/review/patch.js";
import type { Hunk, HunkLine } from "../../src/review/snapshot.js";

const SIGN = { context: " ", added: "+", deleted: "-" } as const;

function written(hunks: readonly Hunk[]): string {
  return hunks
    .map((hunk) => {
      const header = `@@ -${hunk.baseStart},${hunk.baseCount} +${hunk.headStart},${hunk.headCount} @@`;
      return [header, ...hunk.lines.map((line) => SIGN[line.kind] + line.text)].join("\n");
    })
    .join("\n");
}

/** What a side of a file is after the hunks; throws when they do not fit. Lines without their ends. */
function applied(base: readonly string[], hunks: readonly Hunk[]): string[] {
  const out: string[] = [];
  let at = 0;
  for (const hunk of hunks) {
    const start = hunk.baseCount > 0 ? hunk.baseStart - 1 : hunk.baseStart;
    out.push(...base.slice(at, start));
    at = start;
    for (const line of hunk.lines) {
      if (line.kind !== "added" && base[at++] !== line.text)
        throw new Error(`line ${at} is not "${line.text}"`);
      if (line.kind !== "deleted") out.push(line.text);
      if (line.kind !== "deleted" && line.head !== out.length)
        throw new Error(`head line ${line.head} is misplaced`);
    }
  }
  return [...out, ...base.slice(at)];
}

const split = (text: string) => (text === "" ? [] : text.replace(/\n$/, "").split("\n"));
/** Texts that share many lines, so that diffs are not trivial. */
const text = fc
  .tuple(
    fc.array(fc.constantFrom("a", "b", "  c", "", "def f():", "x\r", "-- y", "@@ -1 +1 @@"), {
      maxLength: 40,
    }),
    fc.boolean(),
  )
  .map(([lines, ended]) => lines.join("\n") + (ended && lines.length > 0 ? "\n" : ""));

const isChange = (line: HunkLine) => line.kind !== "context";

/** A last line without its end is another line than one with it. */
const withEnds = (text: string) => text.match(/[^\n]*\n|[^\n]+$/g) ?? [];

/** By the table of the longest common subsequences of all tails. */
function fewestChanges(base: readonly string[], head: readonly string[]): number {
  const common = Array.from({ length: base.length + 1 }, () => new Array<number>(head.length + 1).fill(0));
  for (let b = base.length - 1; b >= 0; b--) {
    for (let h = head.length - 1; h >= 0; h--) {
      common[b]![h] =
        base[b] === head[h] ? common[b + 1]![h + 1]! + 1 : Math.max(common[b + 1]![h]!, common[b]![h + 1]!);
    }
  }
  return base.length + head.length - 2 * common[0]![0]!;
}

describe("diffTexts", () => {
  test("its hunks, written and read again, make the head from the base", () => {
    fc.assert(
      fc.property(text, text, (base, head) => {
        const hunks = parsePatch(written(diffTexts(base, head)));
        expect(hunks).toEqual(diffTexts(base, head));
        expect(applied(split(base), hunks)).toEqual(split(head));
      }),
      { numRuns: 500 },
    );
  });

  test("no line is changed that a longest common subsequence keeps", () => {
    fc.assert(
      fc.property(text, text, (base, head) => {
        const changed = diffTexts(base, head).flatMap((hunk) => hunk.lines.filter(isChange));
        expect(changed.length).toBe(fewestChanges(withEnds(base), withEnds(head)));
      }),
      { numRuns: 300 },
    );
  });

  test("equal texts have no hunks", () => {
    fc.assert(fc.property(text, (same) => diffTexts(same, same).length === 0));
  });

  test("a new file is one hunk of added lines", () => {
    expect(diffTexts("", "a\nb\n")).toEqual([
      {
        baseStart: 0,
        baseCount: 0,
        headStart: 1,
        headCount: 2,
        lines: [
          { kind: "added", head: 1, text: "a" },
          { kind: "added", head: 2, text: "b" },
        ],
      },
    ]);
  });

  test("a newline that is added at the end of the file is a change of its last line", () => {
    expect(written(diffTexts("a\nb", "a\nb\n"))).toBe("@@ -1,2 +1,2 @@\n a\n-b\n+b");
  });

  test("changes whose contexts touch are one hunk, others two", () => {
    const lines = Array.from({ length: 30 }, (_, index) => `line ${index}`);
    const changed = (...at: number[]) =>
      lines.map((line, index) => (at.includes(index) ? "new" : line)).join("\n");
    expect(diffTexts(lines.join("\n"), changed(5, 12)).length).toBe(1);
    expect(diffTexts(lines.join("\n"), changed(5, 13)).length).toBe(2);
  });

  test("a shuffled large file is diffed by its unique lines and stays correct", () => {
    const lines = Array.from({ length: 20_000 }, (_, index) => `line ${index}`);
    const moved = lines.map((_, index) => lines[(index * 7919) % lines.length]!);
    const hunks = diffTexts(lines.join("\n"), moved.join("\n"));
    expect(applied(lines, hunks)).toEqual(moved);
    expect(hunks.some((hunk) => hunk.lines.some((line) => line.kind === "context"))).toBe(true);
  });

  test("two blocks moved past each other keep the larger one as context", () => {
    const block = (name: string, size: number) =>
      Array.from({ length: size }, (_, index) => `${name} ${index}`);
    const base = [...block("a", 3000), ...block("b", 9000)];
    const head = [...block("b", 9000), ...block("a", 3000)];
    const changed = diffTexts(`${base.join("\n")}\n`, `${head.join("\n")}\n`).flatMap((hunk) =>
      hunk.lines.filter(isChange),
    );
    expect(changed.length).toBe(6000);
  });

  test("a rewritten file costs no more than its lines", () => {
    const base = Array.from({ length: 50_000 }, (_, index) => `old ${index}`).join("\n");
    const head = Array.from({ length: 50_000 }, (_, index) => `new ${index}`).join("\n");
    expect(diffTexts(base, head).length).toBe(1);
  });
});

describe("against git", () => {
  let folder = "";
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), "hognose-diff-"));
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  function gitDiff(base: string, head: string): readonly Hunk[] {
    writeFileSync(join(folder, "base"), base);
    writeFileSync(join(folder, "head"), head);
    const args = ["diff", "--no-index", "--no-color", "--minimal", "--", "base", "head"];
    try {
      execFileSync("git", args, { cwd: folder, encoding: "utf8" });
      return [];
    } catch (error) {
      return parseGitDiff((error as { stdout: string }).stdout)[0]?.hunks ?? [];
    }
  }

  test("git's own hunks are read so that they make the head from the base, and ours change no more lines", () => {
    fc.assert(
      fc.property(text, text, (base, head) => {
        const theirs = gitDiff(base, head);
        expect(applied(split(base), theirs)).toEqual(split(head));
        const size = (hunks: readonly Hunk[]) => hunks.flatMap((hunk) => hunk.lines.filter(isChange)).length;
        // Even with --minimal git may change a line or two more than it must.
        expect(size(diffTexts(base, head))).toBeLessThanOrEqual(size(theirs));
      }),
      { numRuns: 60 },
    );
  });
});
