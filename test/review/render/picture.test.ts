import { describe, expect, test } from "vitest";
import { picture } from "../../../src/review/render/picture.js";
import type { ReportedFinding, ReportedStep } from "../../../src/review/review.js";

const step = (line: number, note = "it is passed on", side: "LEFT" | "RIGHT" = "RIGHT"): ReportedStep => ({
  role: "flow",
  path: "shop/views.py",
  line,
  endLine: line,
  side,
  note,
});
const finding = (more: Partial<ReportedFinding>): ReportedFinding => ({
  rule: "lock-order",
  family: "deadlock",
  cwe: "CWE-833",
  severity: "high",
  confidence: "high",
  path: "shop/views.py",
  startLine: 1,
  endLine: 1,
  side: "RIGHT",
  placement: "inline",
  message: "m",
  help: "h",
  fingerprint: "0".repeat(16),
  where: "",
  evidence: [],
  ...more,
});
const steps = (count: number) => Array.from({ length: count }, (_, index) => step(index + 1));

describe("the picture of a proof", () => {
  test("is drawn of four to twelve steps, in their order", () => {
    expect(picture(finding({ evidence: steps(4) }))).toBe(
      [
        "flowchart TD",
        '  step1["views.py:1<br/>it is passed on"]',
        '  step2["views.py:2<br/>it is passed on"]',
        '  step3["views.py:3<br/>it is passed on"]',
        '  step4["views.py:4<br/>it is passed on"]',
        "  step1 --> step2 --> step3 --> step4",
      ].join("\n"),
    );
    expect(picture(finding({ evidence: steps(3) }))).toBeUndefined();
    expect(picture(finding({ evidence: steps(13) }))).toBeUndefined();
  });

  test("says which steps are those of the base", () => {
    const evidence = [step(1, "a", "LEFT"), ...steps(3)];
    expect(picture(finding({ evidence }))).toContain('step1["views.py:1 before this change<br/>a"]');
  });

  test("of locks has an arrow from each that is held to the one that is waited for", () => {
    const cycle = [
      { holds: "self.a", waitsFor: "self.b", where: "Bank.transfer" },
      { holds: "self.b", waitsFor: "self.a", where: "" },
    ];
    expect(picture(finding({ cycle }))).toBe(
      [
        "flowchart LR",
        '  lock1["self.a"]',
        '  lock2["self.b"]',
        '  lock1 -->|"Bank.transfer then waits for"| lock2',
        '  lock2 -->|"then waits for"| lock1',
      ].join("\n"),
    );
  });

  test("shows any text of the code as text", () => {
    const note = '`f("x")` ends ``` ] --> <script>&end;#';
    const drawn = picture(finding({ evidence: [step(1, note), ...steps(3)] }))!;
    const label = drawn.split("\n")[1]!;
    expect(label).toMatch(/^ {2}step1\["views\.py:1<br\/>[\p{L}\p{N} .,:/_…#;]*"\]$/u);
    expect(label).toContain("f#40;#34;x#34;#41;");
    expect(drawn).not.toContain("```");
  });

  test("cuts long lines", () => {
    const drawn = picture(finding({ evidence: [step(1, "x".repeat(500)), ...steps(3)] }))!;
    expect(Math.max(...drawn.split("\n").map(({ length }) => length))).toBeLessThan(100);
  });
});
