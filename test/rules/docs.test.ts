import { describe, expect, it } from "vitest";
import { analyse } from "../../src/rules/analyse.js";
import { compareTrees } from "../../src/rules/compare.js";
import { RULES } from "../../src/rules/registry.js";
import type { Rule } from "../../src/rules/rule.js";
import { memoryTree } from "../support/memory-tree.js";

/** By all rules of the family: an example about SQL need not also close its cursor. Of a loss, by what compares. */
function reported(source: string, { family, docs: { before } }: Rule): readonly string[] {
  const rules = RULES.filter((rule) => rule.family === family);
  const head = memoryTree({ "example.py": source });
  const { findings, omissions } = analyse(head, ["example.py"], rules);
  expect(omissions).toEqual([]);
  const paths = [{ base: "example.py", head: "example.py" }];
  const said =
    before === undefined
      ? findings
      : compareTrees(memoryTree({ "example.py": before }), head, paths, rules).findings;
  return [...new Set(said.map(({ ruleId }) => ruleId))];
}

for (const rule of RULES) {
  describe(rule.id, () => {
    it("reports the bad example of its page, and nothing else of its family does", () => {
      expect(reported(rule.docs.bad, rule)).toEqual([rule.id]);
    });
    it("says nothing about the good example", () => {
      expect(reported(rule.docs.good, rule)).toEqual([]);
    });
  });
}
