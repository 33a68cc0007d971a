// A protection that the base has and the head has not, and the operation that now stands without it.
import type { Place } from "../place.js";
import type { DefinitionChange } from "./change.js";
import type { Leaf } from "./leaf.js";

export type Protection =
  | "validation"
  | "authorization"
  | "sanitizer"
  | "verification"
  | "masking"
  | "file-mode"
  | "lock"
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
}
