// Which places every path to (or from) a place must pass, by the algorithm of Cooper, Harvey and Kennedy.
import { type Graph, reversed, reversePostorder } from "../base/graph.js";
import type { Block, Cfg } from "./cfg.js";
import { forEachEdge } from "./edges.js";
import { mayRaise } from "./may-raise.js";

/** A tree over the nodes of a graph. */
export interface DominatorTree {
  /** The immediate dominator of each node; the root's is itself; -1 where the root does not reach. */
  readonly parent: Int32Array;
  /** Does every path from the root to `b` pass `a`? True for `a` itself; false where the root does not reach `b`. */
  dominates(a: number, b: number): boolean;
}

/** A place in a body: before instruction number `index` of `block`; its terminator is at `instructions.length`. */
export interface Place {
  readonly block: number;
  readonly index: number;
}

/** Dominance between blocks and between the instructions in them. */
export interface Dominance {
  /** Is `a` complete or under way whenever `b` is entered? */
  blockDominates(a: number, b: number): boolean;
  /**
   * Has the instruction at `a` been completed on every path that arrives at `b`? An instruction that raises does not
   * count as completed, so nothing from its block's middle dominates the handler. False for `a` itself.
   */
  dominates(a: Place, b: Place): boolean;
}

export function dominatorTree(graph: Graph, root: number): DominatorTree {
  const order = reversePostorder(graph, [root]);
  const rank = new Int32Array(graph.length).fill(-1);
  order.forEach((node, index) => {
    rank[node] = index;
  });
  const parent = immediateDominators(order, rank, reversed(graph));
  const { first, last } = intervals(order, parent, root);
  return {
    parent,
    dominates: (a, b) =>
      parent[a] !== -1 && parent[b] !== -1 && first[a]! <= first[b]! && last[b]! <= last[a]!,
  };
}

/** What must have happened before: dominance from the entry. */
export function dominanceOf(cfg: Cfg): Dominance {
  return dominanceIn(cfg, dominatorTree(splitGraph(cfg), 2 * cfg.entry));
}

/**
 * The blocks that every way out of a block passes, exceptional ways included; node `cfg.blocks.length` of the tree
 * stands for the end of the body. A block that never gets out (an endless loop) has parent -1.
 */
export function postDominatorTree(cfg: Cfg): DominatorTree {
  const end = cfg.blocks.length;
  const graph: number[][] = cfg.blocks.map((block) => {
    const targets: number[] = [];
    forEachEdge(cfg, block, (target) => targets.push(target));
    if (block.mayRaise) targets.push(block.handler);
    if (block.terminator.kind === "stop") targets.push(end);
    return targets;
  });
  graph.push([]);
  return dominatorTree(reversed(graph), end);
}

/**
 * Every block as two nodes: its start (2n) and its end (2n + 1). Exceptions of its instructions leave from the
 * start, so that the end stands for "all of it was completed".
 */
function splitGraph(cfg: Cfg): Graph {
  const graph: number[][] = [];
  for (const block of cfg.blocks) {
    const start = [2 * block.id + 1];
    const end: number[] = [];
    if (block.mayRaise) start.push(2 * block.handler);
    forEachEdge(cfg, block, (target) => end.push(2 * target));
    graph.push(start, end);
  }
  return graph;
}

function dominanceIn(cfg: Cfg, tree: DominatorTree): Dominance {
  return {
    blockDominates: (a, b) => tree.dominates(2 * a, 2 * b),
    dominates: (a, b) => {
      if (a.block === b.block) {
        return a.index < b.index && tree.dominates(2 * a.block, 2 * a.block);
      }
      const beforeAnyException = a.index < firstRaising(cfg.blocks[a.block]!);
      return tree.dominates(beforeAnyException ? 2 * a.block : 2 * a.block + 1, 2 * b.block);
    },
  };
}

/** The index of the first instruction that may raise; where there is none, 0: such a block may be left anywhere. */
function firstRaising(block: Block): number {
  const index = block.instructions.findIndex(mayRaise);
  return index === -1 ? 0 : index;
}

function immediateDominators(order: readonly number[], rank: Int32Array, predecessors: Graph): Int32Array {
  const parent = new Int32Array(rank.length).fill(-1);
  const root = order[0]!;
  parent[root] = root;
  for (let changed = true; changed; ) {
    changed = false;
    for (const node of order) {
      if (node === root) continue;
      const candidate = commonDominator(predecessors[node]!, parent, rank);
      if (candidate !== parent[node]) {
        parent[node] = candidate;
        changed = true;
      }
    }
  }
  return parent;
}

function commonDominator(nodes: readonly number[], parent: Int32Array, rank: Int32Array): number {
  let common = -1;
  for (const node of nodes) {
    if (parent[node] === -1) continue;
    if (common === -1) {
      common = node;
      continue;
    }
    let other = node;
    while (common !== other) {
      while (rank[common]! > rank[other]!) common = parent[common]!;
      while (rank[other]! > rank[common]!) other = parent[other]!;
    }
  }
  return common;
}

/** Numbers the tree so that a subtree is one interval: dominance is then two comparisons. */
function intervals(order: readonly number[], parent: Int32Array, root: number) {
  const children: number[][] = Array.from({ length: parent.length }, () => []);
  for (const node of order) if (node !== root) children[parent[node]!]!.push(node);
  const preorder = reversePostorder(children, [root]);
  const first = new Int32Array(parent.length);
  const last = new Int32Array(parent.length);
  preorder.forEach((node, index) => {
    first[node] = index;
    last[node] = index;
  });
  for (let index = preorder.length - 1; index > 0; index--) {
    const node = preorder[index]!;
    const above = parent[node]!;
    if (last[node]! > last[above]!) last[above] = last[node]!;
  }
  return { first, last };
}
