import { describe, expect, it } from "vitest";
import { analyse } from "../../src/rules/analyse.js";
import { RULES } from "../../src/rules/registry.js";
import { memoryTree } from "../support/memory-tree.js";

function reported(source: string): readonly string[] {
  const { findings, omissions } = analyse(memoryTree({ "example.py": source }), ["example.py"], RULES);
  expect(omissions).toEqual([]);
  return [...new Set(findings.map(({ ruleId }) => ruleId))];
}

for (const { id, docs } of RULES) {
  describe(id, () => {
    it("reports the bad example of its page, and nothing else does", () => {
      expect(reported(docs.bad)).toEqual([id]);
    });
    it("says nothing about the good example", () => {
      expect(reported(docs.good)).toEqual([]);
    });
  });
}
