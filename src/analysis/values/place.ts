// A place in the program under analysis: a node of a module. Becomes a span of a revision only in a finding.
import { pointAt, type Range, type Span } from "../../base/span.js";
import type { ModuleSyntax } from "../../python/ast.js";

export interface Place {
  readonly syntax: ModuleSyntax;
  readonly node: Range;
}

/** The lines and columns of `place`. */
export function spanOf(place: Place): Span {
  const { syntax, node } = place;
  return {
    path: syntax.path,
    start: pointAt(syntax.lineStarts, node.start),
    end: pointAt(syntax.lineStarts, Math.max(node.start, node.end)),
  };
}

/** The source text of `place` on one line, white space folded, cut in the middle beyond `limit` characters. */
export function textOf(place: Place, limit = 60): string {
  const text = place.syntax.text.slice(place.node.start, place.node.end).replace(/\s+/g, " ").trim();
  if (text.length <= limit) return text;
  const half = Math.floor((limit - 3) / 2);
  return `${text.slice(0, half)}...${text.slice(text.length - half)}`;
}
