import { describe, expect, test } from "vitest";
import { introduced } from "../../src/review/compare.js";
import { fingerprint } from "../../src/review/fingerprint.js";
import type { Finding } from "../../src/rules/finding.js";
import { finding, step } from "./sample.js";

const at = (line: number, identity: string, extra: Partial<Finding> = {}) =>
  finding([step("sink", "a.py", line)], { identity: [identity], ...extra });
const fresh = (
  base: Finding[],
  head: Finding[],
  more: { ranks?: Record<number, number>; texts?: Record<number, string> } = {},
) =>
  introduced({
    base,
    head,
    rank: (each) => more.ranks?.[each.evidence[0].span.start.line] ?? 0,
    textOf: (each) => more.texts?.[each.span.start.line],
  }).map((each) => each.evidence[0].span.start.line);

describe("fingerprint", () => {
  test("is 16 hex digits, from the rule and the identity alone", () => {
    expect(fingerprint(at(1, "f"))).toMatch(/^[0-9a-f]{16}$/);
    expect(fingerprint(at(1, "f"))).toBe(fingerprint(at(99, "f", { message: "other", severity: "low" })));
    expect(fingerprint(at(1, "f"))).not.toBe(fingerprint(at(1, "g")));
    expect(fingerprint(at(1, "f"))).not.toBe(fingerprint(at(1, "f", { ruleId: "other" })));
  });

  test("does not confuse how the identity is divided", () => {
    expect(fingerprint(finding([step("sink", "a.py", 1)], { identity: ["ab", "c"] }))).not.toBe(
      fingerprint(finding([step("sink", "a.py", 1)], { identity: ["a", "bc"] })),
    );
  });
});

describe("introduced", () => {
  test("what the base has is not new, wherever it stands now", () => {
    expect(fresh([at(1, "f"), at(2, "g")], [at(8, "g"), at(9, "f")])).toEqual([]);
  });

  test("one more of the same is new, and the one on changed lines is chosen", () => {
    expect(fresh([at(1, "f")], [at(1, "f"), at(5, "f")], { ranks: { 1: 0, 5: 2 } })).toEqual([5]);
    expect(fresh([at(1, "f")], [at(1, "f"), at(5, "f")], { ranks: { 1: 2, 5: 0 } })).toEqual([1]);
    expect(fresh([at(1, "f")], [at(1, "f"), at(5, "f"), at(7, "f")], { ranks: { 1: 2, 7: 1 } })).toEqual([
      1, 7,
    ]);
  });

  test("a finding whose identity changed but whose evidence reads the same is the old one", () => {
    const texts = { 1: "cursor.execute(sql, 'x')", 9: 'cursor.execute(\n    sql,\n    "x",\n)' };
    expect(fresh([at(1, "old_name")], [at(9, "new_name")], { texts })).toEqual([]);
  });

  test("a changed line that was as wrong before is the old finding", () => {
    const texts = { 1: 'execute("a" + x)', 9: 'execute("b" + x)' };
    const where = { where: "find" };
    expect(fresh([at(1, "a", where)], [at(9, "b", where)], { texts })).toEqual([]);
    expect(fresh([at(1, "a", where)], [at(9, "b", { where: "other" })], { texts })).toEqual([9]);
    expect(
      fresh([at(1, "a", { ...where, confidence: "low" })], [at(9, "b", { ...where, confidence: "high" })], {
        texts,
      }),
    ).toEqual([9]);
  });

  test("without data to follow, another call in the same function is the old defect rewritten", () => {
    const texts = { 1: "urlopen(url)", 9: "opener.open(url)" };
    const where = { where: "fetch" };
    expect(fresh([at(1, "a", where)], [at(9, "b", where)], { texts })).toEqual([]);
    expect(
      fresh([at(1, "a", where)], [at(8, "b", where), at(9, "c", where)], { texts, ranks: { 9: 1 } }),
    ).toEqual([9]);
    const followed = (line: number, identity: string) =>
      finding([step("source", "a.py", 2), step("sink", "a.py", line)], { identity: [identity], ...where });
    expect(fresh([followed(1, "a")], [followed(9, "b")], { texts })).toEqual([2]);
  });

  test("each old finding accounts for one new one only", () => {
    const texts = { 1: "run(x)", 8: "run(x)", 9: "run(x)" };
    expect(fresh([at(1, "f")], [at(8, "g"), at(9, "h")], { texts, ranks: { 9: 1 } })).toEqual([9]);
  });

  test("a base finding that is still there does not account for a copy", () => {
    const texts = { 1: "run(x)", 9: "run(x)" };
    expect(fresh([at(1, "f")], [at(1, "f"), at(9, "g")], { texts })).toEqual([9]);
  });

  test("findings of different rules or with different evidence do not pair", () => {
    const texts = { 1: "run(x)", 9: "run(x)", 10: "run(y)" };
    expect(fresh([at(1, "f")], [at(9, "g", { ruleId: "other" })], { texts })).toEqual([9]);
    expect(fresh([at(1, "f")], [at(10, "g")], { texts })).toEqual([10]);
  });

  test("evidence that cannot be read pairs with nothing elsewhere", () => {
    expect(fresh([at(1, "f")], [at(9, "g")])).toEqual([9]);
  });
});
