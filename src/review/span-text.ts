// The source text under a span, for comparing findings whose places differ.
import type { SourceTree } from "../base/source.js";
import { lineStarts, type Point, type Span } from "../base/span.js";

/** The text of `span` in `tree`; undefined when the file is absent or unreadable there. */
export function spanText(tree: SourceTree, span: Span): string | undefined {
  const file = tree.read(span.path);
  if (file?.kind !== "text") return undefined;
  const starts = lineStarts(file.text);
  const offset = (point: Point) => (starts[point.line - 1] ?? file.text.length) + point.column;
  return file.text.slice(offset(span.start), offset(span.end));
}
