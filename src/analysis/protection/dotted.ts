// Names with dots, as written.
import type { SyntaxNode } from "../../python/ast.js";

/** "self.name" of a name or dotted name; undefined for other expressions. */
export function dottedName(node: SyntaxNode): string | undefined {
  if (node.kind === "name") return node.id;
  if (node.kind !== "attribute") return undefined;
  const object = dottedName(node.object);
  return object === undefined ? undefined : `${object}.${node.name.id}`;
}
