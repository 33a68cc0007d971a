// A protection that the base has and the head has not, and the operation that now stands without it.
import type { Range } from "../../base/span.js";
import type { Place } from "../values/place.js";
import type { DefinitionChange } from "./change.js";
import type { Leaf } from "./leaf.js";

export type Protection =
  | "validation"
  | "authorization"
  | "ownership"
  | "sanitizer"
  | "verification"
  | "masking"
  | "file-mode"
  | "lock"
  | "retry"
  | "release"
  | "timeout"
  | "limit"
  | "errors"
  | "error-trace"
  | "parameters";

export interface Loss {
  readonly protection: Protection;
  /** Gone altogether, or replaced by something that protects less. */
  readonly how: "removed" | "weakened";
  readonly change: DefinitionChange;
  /** In the base. */
  readonly guard: Place;
  /** In the head: the operation that stands without the guard, or what replaced it. */
  readonly exposed: Place;
  readonly exposedLeaf: Leaf | undefined;
  /** How the guard protected, a phrase about it ("refuses `name`"). */
  readonly did: string;
  readonly sure: "high" | "medium" | "low";
  /** What might have taken its place, and why it does not count: phrases, in Markdown. */
  readonly considered?: readonly string[];
}

interface Lost {
  readonly protection: Protection;
  readonly did: string;
  readonly change: DefinitionChange;
  /** Where the guard stood in the base; the whole leaf if no `guard` is given. */
  readonly base: Leaf;
  readonly guard?: Range;
  /** What stands without it in the head; the whole leaf if nothing of it is given as `exposed`. */
  readonly head: Leaf;
  readonly exposed?: Range;
  /** Medium if not given. */
  readonly sure?: Loss["sure"];
}

/** The loss of a guard of one leaf of the base at one leaf of the head. */
export function lossAt(how: Loss["how"], lost: Lost): Loss {
  const { protection, did, change, base, head } = lost;
  return {
    protection,
    how,
    change,
    guard: { syntax: base.syntax, node: lost.guard ?? base.range },
    exposed: { syntax: head.syntax, node: lost.exposed ?? head.range },
    exposedLeaf: head,
    did,
    sure: lost.sure ?? "medium",
  };
}
