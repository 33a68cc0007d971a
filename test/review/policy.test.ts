import { describe, expect, test } from "vitest";
import { DEFAULT_POLICY, limitComments } from "../../src/review/policy.js";
import type { ReportedFinding } from "../../src/review/review.js";

const finding = (
  path: string,
  startLine: number,
  placement: ReportedFinding["placement"],
): ReportedFinding => ({
  rule: "xml-external-entities",
  family: "input-validation",
  cwe: "CWE-611",
  severity: "medium",
  confidence: "medium",
  path,
  startLine,
  endLine: startLine,
  side: "RIGHT",
  placement,
  message: "It is parsed as XML with entities enabled.",
  help: "Use `defusedxml`.",
  where: "load",
  fingerprint: `${path}${startLine}`,
  evidence: [],
});

const placements = (findings: readonly ReportedFinding[]) =>
  limitComments(findings, DEFAULT_POLICY).map(({ placement }) => placement);

describe("comments on a file as a whole", () => {
  test("are made once for a rule, the others of it stand in the summary", () => {
    expect(
      placements([finding("a.py", 10, "file"), finding("a.py", 20, "file"), finding("b.py", 5, "file")]),
    ).toEqual(["file", "summary", "file"]);
  });

  test("do not keep comments on lines from being made", () => {
    expect(placements([finding("a.py", 10, "file"), finding("a.py", 20, "inline")])).toEqual([
      "file",
      "inline",
    ]);
  });
});
