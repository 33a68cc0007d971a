// What an entry point returns is sent to the client: text with markup of its own is shown by a browser as a page.

import type { Frame } from "../frame.js";
import { type Abstract, allTaints, constantIn, type Trail } from "../values/value.js";
import { record } from "./arrival.js";
import { entryOf } from "./entry.js";

/** Records untrusted data in markup that an entry point returns whose framework sends text as HTML. */
export function recordAnswers(frame: Frame): void {
  const { body, cfg, world, values } = frame;
  if (body.kind !== "function" || !entryOf(world, body)?.model.answers?.includes("html")) return;
  const { syntax } = body.module;
  for (const { terminator } of cfg.blocks) {
    if (terminator.kind !== "return" || terminator.value === undefined) continue;
    const node = cfg.definitions[terminator.value]?.node;
    const page = pageIn(values[terminator.value]!);
    if (!node || !page) continue;
    const place = { syntax, node };
    for (const taint of allTaints(page)) {
      if (isInMarkup(taint.trail)) record(frame, { kind: "html", taint, call: place, argument: place, body });
    }
  }
}

/**
 * The text that becomes the page: what is returned, or the first of `text, status`. Undefined for what is sent as JSON,
 * for answers made by a library, and where headers are given too: they say what it is.
 */
function pageIn(value: Abstract): Abstract | undefined {
  const types = value.refs.map((ref) => (ref.kind === "object" ? ref.type : ref.kind));
  if (types.length === 1 && types[0] === "builtins.tuple") {
    const second = value.fields.get("[1]");
    const first = value.fields.get("[0]");
    const isStatus = second !== undefined && typeof constantIn(second) === "number";
    return first && isStatus && !value.fields.has("[2]") ? pageIn(first) : undefined;
  }
  return types.every((type) => type === "builtins.str" || type === "builtins.bytes" || type === "unknown")
    ? value
    : undefined;
}

/** Was it put together with a text that has tags? Plain text is often answered by an API. */
function isInMarkup(trail: Trail): boolean {
  for (let step: Trail | undefined = trail; step; step = step.earlier) {
    const { syntax, node } = step.place;
    if (step.mixes && /<[/!]?[a-z]/i.test(syntax.text.slice(node.start, node.end))) return true;
  }
  return false;
}
