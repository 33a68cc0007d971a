import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  type Graph,
  isCycle,
  reversed,
  reversePostorder,
  stronglyConnectedComponents,
  topologicalOrder,
} from "../../src/base/graph.js";

const graphs: fc.Arbitrary<Graph> = fc.integer({ min: 1, max: 12 }).chain((size) =>
  fc.array(fc.array(fc.integer({ min: 0, max: size - 1 }), { maxLength: 4 }), {
    minLength: size,
    maxLength: size,
  }),
);

function reachable(graph: Graph, from: number): Set<number> {
  const seen = new Set([from]);
  for (const node of seen) for (const target of graph[node]!) seen.add(target);
  return seen;
}

describe("reversePostorder", () => {
  it("puts a node before its successors when there is no cycle", () => {
    expect(reversePostorder([[1, 2], [3], [3], []], [0])).toEqual([0, 2, 1, 3]);
  });

  it("lists exactly the reachable nodes, once each", () => {
    fc.assert(
      fc.property(graphs, (graph) => {
        const order = reversePostorder(graph, [0]);
        expect(new Set(order)).toEqual(reachable(graph, 0));
        expect(order.length).toBe(new Set(order).size);
      }),
    );
  });

  it("follows a path of a hundred thousand nodes", () => {
    const path = Array.from({ length: 100_000 }, (_, node) => (node < 99_999 ? [node + 1] : []));
    expect(reversePostorder(path, [0]).at(-1)).toBe(99_999);
  });
});

describe("reversed", () => {
  it("turns every edge round", () => {
    expect(reversed([[1, 2], [2], []])).toEqual([[], [0], [0, 1]]);
  });
});

describe("stronglyConnectedComponents", () => {
  it("puts nodes together exactly when each reaches the other", () => {
    fc.assert(
      fc.property(graphs, (graph) => {
        const { componentOf } = stronglyConnectedComponents(graph);
        const reach = graph.map((_, node) => reachable(graph, node));
        for (let a = 0; a < graph.length; a++) {
          for (let b = 0; b < graph.length; b++) {
            expect(componentOf[a] === componentOf[b]).toBe(reach[a]!.has(b) && reach[b]!.has(a));
          }
        }
      }),
    );
  });

  it("lists a component after those it leads to, and the topological order is the other way round", () => {
    fc.assert(
      fc.property(graphs, (graph) => {
        const components = stronglyConnectedComponents(graph);
        graph.forEach((targets, node) => {
          for (const target of targets) {
            expect(components.componentOf[target]!).toBeLessThanOrEqual(components.componentOf[node]!);
          }
        });
        expect(topologicalOrder(components)).toEqual(components.members.map((_, index) => index).reverse());
      }),
    );
  });

  it("tells a cycle from a single node", () => {
    const graph = [[1], [0], [2], []];
    const { componentOf, members } = stronglyConnectedComponents(graph);
    expect([0, 2, 3].map((node) => isCycle(graph, members[componentOf[node]!]!))).toEqual([
      true,
      true,
      false,
    ]);
  });

  it("does not overflow the stack on a long chain", () => {
    const chain = Array.from({ length: 100_000 }, (_, node) => (node < 99_999 ? [node + 1] : []));
    expect(stronglyConnectedComponents(chain).members).toHaveLength(100_000);
  });
});
