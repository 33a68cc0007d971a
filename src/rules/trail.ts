// Questions that rules ask of the way that untrusted data took.
import type { Trail } from "../analysis/value.js";
import type { Confidence } from "./finding.js";

/** Where the data began. */
export function firstStep(trail: Trail): Trail {
  return trail.earlier ? firstStep(trail.earlier) : trail;
}

/** Did the data become a part of a longer text (`+`, `%`, an f-string) on its way? */
export function isBuilt(trail: Trail): boolean {
  return isTextStep(trail) || (trail.earlier !== undefined && isBuilt(trail.earlier));
}

const TEXT_KINDS = new Set(["binary", "formatted", "augmented"]);

function isTextStep({ role, place: { node } }: Trail): boolean {
  return role === "flow" && "kind" in node && typeof node.kind === "string" && TEXT_KINDS.has(node.kind);
}

/** The lower of two confidences. */
export function atMost(limit: Confidence, confidence: Confidence): Confidence {
  const levels: readonly Confidence[] = ["low", "medium", "high"];
  return levels[Math.min(levels.indexOf(limit), levels.indexOf(confidence))]!;
}
