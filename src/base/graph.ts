// Graphs over the numbers 0 … size-1: reverse postorder and strongly connected components, without recursion.

/** A directed graph: the targets of node `n` are `successors[n]`. Parallel edges and self-loops are allowed. */
export type Graph = readonly (readonly number[])[];

/** The same nodes with every edge turned round. */
export function reversed(graph: Graph): Graph {
  const result: number[][] = graph.map(() => []);
  graph.forEach((targets, node) => {
    for (const target of targets) result[target]!.push(node);
  });
  return result;
}

/**
 * Nodes reachable from `roots`, each after all its predecessors but those on a cycle with it.
 * Deterministic: depends only on the order of roots and of successors.
 */
export function reversePostorder(graph: Graph, roots: readonly number[]): readonly number[] {
  const seen = new Uint8Array(graph.length);
  const postorder: number[] = [];
  const path: number[] = [];
  const nextEdge = new Int32Array(graph.length);
  for (const root of roots) {
    if (seen[root]) continue;
    seen[root] = 1;
    path.push(root);
    while (path.length > 0) {
      const node = path[path.length - 1]!;
      const edge = nextEdge[node]!++;
      const target = graph[node]![edge];
      if (target === undefined) {
        postorder.push(node);
        path.pop();
      } else if (!seen[target]) {
        seen[target] = 1;
        path.push(target);
      }
    }
  }
  return postorder.reverse();
}

export interface Components {
  /** The component of each node: an index into `members`. */
  readonly componentOf: Int32Array;
  /**
   * The nodes of each component. A component comes after every component that it can reach: callees before
   * callers, when an edge means "calls".
   */
  readonly members: readonly (readonly number[])[];
}

/** Strongly connected components of the whole graph (Tarjan), in reverse topological order. */
export function stronglyConnectedComponents(graph: Graph): Components {
  const search = startSearch(graph.length);
  for (let root = 0; root < graph.length; root++) {
    if (search.order[root] === UNSEEN) exploreFrom(root, graph, search);
  }
  return { componentOf: search.componentOf, members: search.members };
}

/** Component numbers from those that nothing else reaches to those that reach nothing else. */
export function topologicalOrder(components: Components): readonly number[] {
  return components.members.map((_, index) => components.members.length - 1 - index);
}

/** Is the component a cycle: several nodes, or one with an edge to itself? */
export function isCycle(graph: Graph, members: readonly number[]): boolean {
  return members.length > 1 || graph[members[0]!]!.includes(members[0]!);
}

const UNSEEN = -1;

interface Search {
  readonly order: Int32Array;
  readonly lowest: Int32Array;
  readonly nextEdge: Int32Array;
  readonly componentOf: Int32Array;
  readonly members: number[][];
  /** Nodes that have been seen and that have no component yet. */
  readonly open: number[];
  count: number;
}

function startSearch(size: number): Search {
  return {
    order: new Int32Array(size).fill(UNSEEN),
    lowest: new Int32Array(size),
    nextEdge: new Int32Array(size),
    componentOf: new Int32Array(size).fill(UNSEEN),
    members: [],
    open: [],
    count: 0,
  };
}

function exploreFrom(root: number, graph: Graph, search: Search): void {
  const path = [root];
  enter(root, search);
  while (path.length > 0) {
    const node = path[path.length - 1]!;
    const target = graph[node]![search.nextEdge[node]!++];
    if (target === undefined) {
      path.pop();
      const parent = path[path.length - 1];
      if (parent !== undefined) lower(search, parent, search.lowest[node]!);
      if (search.lowest[node] === search.order[node]) closeComponent(node, search);
    } else if (search.order[target] === UNSEEN) {
      enter(target, search);
      path.push(target);
    } else if (search.componentOf[target] === UNSEEN) {
      lower(search, node, search.order[target]!);
    }
  }
}

function enter(node: number, search: Search): void {
  search.order[node] = search.count;
  search.lowest[node] = search.count;
  search.count++;
  search.open.push(node);
}

function lower(search: Search, node: number, order: number): void {
  if (order < search.lowest[node]!) search.lowest[node] = order;
}

function closeComponent(node: number, search: Search): void {
  const component: number[] = [];
  let member: number;
  do {
    member = search.open.pop()!;
    search.componentOf[member] = search.members.length;
    component.push(member);
  } while (member !== node);
  search.members.push(component.reverse());
}
