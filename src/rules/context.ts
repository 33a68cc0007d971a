// What a rule may look at: one revision, interpreted.

import type { Body } from "../analysis/body.js";
import type { Arrival } from "../analysis/taint/arrival.js";
import type { World } from "../analysis/world.js";

export interface RuleContext {
  readonly world: World;
  /** The bodies under review, enclosing ones before those they hold. */
  readonly roots: readonly Body[];
  /** What arrived while the roots were interpreted: each source and argument once, by its shortest way. */
  readonly arrivals: readonly Arrival[];
  /** Of the head of a change: the bodies of its base, as that knows them. */
  readonly before?: Pick<RuleContext, "world" | "roots">;
}
