import { describe, expect, test } from "vitest";
import { type Configuration, NOTHING_CONFIGURED, UNCONFIGURED } from "../../src/config/configuration.js";
import { policyOf } from "../../src/review/policy.js";
import { reviewWith } from "../../src/review/run.js";
import { analyse, RULES, snapshotOf } from "./sample.js";

const { id, family } = RULES[0]!;

const reviewOf = (line: string, configuration: Partial<Configuration>, isNew = false) => {
  const whole = { ...NOTHING_CONFIGURED, ...configuration };
  const configured = { ...UNCONFIGURED, configuration: whole };
  const snapshot = snapshotOf({}, { "a.py": `${line}\n` });
  return reviewWith(analyse, snapshot, RULES, policyOf(whole, isNew), configured);
};
/** What the review does: fails the check, only comments, or only lists. */
const deed = (line: string, configuration: Partial<Configuration>) => {
  const { conclusion, comments } = reviewOf(line, configuration);
  if (conclusion === "failure") return "block";
  return comments.length > 0 ? "comment" : "monitor";
};
const HIGH = "sink(x)";
const MEDIUM = "sink(x)  # medium:";
const DOUBT = "sink(x)  # doubt:";
const gate = (severity: Configuration["gate"]["severity"], confidence = {}) => ({
  gate: { severity, confidence },
});

describe("the gate", () => {
  test("blocks, comments or monitors by severity, which is stronger than fail-on", () => {
    expect(deed(HIGH, {})).toBe("block");
    expect(deed(MEDIUM, {})).toBe("comment");
    expect(deed(HIGH, gate({ high: "comment" }))).toBe("comment");
    expect(deed(MEDIUM, gate({ medium: "block" }))).toBe("block");
    expect(deed(MEDIUM, { failOn: "low", ...gate({ medium: "monitor" }) })).toBe("monitor");
  });

  test("follows the rule before the family, and the family before the severity", () => {
    expect(deed(HIGH, { families: { [family]: { gate: "comment" } } })).toBe("comment");
    expect(
      deed(MEDIUM, { rules: { [id]: { gate: "block" } }, families: { [family]: { gate: "monitor" } } }),
    ).toBe("block");
  });

  test("never does more than the confidence allows", () => {
    expect(deed(HIGH, gate({}, { high: "comment" }))).toBe("comment");
    expect(deed(HIGH, { rules: { [id]: { gate: "block" } }, ...gate({}, { high: "monitor" }) })).toBe(
      "monitor",
    );
    expect(deed(DOUBT, { rules: { [id]: { gate: "block" } } })).toBe("monitor");
  });

  test("lists what is only monitored in the summary, without a comment or an annotation", () => {
    const review = reviewOf(HIGH, gate({ high: "monitor" }));
    expect(review.findings).toMatchObject([{ placement: "summary" }]);
    expect(review.annotations).toEqual([]);
    expect(review.summary).toContain("`a.py:1`");
    expect(review.conclusion).toBe("neutral");
  });

  test("only says what it would do where it is advisory", () => {
    const review = reviewOf(HIGH, { advisory: true });
    expect(review.conclusion).toBe("neutral");
    expect(review.title).toBe("1 defect, 1 would block (advisory)");
    expect(review.comments).toHaveLength(1);
  });

  test("is advisory for an app that is new, unless the configuration wants it otherwise", () => {
    expect(reviewOf(HIGH, {}, true).conclusion).toBe("neutral");
    expect(reviewOf(HIGH, { advisory: false }, true).conclusion).toBe("failure");
  });
});

test("a change that could not be looked at as a whole fails the check where the policy says so", () => {
  const snapshot = snapshotOf({}, { "a.py": "x = 1\n", "b.py": "UNREADABLE" });
  const under = (gate: Partial<Configuration["gate"]>) => {
    const configuration = { ...NOTHING_CONFIGURED, gate: { ...NOTHING_CONFIGURED.gate, ...gate } };
    return reviewWith(analyse, snapshot, RULES, policyOf(configuration)).conclusion;
  };
  expect(under({})).toBe("neutral");
  expect(under({ failsIncomplete: true })).toBe("failure");
});

describe("what people have set aside", () => {
  const snapshot = snapshotOf({}, { "a.py": "sink(1)\nsink(2)\n" });
  const [first, second] = reviewWith(analyse, snapshot, RULES).findings;
  const dismissal = { fingerprint: first!.fingerprint, by: "maria", reason: "in a test, see @all" };
  const reviewed = (dismissals: readonly (typeof dismissal & { readonly until?: number })[]) =>
    reviewWith(analyse, { ...snapshot, dismissals }, RULES);

  test("has no comment and no weight, and is listed with who, why and its name", () => {
    const review = reviewed([dismissal]);
    expect(review.findings.map(({ fingerprint }) => fingerprint)).toEqual([second!.fingerprint]);
    expect(review.comments).toHaveLength(1);
    expect(review.title).toBe("1 defect, blocking; 1 dismissed");
    expect(review.summary).toContain("### Dismissed");
    expect(review.summary).toMatch(/Dismissed by `maria`: in a test, see `@all` \(`[0-9a-f]{8}`\)/);
  });

  test("turns the check green when nothing else is left", () => {
    const review = reviewed([dismissal, { ...dismissal, fingerprint: second!.fingerprint }]);
    expect(review.conclusion).toBe("success");
    expect(review.title).toBe("No other defects in 1 Python file; 2 dismissed");
  });

  test("is listed with the day on which it ends", () => {
    const until = Date.UTC(2026, 11, 24);
    expect(reviewed([{ ...dismissal, until }]).summary).toContain("until 2026-12-24");
  });
});
