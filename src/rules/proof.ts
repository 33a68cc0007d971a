// Evidence of at least one step.
import type { Step } from "../analysis/step.js";

/** The steps in the order in which they happen; `defect`, where it goes wrong, is the last. */
export function proof(before: readonly Step[], defect: Step): readonly [Step, ...Step[]] {
  const [first, ...rest] = [...before, defect];
  return [first ?? defect, ...rest];
}
