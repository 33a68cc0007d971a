// Making taint: the place where untrusted data enters.
import type { Range } from "../../base/span.js";
import type { SourceKind } from "../../models/kinds.js";
import type { Frame } from "../frame.js";
import { type Place, textOf } from "./place.js";
import { type Abstract, beginningTaint, type Taint, withTaints } from "./value.js";

/** Taint that begins at `node` of the body under interpretation. */
export function sourceTaint(frame: Frame, node: Range, source: SourceKind): Taint {
  const place: Place = { syntax: frame.body.module.syntax, node };
  const text = textOf(place);
  const key = `${place.syntax.path}:${node.start}:${node.end}`;
  const note = `\`${text}\` ${ORIGIN_PHRASES[source]}`;
  return beginningTaint({ kind: "source", source, text, key }, place, note);
}

/**
 * What is read out of untrusted data as a whole, at `node`: `request.args["name"]` is what the user wrote, and not the
 * same as `request.args["size"]`. Only right where the data came into being, as the beginning of that expression.
 */
export function narrowed(frame: Frame, node: Range, value: Abstract): Abstract {
  const { syntax } = frame.body.module;
  const isInside = ({ origin, trail }: Taint) =>
    origin.kind === "source" &&
    !isNamedSecret(origin.key) &&
    trail.length === 1 &&
    trail.place.syntax === syntax &&
    trail.place.node.start === node.start &&
    trail.place.node.end < node.end;
  if (!value.taints.some(isInside)) return value;
  const taints = value.taints.map((taint) =>
    taint.origin.kind === "source" && isInside(taint)
      ? { ...sourceTaint(frame, node, taint.origin.source), clean: taint.clean, normal: taint.normal }
      : taint,
  );
  return withTaints(value, taints);
}

/** Secret by a name or as one of many: what is read out of it is another question. */
function isNamedSecret(key: string): boolean {
  return key.startsWith("secret ");
}

const ORIGIN_PHRASES: Readonly<Record<SourceKind, string>> = {
  "http-request": "comes from the HTTP request",
  upload: "comes from an uploaded file",
  message: "comes from a message of another process",
  "remote-response": "comes from another server's answer",
  local: "comes from the command line or environment",
  file: "is read from a file",
  "archive-entry": "is named by the archive",
  database: "is read from the database",
  secret: "is secret",
};
