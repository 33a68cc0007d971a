import { describe, expect, test } from "vitest";
import { DEFAULT_POLICY } from "../../src/review/policy.js";
import { reviewWith } from "../../src/review/run.js";
import { analyse, type Files, RULES, snapshotOf } from "./sample.js";

const lines = (...text: string[]) => `${text.join("\n")}\n`;
const many = (from: number, to: number) =>
  Array.from({ length: to - from + 1 }, (_, index) => `line ${from + index}`);
const reviewOf = (base: Files, head: Files, renamed: Files = {}) =>
  reviewWith(analyse, snapshotOf(base, head, { renamed }), RULES);
const places = (review: ReturnType<typeof reviewOf>) =>
  review.findings.map((each) => `${each.path}:${each.startLine} ${each.side} ${each.placement}`);

describe("what a change causes", () => {
  test("a new defect is reported on its line", () => {
    const review = reviewOf({ "a.py": lines("x = 1") }, { "a.py": lines("x = 1", "sink(x)") });
    expect(places(review)).toEqual(["a.py:2 RIGHT inline"]);
    expect(review.conclusion).toBe("failure");
    expect(review.comments[0]).toMatchObject({ path: "a.py", line: 2, side: "RIGHT" });
    expect(review.comments[0]).not.toHaveProperty("startLine");
  });

  test("a defect that was there before is not", () => {
    const review = reviewOf({ "a.py": lines("sink(x)") }, { "a.py": lines("y = 1", "sink(x)") });
    expect(review.findings).toEqual([]);
    expect(review.conclusion).toBe("success");
    expect(review.comments).toEqual([]);
    expect(review.summary).toBe("**No defects in 1 Python file.**\n");
  });

  test("moving a defect to another file is not a finding", () => {
    const review = reviewOf(
      { "a.py": lines("x = source()", "sink(x)"), "b.py": lines("y = 1") },
      { "a.py": lines("y = 2"), "b.py": lines("y = 1", "x = source()", "sink( x )") },
    );
    expect(review.findings).toEqual([]);
  });

  test("renaming a file with a defect is not a finding", () => {
    expect(
      reviewOf({ "a.py": lines("sink(x)") }, { "b.py": lines("sink(x)") }, { "a.py": "b.py" }).findings,
    ).toEqual([]);
  });

  test("copying a defect is a finding, on the added line", () => {
    const context = many(1, 10);
    const review = reviewOf(
      { "a.py": lines("sink(x)", ...context) },
      { "a.py": lines("sink(x)", ...context, "sink(x)") },
    );
    expect(places(review)).toEqual(["a.py:12 RIGHT inline"]);
  });

  test("a copy above the original is the new one too", () => {
    const context = many(1, 10);
    const review = reviewOf(
      { "a.py": lines(...context, "sink(x)") },
      { "a.py": lines("sink(x)", ...context, "sink(x)") },
    );
    expect(places(review)).toEqual(["a.py:1 RIGHT inline"]);
  });

  test("a deleted file is compared with, and says nothing itself", () => {
    expect(reviewOf({ "a.py": lines("sink(x)") }, {}).findings).toEqual([]);
  });

  test("an unchanged sink that a new source reaches is said on the new source, with the reason", () => {
    const context = many(1, 9);
    const review = reviewOf(
      { "a.py": lines("x = 1", ...context, "sink(x)  # only-with-source") },
      { "a.py": lines("x = source()", ...context, "sink(x)  # only-with-source") },
    );
    expect(places(review)).toEqual(["a.py:1 RIGHT inline"]);
    expect(review.comments[0]?.body).toContain(
      "Said here because this changed line is where the data comes from; the defect is at `a.py:11`.",
    );
    expect(review.annotations.map((each) => `${each.path}:${each.startLine}`)).toEqual(["a.py:11"]);
  });
});

