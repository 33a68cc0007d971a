// Sibling mining: the access check that a group of handlers passes, and the handler that passes none.
//
// Engler et al., "Bugs as Deviant Behavior" (SOSP 2001): what most of a group does is what the group means to do.
import type { AccessCheck } from "./access-checks.js";
import type { Handler, HandlerGroup } from "./handlers.js";

/** A handler without the check that its siblings pass. */
export interface ForgottenCheck {
  readonly handler: Handler;
  readonly group: HandlerGroup;
  /** The check that most siblings pass. */
  readonly name: string;
  /** Those that pass it, in the order of the source. */
  readonly guarded: readonly { readonly handler: Handler; readonly check: AccessCheck }[];
  /** How many siblings there are: those that pass it and those that do not. */
  readonly siblings: number;
}

const LEAST_GUARDED = 3;
const LEAST_AGREEMENT = 0.75;

/** The handlers of `group` that pass no access check at all, where most of the others pass the same one. */
export function forgottenChecks(group: HandlerGroup): readonly ForgottenCheck[] {
  const comparable = group.isServed ? group.handlers : group.handlers.filter(({ writes }) => writes);
  const candidates = comparable.filter((handler) => handler.checks.length === 0 && !handler.isPublic);
  if (candidates.length === 0) return [];
  const shared = mostShared(comparable);
  if (!shared) return [];
  const { name, guarded } = shared;
  const siblings = comparable.filter(({ isPublic, checks }) => !isPublic || checks.length > 0).length - 1;
  if (guarded.length < LEAST_GUARDED || guarded.length / siblings < LEAST_AGREEMENT) return [];
  return candidates.map((handler) => ({ handler, group, name, guarded, siblings }));
}

function mostShared(handlers: readonly Handler[]): Pick<ForgottenCheck, "name" | "guarded"> | undefined {
  const passed = new Map<string, { handler: Handler; check: AccessCheck }[]>();
  for (const handler of handlers) {
    const seen = new Set<string>();
    for (const check of handler.checks) {
      if (seen.has(check.name)) continue;
      seen.add(check.name);
      passed.set(check.name, [...(passed.get(check.name) ?? []), { handler, check }]);
    }
  }
  const [most] = [...passed].sort(([, left], [, right]) => right.length - left.length);
  return most && { name: most[0], guarded: most[1] };
}
