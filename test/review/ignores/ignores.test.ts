import { describe, expect, test } from "vitest";
import { type Configuration, NOTHING_CONFIGURED, UNCONFIGURED } from "../../../src/config/configuration.js";
import { DEFAULT_POLICY } from "../../../src/review/policy.js";
import { reviewWith } from "../../../src/review/run.js";
import type { Rule } from "../../../src/rules/rule.js";
import { analyse, type Files, RULES as SAMPLE, snapshotOf } from "../sample.js";

const relatives = { bandit: ["B608"], ruff: ["S608"], semgrep: ["formatted-sql-query"], codeql: ["py/sql"] };
const RULES: readonly Rule[] = SAMPLE.map((rule) =>
  rule.id === "sink-reached" ? { ...rule, docs: { ...rule.docs, relatives } } : rule,
);

const reviewOf = (base: Files, head: Files, changed: Partial<Configuration> = {}) => {
  const configured = { ...UNCONFIGURED, configuration: { ...NOTHING_CONFIGURED, ...changed } };
  return reviewWith(analyse, snapshotOf(base, head), RULES, DEFAULT_POLICY, configured);
};
const added = { ignores: { ...NOTHING_CONFIGURED.ignores, added: true } };
const said = ({ findings, ignored }: ReturnType<typeof reviewOf>) => ({
  reported: findings.map(({ evidence }) => evidence.at(-1)!.line),
  ignored: ignored.map(({ evidence, by }) => [evidence.at(-1)!.line, by.text]),
});

/** A defect that the change brings about on a line that it leaves alone. */
const older = (line: string) =>
  [{ "a.py": `y = 1\n${line}\n` }, { "a.py": `y = source()\n${line}\n` }] as const;

describe("a comment that was there before the change", () => {
  test.each([
    "sink(y, 'only-with-source')  # hognose: ignore[sink-reached] y is a number",
    "sink(y, 'only-with-source')  # nosec B608",
    "sink(y, 'only-with-source')  # nosec",
    "sink(y, 'only-with-source')  # noqa: E501, S608",
    "sink(y, 'only-with-source')  # nosemgrep: python.formatted-sql-query",
    "sink(y, 'only-with-source')  # lgtm[py/sql]",
  ])("takes a finding away and is listed in the summary: %s", (line) => {
    const review = reviewOf(...older(line));
    const text = line.slice(line.indexOf("#"));
    expect(said(review)).toEqual({ reported: [], ignored: [[2, text]] });
    expect(review.comments).toEqual([]);
    expect(review.conclusion).toBe("success");
    expect(review.summary).toContain("### Ignored by comments in the code\n\n- `a.py:2` `sink-reached`: ");
  });

  test.each([
    ["of another rule", "sink(y, 'only-with-source')  # hognose: ignore[other] y is a number"],
    ["without a reason", "sink(y, 'only-with-source')  # hognose: ignore[sink-reached]"],
    ["of another test", "sink(y, 'only-with-source')  # nosec B105"],
    ["of style", "sink(y, 'only-with-source')  # noqa"],
    ["in a string", "sink(y, 'only-with-source # nosec B608')"],
  ])("%s leaves the finding", (_, line) => {
    expect(said(reviewOf(...older(line)))).toEqual({ reported: [2], ignored: [] });
  });

  test("counts above its line when it stands alone, in our words and those of Semgrep and CodeQL", () => {
    for (const comment of ["# hognose: ignore[sink-reached] checked", "# nosemgrep", "# codeql[py/sql]"]) {
      const review = reviewOf(...older(`${comment}\n\nsink(y, 'only-with-source')`));
      expect(said(review).ignored).toEqual([[4, comment]]);
    }
    expect(said(reviewOf(...older("# nosec B608\nsink(y, 'only-with-source')"))).reported).toEqual([3]);
  });

  test("of another tool counts only as configured", () => {
    const files = older("sink(y, 'only-with-source')  # nosec B608");
    const only = (tools: Configuration["ignores"]["tools"]) =>
      said(reviewOf(...files, { ignores: { added: false, tools } })).reported;
    expect(only([])).toEqual([2]);
    expect(only(["ruff"])).toEqual([2]);
    expect(only(["bandit"])).toEqual([]);
  });

  test("still counts when its line is only indented", () => {
    const line = "sink(y, 'only-with-source')  # nosec B608";
    const review = reviewOf({ "a.py": `y = 1\n${line}\n` }, { "a.py": `y = source()\nif y:\n    ${line}\n` });
    expect(said(review).reported).toEqual([]);
  });
});

describe("a comment that the change adds", () => {
  const head = { "a.py": "sink(1)  # hognose: ignore[sink-reached] trust me\n" };

  test("does not count, and the comment on the finding says so", () => {
    const review = reviewOf({}, head);
    expect(said(review)).toEqual({ reported: [1], ignored: [] });
    expect(review.comments[0]!.body).toContain(
      "`# hognose: ignore[sink-reached] trust me` does not count: this pull request adds it.",
    );
  });

  test("counts where the policy says so, and is shown", () => {
    const review = reviewOf({}, head, added);
    expect(said(review).ignored).toHaveLength(1);
    expect(review.summary).toContain("- `a.py:1` `sink-reached`: trust me");
  });
});

describe("a comment of ours that ignores nothing", () => {
  const faults = (base: Files, head: Files, configuration = added) => {
    const { summary, annotations } = reviewOf(base, head, configuration);
    const list = summary.split("### Comments in the code that ignore nothing\n\n")[1]?.split("\n\n")[0];
    return {
      list: list?.trim(),
      annotations: annotations.map(({ startLine, message }) => [startLine, message]),
    };
  };

  test("is reported on the line that the change writes", () => {
    expect(faults({}, { "a.py": "x = 1\nrun()  # hognose: ignore[sink-reached] checked\n" })).toEqual({
      list: "- `a.py:2` ignores nothing: `sink-reached` has nothing to report there",
      annotations: [[2, "This comment ignores nothing: sink-reached has nothing to report there."]],
    });
  });

  test("is reported when the defect beside it is mended", () => {
    const comment = "  # hognose: ignore[sink-reached] checked\n";
    const { list } = faults({ "a.py": `sink(1)${comment}` }, { "a.py": `safe(1)${comment}` });
    expect(list).toContain("ignores nothing");
  });

  test("is left alone where only the comment is new: nobody has looked at the code", () => {
    const head = { "a.py": "run()  # hognose: ignore[sink-reached] checked\n" };
    expect(faults({ "a.py": "run()\n" }, head).list).toBeUndefined();
  });

  test("is left alone when its rule is off", () => {
    const head = { "a.py": "run()  # hognose: ignore[sink-reached] checked\n" };
    const off = { ...added, rules: { "sink-reached": { enabled: false } } };
    expect(faults({}, head, off as typeof added).list).toBeUndefined();
  });

  test.each([
    ["names no rule", "sink(1)  # hognose: ignore checked"],
    ["gives no reason, and does not count", "sink(1)  # hognose: ignore[sink-reached]"],
    ["names `sinc`, which is no rule", "sink(1)  # hognose: ignore[sinc] checked"],
  ])("%s", (what, line) => {
    expect(faults({}, { "a.py": `${line}\n` }).list).toContain(what);
  });

  test("is reported once for what is wrong with it", () => {
    const { annotations } = faults({}, { "a.py": "x = 1  # hognose: ignore[sinc] checked\n" });
    expect(annotations).toHaveLength(1);
  });
});
