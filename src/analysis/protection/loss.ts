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
  | "race"
  | "path-race"
  | "wait-outside"
  | "off-loop"
  | "release"
  | "timeout"
  | "limit"
  | "errors"
  | "error-trace"
  | "handler"
  | "outcome"
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
  /** Medium if not given. */
  readonly sure?: Loss["sure"];
}

interface LostAtLeaf extends Lost {
  /** Where the guard stood in the base; the whole leaf if no `guard` is given. */
  readonly base: Leaf;
  readonly guard?: Range;
  /** What stands without it in the head; the whole leaf if nothing of it is given as `exposed`. */
  readonly head: Leaf;
  readonly exposed?: Range;
}

/** The loss of a guard of one leaf of the base at one leaf of the head. */
export function lossAt(how: Loss["how"], lost: LostAtLeaf): Loss {
  const { protection, did, change, base, head, sure = "medium" } = lost;
  return {
    protection,
    how,
    change,
    guard: { syntax: base.syntax, node: lost.guard ?? base.range },
    exposed: { syntax: head.syntax, node: lost.exposed ?? head.range },
    exposedLeaf: head,
    did,
    sure,
  };
}

interface LostAround extends Lost {
  /** In the module of the base. */
  readonly guard: Range;
  /** In the module of the head; the name of the function or class if nothing is given. */
  readonly exposed?: Range;
}

/**
 * The loss of a guard of a whole definition: of no one statement that could be looked at in its place.
 * @throws Error if nothing is `exposed` and the definition is a module, which has no name
 */
export function lossOfDefinition(how: Loss["how"], lost: LostAround): Loss {
  const { protection, did, change, guard, sure = "medium" } = lost;
  const { base, head } = change;
  const exposed = lost.exposed ?? head.node?.name;
  if (!exposed) throw new Error(`nothing to point at in ${head.module.path}`);
  return {
    protection,
    how,
    change,
    guard: { syntax: base.module.syntax, node: guard },
    exposed: { syntax: head.module.syntax, node: exposed },
    exposedLeaf: undefined,
    did,
    sure,
  };
}
