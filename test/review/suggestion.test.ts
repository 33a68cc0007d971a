import { describe, expect, test } from "vitest";
import { reviewWith } from "../../src/review/run.js";
import { analyse, type Files, RULES, snapshotOf } from "./sample.js";

const lines = (...text: string[]) => `${text.join("\n")}\n`;

/** The stand-in, with a replacement of `of` by `by` at the defect's own line for each finding. */
function mending(of: string, by: string): typeof analyse {
  return (tree, paths) => {
    const analysed = analyse(tree, paths);
    const findings = analysed.findings.map((finding) => {
      const { path, start } = finding.evidence.at(-1)!.span;
      const file = tree.read(path);
      if (file?.kind !== "text") return finding;
      const line = file.text
        .split("\n")
        .slice(0, start.line - 1)
        .join("\n").length;
      const at = file.text.indexOf(of, line);
      return at < 0
        ? finding
        : { ...finding, fix: { path, start: at, end: at + of.length, replacement: by } };
    });
    return { ...analysed, findings };
  };
}

const commentOf = (base: Files, head: Files, of: string, by: string) =>
  reviewWith(mending(of, by), snapshotOf(base, head), RULES).comments[0];

describe("what a comment offers to commit", () => {
  test("a replacement that takes the finding away is offered with the whole line", () => {
    const comment = commentOf(
      { "a.py": lines("x = 1") },
      { "a.py": lines("x = 1", "    sink(x)") },
      "sink(",
      "safe(",
    );
    expect(comment?.body).toContain("\n\n```suggestion\n    safe(x)\n```\n\n");
    expect(comment).toMatchObject({ line: 2 });
  });

  test("a replacement that leaves the finding is not offered", () => {
    const comment = commentOf({ "a.py": "" }, { "a.py": lines("sink(x)") }, "x", "y");
    expect(comment?.body).not.toContain("suggestion");
  });

  test("a replacement that brings another finding is not offered", () => {
    const comment = commentOf(
      { "a.py": lines("x = 1") },
      { "a.py": lines("x = 1", "sink(x)") },
      "sink(x)",
      "safe(x)\nsink(y)\nsink(z)",
    );
    expect(comment?.body).not.toContain("suggestion");
  });

  test("a replacement outside the hunk is not offered", () => {
    const rest = Array.from({ length: 12 }, (_, index) => `line ${index}`);
    const comment = commentOf(
      { "a.py": lines("x = 1", ...rest, "sink(x)  # only-with-source") },
      { "a.py": lines("x = source()", ...rest, "sink(x)  # only-with-source") },
      "sink(",
      "safe(",
    );
    expect(comment?.line).toBe(1);
    expect(comment?.body).not.toContain("suggestion");
  });

  test("a replacement over several lines widens the comment to all of them", () => {
    const comment = commentOf(
      { "a.py": lines("x = 1") },
      { "a.py": lines("x = 1", "sink(x,", "  y)") },
      "sink(x,\n  y)",
      "safe(x, y)",
    );
    expect(comment).toMatchObject({ startLine: 2, line: 3 });
    expect(comment?.body).toContain("```suggestion\nsafe(x, y)\n```");
  });

  test("the fence is longer than the backticks of the code", () => {
    const comment = commentOf({ "a.py": "" }, { "a.py": lines('sink("```")') }, "sink(", "safe(");
    expect(comment?.body).toContain('````suggestion\nsafe("```")\n````');
  });

  test("a file with carriage returns gets no suggestion", () => {
    const comment = commentOf({ "a.py": "" }, { "a.py": "sink(x)\r\n" }, "sink(", "safe(");
    expect(comment).toBeDefined();
    expect(comment?.body).not.toContain("suggestion");
  });
});
