import { expect, test } from "vitest";
import { type Configuration, NOTHING_CONFIGURED, UNCONFIGURED } from "../../src/config/configuration.js";
import { DEFAULT_POLICY, policyOf } from "../../src/review/policy.js";
import { reviewWith } from "../../src/review/run.js";
import { analyse, type Files, RULES, snapshotOf } from "./sample.js";

const reviewOf = (head: Files, configuration: Partial<Configuration>) => {
  const whole = { ...NOTHING_CONFIGURED, ...configuration };
  const configured = { ...UNCONFIGURED, configuration: whole };
  return reviewWith(analyse, snapshotOf({}, head), RULES, policyOf(whole), configured);
};
const SINK = "sink(1)\n";
const FILES = { "src/a.py": SINK, "src/gen/b.py": SINK, "tools/c.py": SINK };
const paths = ({ findings }: ReturnType<typeof reviewOf>) => findings.map(({ path }) => path);

test("without a configuration every file is reviewed", () => {
  expect(paths(reviewOf(FILES, {}))).toEqual(["src/a.py", "src/gen/b.py", "tools/c.py"]);
});

test("only included files are reviewed, and of these not the excluded ones", () => {
  expect(paths(reviewOf(FILES, { include: ["src/**"] }))).toEqual(["src/a.py", "src/gen/b.py"]);
  expect(paths(reviewOf(FILES, { exclude: ["**/gen/**", "tools/*.py"] }))).toEqual(["src/a.py"]);
  expect(paths(reviewOf(FILES, { include: ["src/**"], exclude: ["src/gen/**"] }))).toEqual(["src/a.py"]);
});

test("a review of nothing but excluded files is clean", () => {
  const review = reviewOf({ "src/a.py": SINK }, { exclude: ["**"] });
  expect(review.conclusion).toBe("success");
  expect(review.title).toBe("No Python file to review");
});

test("a rule or a family that is off reports nothing; the rule is stronger", () => {
  const { id, family } = RULES[0]!;
  expect(paths(reviewOf(FILES, { rules: { [id]: { enabled: false } } }))).toEqual([]);
  expect(paths(reviewOf(FILES, { families: { [family]: { enabled: false } } }))).toEqual([]);
  const both = { families: { [family]: { enabled: false } }, rules: { [id]: { enabled: true } } };
  expect(paths(reviewOf(FILES, both))).toHaveLength(3);
});

test("the severity that is configured decides the gate", () => {
  const { id } = RULES[0]!;
  const review = reviewOf(FILES, { rules: { [id]: { severity: "low" } } });
  expect(review.findings.map(({ severity }) => severity)).toEqual(["low", "low", "low"]);
  expect(review.conclusion).toBe("neutral");
  expect(reviewOf(FILES, { rules: { [id]: { severity: "low" } }, failOn: "low" }).conclusion).toBe("failure");
});

test("what is less sure than asked for is not reported", () => {
  const files = { "a.py": SINK, "b.py": "sink(1)  # doubt:\n" };
  expect(paths(reviewOf(files, {}))).toEqual(["a.py", "b.py"]);
  expect(paths(reviewOf(files, { confidence: "medium" }))).toEqual(["a.py"]);
  const { id } = RULES[0]!;
  expect(paths(reviewOf(files, { confidence: "medium", rules: { [id]: { confidence: "low" } } }))).toEqual([
    "a.py",
    "b.py",
  ]);
});

test("beyond the budget findings are in the summary alone", () => {
  expect(reviewOf(FILES, { maxComments: 1 }).findings.map(({ placement }) => placement)).toEqual([
    "inline",
    "summary",
    "summary",
  ]);
});

test("the summary lists what is not followed in the configuration, with its line, and the review goes on", () => {
  const problems = [{ path: ".hognose.yml", line: 3, what: 'unknown key "colour"' }];
  const review = reviewWith(analyse, snapshotOf({}, FILES), RULES, DEFAULT_POLICY, {
    ...UNCONFIGURED,
    problems,
  });
  expect(review.findings).toHaveLength(3);
  expect(review.summary).toContain("### Not followed in the configuration\n\n- `.hognose.yml:3` unknown key");
});

test("mistakes in a configuration that the change writes are annotations on their lines, and do not count yet", () => {
  const head = { ...FILES, ".hognose.yml": "exclude: [src/**]\ncolour: red\n" };
  const review = reviewWith(analyse, snapshotOf({}, head), RULES);
  expect(review.findings).toHaveLength(3);
  expect(review.annotations).toEqual([
    {
      path: ".hognose.yml",
      startLine: 2,
      endLine: 2,
      level: "warning",
      title: "Configuration of Hognose",
      message: 'unknown key "colour"',
    },
  ]);
  expect(review.summary).toContain("### Wrong in the configuration of this change\n\n- `.hognose.yml:2`");
});
