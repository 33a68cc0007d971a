// Questions that rules ask of the way that untrusted data took.
import type { Trail } from "../analysis/values/value.js";
import type { Confidence } from "./finding.js";

/** The trail from its beginning. */
export function stepsOf(trail: Trail): readonly Trail[] {
  const steps: Trail[] = [];
  for (let step: Trail | undefined = trail; step; step = step.earlier) steps.push(step);
  return steps.reverse();
}

/** Where the data began. */
export function firstStep(trail: Trail): Trail {
  return trail.earlier ? firstStep(trail.earlier) : trail;
}

/** Did the data become a part of a longer text (`+`, `%`, an f-string) on its way? */
export function isBuilt(trail: Trail): boolean {
  return trail.mixes === true || (trail.earlier !== undefined && isBuilt(trail.earlier));
}

/** Was it text that was parsed on its way (`json.loads`), so that it may be an object now? */
export function isParsed(trail: Trail): boolean {
  return trail.parses === true || (trail.earlier !== undefined && isParsed(trail.earlier));
}

/** The lower of two confidences. */
export function atMost(limit: Confidence, confidence: Confidence): Confidence {
  const levels: readonly Confidence[] = ["low", "medium", "high"];
  return levels[Math.min(levels.indexOf(limit), levels.indexOf(confidence))]!;
}
