import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { postDominatorTree } from "../../src/flow/dominators.js";
import { printCfg } from "../../src/flow/print.js";
import { violations } from "./invariants.js";
import { cfgsOf } from "./python.js";
import { programs } from "./random-programs.js";

describe("the CFG of any program", () => {
  it("has one entry, valid targets, correct reachability, and every value assigned once and before its use", () => {
    fc.assert(
      fc.property(programs, (program) => {
        for (const cfg of cfgsOf(program)) expect(violations(cfg), program).toEqual([]);
      }),
      { numRuns: 300 },
    );
  });

  it("is the same when it is built again", () => {
    fc.assert(
      fc.property(programs, (program) => {
        expect(cfgsOf(program).map(printCfg)).toEqual(cfgsOf(program).map(printCfg));
      }),
    );
  });

  it("is left by every reachable block that can get out at all", () => {
    fc.assert(
      fc.property(programs, (program) => {
        for (const cfg of cfgsOf(program)) {
          const tree = postDominatorTree(cfg);
          const end = cfg.blocks.length;
          for (const block of cfg.blocks) {
            if (block.mayRaise && block.reachable) expect(tree.dominates(end, block.id)).toBe(true);
          }
        }
      }),
    );
  });
});

describe("hostile input", () => {
  const nested = (depth: number) => {
    const lines: string[] = ["def f():"];
    for (let level = 0; level < depth; level++) {
      lines.push(
        `${" ".repeat(level + 1)}try:`,
        `${" ".repeat(level + 2)}a()`,
        `${" ".repeat(level + 1)}finally:`,
      );
    }
    lines.push(`${" ".repeat(depth + 1)}b()`);
    return `${lines.join("\n")}\n`;
  };

  it("does not make a finally within a finally grow without bound", () => {
    for (const cfg of cfgsOf(nested(60))) {
      expect(violations(cfg)).toEqual([]);
      expect(cfg.blocks.length).toBeLessThan(20_000);
    }
  });

  it("does not overflow the stack on a sum of five thousand terms", () => {
    const [cfg] = cfgsOf(`x = ${Array.from({ length: 5_000 }, (_, n) => `a${n}`).join(" + ")}\n`);
    expect(cfg!.definitions.filter((it) => it?.op === "compose")).toHaveLength(4_999);
  });

  it("does not overflow the stack on two thousand with items", () => {
    const items = Array.from({ length: 2_000 }, (_, n) => `a${n}`).join(", ");
    expect(violations(cfgsOf(`with ${items}:\n    pass\n`)[0]!)).toEqual([]);
  });

  it("builds what it can of code that Python rejects", () => {
    for (const text of ["break\n", "f() = 1\n", "def f():\n    return = 1\n", "continue; x = 1\n"]) {
      for (const cfg of cfgsOf(text)) expect(violations(cfg), text).toEqual([]);
    }
  });
});
