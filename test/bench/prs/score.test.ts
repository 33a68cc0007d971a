// The expected figures are those of the scorer that the bench's facts come with, on the same case.
import { describe, expect, test } from "vitest";
import { movesBetween, recordOf } from "../../../bench/prs/record.js";
import { familyTable, missList } from "../../../bench/prs/report.js";
import { resultKey } from "../../../bench/prs/results.js";
import { type FixVerdict, score } from "../../../bench/prs/score.js";
import { fixes, ordinary, results } from "./case.js";

const verdicts = score({ fixes, ordinary }, new Map(results.map((each) => [resultKey(each), each])), false);
const idsOf = (choose: (verdict: FixVerdict) => boolean | undefined) =>
  verdicts.fixes.filter(choose).map(({ fix }) => fix.id);
const every = new Set(["reverse", "forward", "ordinary"] as const);

describe("the verdict on a fix", () => {
  test("is that it is missed when nothing of its family is said at its lines or in its function", () => {
    const missed = ["three-lines-off", "outside", "other-family", "other-file", "test-file", "summary-only"];
    expect(idsOf(({ detected }) => !detected)).toEqual([...missed, "weak-missed"]);
  });

  test("says whether the lines themselves were met", () => {
    expect(idsOf(({ detected, lineHit }) => detected && !lineHit)).toEqual([
      "function",
      "other-family-and-own",
    ]);
  });

  test("says when only another family saw it", () => {
    expect(idsOf(({ otherFamily }) => otherFamily)).toEqual(["other-family"]);
  });

  test("is that the reviewer is loud forwards when the defect is still said to be in the mended place", () => {
    expect(idsOf(({ forwardLoud }) => forwardLoud)).toEqual(["loud-function", "loud-lines", "weak"]);
  });

  test("leaves fixes that keep a lesser form out of the pairs", () => {
    expect(idsOf(({ pairCorrect }) => pairCorrect === undefined)).toEqual(["weak", "weak-missed"]);
    expect(idsOf(({ pairCorrect }) => pairCorrect)).toHaveLength(10);
  });
});

test("comments on tests and documentation of ordinary commits do not count", () => {
  expect(verdicts.ordinary.get("noisy")?.map(({ line }) => line)).toEqual([1, 2]);
  expect(verdicts.ordinary.get("quiet")).toEqual([]);
});

test("the table has a row for each family, for all and for defects on unchanged lines, with and without cases beyond a static reviewer", () => {
  const rows = familyTable({ score: verdicts, families: [1, 3, 5], ran: every })
    .split("\n")
    .map((row) => row.split("|").map((cell) => cell.trim()));
  expect(rows.slice(2).map((row) => row.slice(1, -1))).toEqual([
    [
      "1 input-validation",
      "1",
      "1/1 100.0 %",
      "1/1 100.0 %",
      "1",
      "1/1 100.0 %",
      "1/1 100.0 %",
      "0",
      "0",
      "0.00",
    ],
    [
      "3 sql-injection",
      "18",
      "11/18 61.1 %",
      "8/16 50.0 %",
      "18",
      "11/18 61.1 %",
      "8/16 50.0 %",
      "3",
      "1",
      "1.00",
    ],
    ["5 access-control", "1", "1/1 100.0 %", "1/1 100.0 %", "0", "-", "-", "0", "0", "0.00"],
    ["all", "20", "13/20 65.0 %", "10/18 55.6 %", "19", "12/19 63.2 %", "9/17 52.9 %", "3", "1", "1.00"],
    [
      "defect on unchanged lines",
      "20",
      "13/20 65.0 %",
      "10/18 55.6 %",
      "19",
      "12/19 63.2 %",
      "9/17 52.9 %",
      "3",
      "-",
      "-",
    ],
  ]);
});

test("what was not run is not shown as a figure", () => {
  const ran = new Set(["reverse"] as const);
  const all = familyTable({ score: verdicts, families: [3], ran })
    .split("\n")
    .find((row) => row.startsWith("| all"))!;
  expect(
    all
      .split("|")
      .map((cell) => cell.trim())
      .slice(2, -1),
  ).toEqual(["20", "13/20 65.0 %", "-", "19", "12/19 63.2 %", "-", "-", "-", "-"]);
});

test("the list of misses names what another family saw", () => {
  expect(missList({ score: verdicts, families: [3], ran: every })).toContain(
    "- other-family (family 3, CWE-89, intra), said in another family: the query is built from the request",
  );
});

describe("the difference to a record", () => {
  const now = recordOf(verdicts, "e", every);

  test("is nothing for the same verdicts", () => {
    expect(movesBetween(now, now)).toEqual({ better: [], worse: [] });
  });

  test("names the cases that moved, in both directions, and the comments that came and went", () => {
    const before = {
      ...now,
      fixes: {
        ...now.fixes,
        lines: { family: 3, detected: false, forwardLoud: true },
        outside: { family: 3, detected: true },
      },
      ordinary: {
        quiet: ["family 1 path-traversal a.py:1"],
        noisy: ["family 3 sql-injection shop/views.py:1"],
      },
    };
    expect(movesBetween(before, now)).toEqual({
      better: [
        "lines (family 3) detected",
        "lines (family 3) forwards silent",
        "quiet ordinary, gone: family 1 path-traversal a.py:1",
      ],
      worse: [
        "outside (family 3) no longer detected",
        "noisy ordinary, new: family 6 sql-injection shop/views.py:2",
      ],
    });
  });
});
