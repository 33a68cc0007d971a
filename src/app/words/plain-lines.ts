// What of a comment its author says himself, as far as GitHub renders it as plain text. Pure.

type Place = { readonly kind: "text" | "quote" | "html" } | { readonly kind: "fence"; readonly mark: string };

/** The lines of a Markdown text that are neither quoted nor code nor an HTML comment. */
export function* plainLines(body: string): Iterable<string> {
  let place: Place = { kind: "text" };
  for (const line of body.split(/\r\n|\r|\n/)) {
    if (place.kind === "text" && !startsOther(line)) yield line;
    place = next(place, line);
  }
}

function startsOther(line: string): boolean {
  return next({ kind: "text" }, line).kind !== "text";
}

/** Where the line after `line` is, when `line` is in `place`. */
function next(place: Place, line: string): Place {
  if (place.kind === "fence") return closes(place.mark, line) ? { kind: "text" } : place;
  if (place.kind === "html") return line.includes("-->") ? { kind: "text" } : place;
  const fence = /^ {0,3}(`{3,}|~{3,})/.exec(line);
  if (fence) return { kind: "fence", mark: fence[1]! };
  const comment = line.lastIndexOf("<!--");
  if (comment >= 0 && !line.slice(comment).includes("-->")) return { kind: "html" };
  if (/^ {0,3}>/.test(line)) return { kind: "quote" };
  // A line right below a quote still belongs to it.
  return place.kind === "quote" && line.trim() !== "" ? place : { kind: "text" };
}

function closes(mark: string, line: string): boolean {
  const ticks = /^ {0,3}(`{3,}|~{3,})[ \t]*$/.exec(line)?.[1];
  return ticks?.startsWith(mark) ?? false;
}
