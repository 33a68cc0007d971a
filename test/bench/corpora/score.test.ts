import { expect, test } from "vitest";
import type { MarkedPlace } from "../../../bench/corpora/manifest.js";
import { corpusTable } from "../../../bench/corpora/report.js";
import { type ScannedFinding, scorePlaces } from "../../../bench/corpora/score.js";

const bad = (line: number, more: Partial<MarkedPlace> = {}): MarkedPlace => ({
  corpus: "c",
  file: "c/a.py",
  level: "line",
  line,
  cwe: 89,
  family: "sql",
  expect: "bad",
  ...more,
});
const good = (line: number, more: Partial<MarkedPlace> = {}) => bad(line, { expect: "good", ...more });
const finding = (line: number, more: Partial<ScannedFinding> = {}): ScannedFinding => ({
  file: "c/a.py",
  line,
  endLine: line,
  cwe: 89,
  family: "sql",
  rule: "sql-injection",
  ...more,
});
const said = (places: readonly MarkedPlace[], ...findings: readonly ScannedFinding[]) =>
  scorePlaces(places, findings).map((verdict) => verdict.said);

test("a finding counts within a line of its place", () => {
  expect(said([bad(10), bad(20), bad(30)], finding(11), finding(22))).toEqual([true, false, false]);
});

test("a finding counts for the nearest place; between a bad and a good one equally near, for the bad one", () => {
  expect(said([good(10), bad(11)], finding(11))).toEqual([false, true]);
  expect(said([good(10), bad(12)], finding(11))).toEqual([false, true]);
  expect(said([good(10), bad(12)], finding(10))).toEqual([true, false]);
});

test("family or weakness must agree, and what is of no family agrees by weakness alone", () => {
  expect(said([bad(1)], finding(1, { family: "input", cwe: 78 }))).toEqual([false]);
  expect(said([bad(1)], finding(1, { family: "input", cwe: 564 }))).toEqual([true]);
  expect(said([bad(1, { family: "other", cwe: 1 })], finding(1, { family: "other" }))).toEqual([false]);
});

test("a finding over many lines counts for its first one", () => {
  expect(said([bad(8)], finding(1, { endLine: 12 }))).toEqual([true]);
  expect(said([bad(8)], finding(1, { endLine: 20 }))).toEqual([false]);
});

test("a file is met by a finding anywhere in it", () => {
  const file = { level: "file", line: null } as const;
  expect(said([bad(0, file), good(0, { ...file, file: "c/b.py" })], finding(40))).toEqual([true, false]);
});

test("recall is of the bad places and precision of all places at which something was said", () => {
  const verdicts = scorePlaces([bad(10), bad(20), good(30)], [finding(10), finding(30)]);
  const [, , row] = corpusTable(verdicts, ["sql"]).split("\n");
  expect(
    row!
      .split("|")
      .map((cell) => cell.trim())
      .slice(1, -1),
  ).toEqual(["c", "all", "2", "1", "50.0 %", "1", "1", "50.0 %"]);
});
