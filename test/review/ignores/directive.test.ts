import { describe, expect, test } from "vitest";
import { directivesIn } from "../../../src/review/ignores/directive.js";

const read = (comment: string) =>
  directivesIn(comment).map(({ tool, ids, reason }) => ({ tool, ids, reason }));

describe("a comment that ignores findings", () => {
  test.each([
    [
      "# hognose: ignore[sql-injection] the table is a constant",
      ["sql-injection"],
      "the table is a constant",
    ],
    ["#hognose:ignore[a, b-c]: generated, see #12", ["a", "b-c"], "generated, see #12"],
    ["# Hognose: ignore[a] - migrated in # noqa: S608", ["a"], "migrated in # noqa: S608"],
    ["# hognose: ignore[a]", ["a"], ""],
    ["# hognose: ignore because I say so", [], "because I say so"],
  ])("in our words names rules and a reason: %s", (comment, ids, reason) => {
    expect(read(comment)).toEqual([{ tool: "hognose", ids, reason }]);
  });

  test.each([
    ["# nosec", "bandit", "all"],
    ["# nosec B608", "bandit", ["B608"]],
    ["#nosec: B608, B101 checked", "bandit", ["B608", "B101"]],
    ["# nosec this is fine", "bandit", "all"],
    ["# noqa: S608", "ruff", ["S608"]],
    ["# noqa:E501,S608 S105", "ruff", ["E501", "S608", "S105"]],
    ["# type: ignore  # noqa: S608", "ruff", ["S608"]],
    ["# nosemgrep", "semgrep", "all"],
    [
      "# nosemgrep: python.lang.security.audit.formatted-sql-query.formatted-sql-query",
      "semgrep",
      ["formatted-sql-query"],
    ],
    ["# nosem: a.b, c", "semgrep", ["b", "c"]],
    ["# lgtm[py/sql-injection]", "codeql", ["py/sql-injection"]],
    ["# lgtm", "codeql", "all"],
    ["# codeql[py/path-injection] checked above", "codeql", ["py/path-injection"]],
  ])("in the words of other tools: %s", (comment, tool, ids) => {
    expect(read(comment)).toEqual([{ tool, ids, reason: "" }]);
  });

  test("may speak to several tools", () => {
    expect(read("# nosec B608  # noqa: S608 # nosemgrep").map(({ tool, ids }) => [tool, ids])).toEqual([
      ["bandit", ["B608"]],
      ["ruff", ["S608"]],
      ["semgrep", "all"],
    ]);
  });

  test.each(["# noqa", "# nosecurity here", "# no security", "# lgtm, thanks", "# ignore[sql-injection] x"])(
    "is not one of another kind: %s",
    (comment) => {
      expect(read(comment)).toEqual([]);
    },
  );
});