describe("what was not looked at", () => {
  test("an unreadable changed file is named and the rest reviewed, never green", () => {
    const review = reviewOf({}, { "a.py": "UNREADABLE", "b.py": lines("sink(x)") });
    expect(review.notReviewed).toEqual([{ path: "a.py", reason: "is not UTF-8" }]);
    expect(places(review)).toEqual(["b.py:1 RIGHT inline"]);
    expect(reviewOf({}, { "a.py": "UNREADABLE" }).conclusion).toBe("neutral");
    expect(reviewOf({}, { "a.py": "UNREADABLE" }).title).toBe(
      "No Python file to review; 1 file not fully reviewed",
    );
  });

  test("an unreadable file that the change does not touch does not withhold the green", () => {
    const withOmission = (path: string) =>
      reviewWith(
        () => ({ findings: [], omissions: [{ path, reason: "is not UTF-8" }] }),
        snapshotOf({ "a.py": "x\n", "lib.py": "UNREADABLE" }, { "a.py": "y\n", "lib.py": "UNREADABLE" }),
        RULES,
      );
    expect(withOmission("lib.py").conclusion).toBe("success");
    expect(withOmission("a.py").conclusion).toBe("neutral");
    expect(withOmission("").conclusion).toBe("neutral");
    expect(withOmission("lib.py").notReviewed).toEqual([{ path: "lib.py", reason: "is not UTF-8" }]);
  });

  test("a limit of the analysis is named and withholds nothing", () => {
    const limit = { path: "a.py", reason: "was followed only up to a limit", isLimit: true } as const;
    const review = reviewWith(
      () => ({ findings: [], omissions: [limit] }),
      snapshotOf({ "a.py": "x\n" }, { "a.py": "y\n" }),
      RULES,
    );
    expect(review.conclusion).toBe("success");
    expect(review.title).toBe("No defects in 1 Python file");
    expect(review.summary).toContain("was followed only up to a limit");
  });

  test("a changed path that is no regular file is named", () => {
    const snapshot = snapshotOf({}, { "a.py": "x\n" });
    const review = reviewWith(analyse, { ...snapshot, head: snapshot.base }, RULES);
    expect(review.notReviewed).toEqual([{ path: "a.py", reason: "is not a regular file" }]);
    expect(review.conclusion).toBe("neutral");
  });
});

describe("how much is said", () => {
  test("at most 25 findings become comments, the most severe ones, and none is lost", () => {
    const text = Array.from({ length: 30 }, (_, index) => `sink(${index})  # ${index < 6 ? "medium:" : ""}`);
    const review = reviewOf({}, { "a.py": lines(...text) });
    expect(review.comments.length).toBe(25);
    expect(review.findings.length).toBe(30);
    const inSummary = review.findings.filter((each) => each.placement === "summary");
    expect(inSummary.map((each) => each.severity)).toEqual(Array(5).fill("medium"));
    expect(review.annotations.map((each) => each.startLine)).toEqual(inSummary.map((each) => each.startLine));
  });

  test("low confidence is in the summary only and never fails the check", () => {
    const review = reviewOf({}, { "a.py": lines("sink(x)  # doubt:") });
    expect(review.comments).toEqual([]);
    expect(review.annotations).toEqual([]);
    expect(review.summary).toContain("low confidence");
    expect(review.conclusion).toBe("neutral");
  });

  test("the policy decides which severity fails the check", () => {
    const snapshot = snapshotOf({}, { "a.py": lines("sink(x)  # medium:") });
    const conclusion = (failOn: "high" | "medium" | "low" | "none") =>
      reviewWith(analyse, snapshot, RULES, { ...DEFAULT_POLICY, failOn }).conclusion;
    expect(["high", "medium", "low", "none"].map((level) => conclusion(level as "high"))).toEqual([
      "neutral",
      "failure",
      "failure",
      "neutral",
    ]);
  });

  test("files that are not Python are not analysed", () => {
    const review = reviewOf({}, { "a.txt": lines("sink(x)") });
    expect(review.findings).toEqual([]);
    expect(review.conclusion).toBe("success");
    expect(review.title).toBe("No Python file to review");
  });

  test("the same snapshot gives the same review", () => {
    const snapshot = snapshotOf({}, { "b.py": lines("sink(x)", "sink(y)"), "a.py": lines("sink(z)") });
    expect(reviewWith(analyse, snapshot, RULES)).toEqual(reviewWith(analyse, snapshot, RULES));
  });
});

test("a finding of a rule that is not in the list is a bug", () => {
  const snapshot = snapshotOf({}, { "a.py": lines("sink(x)") });
  expect(() => reviewWith(analyse, snapshot, [])).toThrow(/unknown rule/);
});
