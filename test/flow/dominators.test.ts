import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Cfg } from "../../src/flow/cfg.js";
import { dominanceOf, dominatorTree, type Place, postDominatorTree } from "../../src/flow/dominators.js";
import { firstCfg } from "./python.js";

function reachableWithout(graph: readonly (readonly number[])[], removed: number): Set<number> {
  const seen = new Set(removed === 0 ? [] : [0]);
  for (const node of seen) {
    for (const target of graph[node]!) if (target !== removed) seen.add(target);
  }
  return seen;
}

/** The call of `name`. */
function placeOf(cfg: Cfg, name: string): Place {
  for (const block of cfg.blocks) {
    const index = block.instructions.findIndex((instruction) => {
      const node = instruction.node;
      return instruction.op === "call" && node.kind === "call" && node.callee.kind === "name"
        ? node.callee.id === name
        : false;
    });
    if (index !== -1) return { block: block.id, index };
  }
  throw new Error(`no call of ${name}`);
}

function dominates(text: string, first: string, second: string): boolean {
  const cfg = firstCfg(text);
  return dominanceOf(cfg).dominates(placeOf(cfg, first), placeOf(cfg, second));
}

describe("dominatorTree", () => {
  it("says that a dominates b exactly when b cannot be reached without a", () => {
    const graphs = fc
      .integer({ min: 1, max: 10 })
      .chain((size) =>
        fc.array(fc.array(fc.nat({ max: size - 1 }), { maxLength: 3 }), { minLength: size, maxLength: size }),
      );
    fc.assert(
      fc.property(graphs, (graph) => {
        const tree = dominatorTree(graph, 0);
        const reachable = reachableWithout(graph, -1);
        for (let a = 0; a < graph.length; a++) {
          const without = reachableWithout(graph, a);
          for (let b = 0; b < graph.length; b++) {
            const expected = reachable.has(b) && (a === b || !without.has(b)) && reachable.has(a);
            expect(tree.dominates(a, b)).toBe(expected);
          }
        }
      }),
    );
  });
});

describe("dominance between places", () => {
  it("holds in sequence and not from one branch", () => {
    const text = "def f(x):\n    a()\n    if x:\n        b()\n    c()\n";
    expect(dominates(text, "a", "c")).toBe(true);
    expect(dominates(text, "a", "b")).toBe(true);
    expect(dominates(text, "b", "c")).toBe(false);
    expect(dominates(text, "c", "a")).toBe(false);
  });

  it("does not hold from the body of try to its handler, but behind the try", () => {
    const text =
      "def f():\n    a()\n    try:\n        b()\n        c()\n    except E:\n        d()\n        return\n    g()\n";
    expect(dominates(text, "a", "d")).toBe(true);
    expect(dominates(text, "b", "d")).toBe(false);
    expect(dominates(text, "b", "g")).toBe(true);
  });

  it("does not hold within a body that may be left before its end, across a loop", () => {
    const text = "def f(xs):\n    for x in xs:\n        a()\n    b()\n";
    expect(dominates(text, "a", "b")).toBe(false);
  });

  it("does not hold of a place and itself", () => {
    expect(dominates("def f():\n    a()\n", "a", "a")).toBe(false);
  });
});

describe("postDominatorTree", () => {
  it("counts on no copy of a finally where an exception takes another", () => {
    const cfg = firstCfg("def f():\n    try:\n        a()\n    finally:\n        b()\n    c()\n");
    const tree = postDominatorTree(cfg);
    const body = placeOf(cfg, "a").block;
    const normalCopy = placeOf(cfg, "b").block;
    expect(tree.dominates(normalCopy, placeOf(cfg, "c").block)).toBe(false);
    expect(tree.dominates(placeOf(cfg, "c").block, normalCopy)).toBe(false);
    expect(tree.dominates(cfg.blocks.length, body)).toBe(true);
  });

  it("has every block pass the end of a body without exceptions", () => {
    const cfg = firstCfg("def f(x):\n    if x:\n        y = 1\n    return x\n");
    const tree = postDominatorTree(cfg);
    for (const block of cfg.blocks.filter((it) => it.reachable)) {
      expect(tree.dominates(cfg.returned, block.id)).toBe(true);
    }
  });
});
