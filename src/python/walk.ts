// All nodes below a node, for passes that look for few kinds; without recursion, so that no nesting is too deep.
import type { SyntaxNode } from "./ast.js";
import { forEachChild } from "./children.js";

/**
 * Calls `enter` with `root` and all nodes below it, a node before what it holds, in the order of `forEachChild`.
 * What `enter` returns false for is not gone into.
 */
export function walk(root: SyntaxNode, enter: (node: SyntaxNode) => boolean): void {
  const pending: SyntaxNode[] = [root];
  for (let node = pending.pop(); node; node = pending.pop()) {
    if (!enter(node)) continue;
    const children: SyntaxNode[] = [];
    forEachChild(node, (child) => children.push(child), undefined);
    while (children.length > 0) pending.push(children.pop()!);
  }
}

/** Like `walk` over each of `roots`, without going into the bodies of functions, lambdas and classes. */
export function walkOwn(roots: readonly SyntaxNode[], enter: (node: SyntaxNode) => boolean): void {
  for (const root of roots) {
    walk(root, (node) => !isBodyOwner(node) && enter(node));
  }
}

/** Does what it holds run later than where it stands? */
export const isBodyOwner = (node: SyntaxNode): boolean =>
  node.kind === "function" || node.kind === "class" || node.kind === "lambda";

/**
 * Every node at or below `roots`, in source order. Of a function, lambda or class among them only the node itself: its
 * body runs at another time.
 */
export function nodesIn(roots: readonly SyntaxNode[]): readonly SyntaxNode[] {
  const found: SyntaxNode[] = [];
  for (const root of roots) {
    walk(root, (node) => {
      found.push(node);
      return !isBodyOwner(node);
    });
  }
  return found;
}
