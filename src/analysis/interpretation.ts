// What the interpretation of one body gives.
import type { SyntaxNode } from "../python/ast.js";
import type { ModelledCall } from "./calls/modelled-call.js";
import { NO_PROOFS, type Proofs } from "./guards/proofs.js";
import type { Matching } from "./regex/matching.js";
import type { Arrival } from "./taint/arrival.js";
import type { Misuse } from "./taint/misuse.js";
import type { Environment } from "./values/environment.js";
import { type Abstract, NOTHING, type Ref } from "./values/value.js";

export interface Interpretation {
  /** The variables where the body ends normally; UNREACHABLE when it never does. */
  readonly environment: Environment;
  readonly returns: Abstract;
  /** Untrusted data that arrived where it does harm. */
  readonly arrivals: readonly Arrival[];
  /** Calls and assignments of the body that are wrong whatever data they are given. */
  readonly misuses: readonly Misuse[];
  /** What each of its calls may call. */
  readonly callees: ReadonlyMap<SyntaxNode, readonly Ref[]>;
  /** Texts that it matches against patterns which are known, and such patterns that it makes ready. */
  readonly matchings: readonly Matching[];
  /** What models say of its calls, and of the managers that it enters, by the syntax of the call or `with` item. */
  readonly modelled: ReadonlyMap<SyntaxNode, ModelledCall>;
  /** What it proves of its parameters. */
  readonly proofs: Proofs;
  /** True when the sweep was cut short: what is said is right, but something may be missing. */
  readonly budgetHit: boolean;
}

/** What is known of a body that is being interpreted further up the stack. */
export const NOT_YET: Interpretation = {
  environment: new Map(),
  returns: NOTHING,
  arrivals: [],
  misuses: [],
  callees: new Map(),
  matchings: [],
  modelled: new Map(),
  proofs: NO_PROOFS,
  budgetHit: false,
};
