import { describe, expect, it } from "vitest";
import { analyse } from "../../src/rules/analyse.js";
import { compareTrees } from "../../src/rules/compare.js";
import { RULES } from "../../src/rules/registry.js";
import { memoryTree } from "../support/memory-tree.js";

function reported(source: string, before?: string): readonly string[] {
  const head = memoryTree({ "example.py": source });
  const { findings, omissions } = analyse(head, ["example.py"], RULES);
  expect(omissions).toEqual([]);
  const base = before === undefined ? undefined : memoryTree({ "example.py": before });
  const paths = [{ base: "example.py", head: "example.py" }];
  const lost = base ? compareTrees(base, head, paths, RULES) : [];
  return [...new Set([...findings, ...lost].map(({ ruleId }) => ruleId))];
}

for (const { id, docs } of RULES) {
  describe(id, () => {
    it("reports the bad example of its page, and nothing else does", () => {
      expect(reported(docs.bad, docs.before)).toEqual([id]);
    });
    it("says nothing about the good example", () => {
      expect(reported(docs.good, docs.before)).toEqual([]);
    });
  });
}
