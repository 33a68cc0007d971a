// Mechanical replacements in one file, for suggestions.
import type { Place } from "../analysis/values/place.js";
import type { Call } from "../python/ast.js";
import type { Edit } from "./finding.js";

/** The written call at `place`. */
export function callAt({ node }: Place): Call | undefined {
  return "kind" in node && node.kind === "call" ? (node as Call) : undefined;
}

/** The call without its argument `keyword`; undefined when it is not written in this way. */
export function withoutKeyword(place: Place, keyword: string): Edit | undefined {
  const written = callAt(place)?.arguments ?? [];
  const index = written.findIndex(({ name }) => name?.id === keyword);
  const gone = written[index];
  if (!gone) return undefined;
  const { path } = place.syntax;
  const before = written[index - 1];
  const after = written[index + 1];
  if (before) return { path, start: before.end, end: gone.end, replacement: "" };
  return { path, start: gone.start, end: after ? after.start : gone.end, replacement: "" };
}
