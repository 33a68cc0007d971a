// What models say of the calls of a body, kept for the analyses that look at the body as a whole.
import type { ResourceKind, WaitKind } from "../../models/kinds.js";
import type { CallModel, Condition } from "../../models/model.js";
import { constantIn } from "../values/value.js";
import { argumentsAt } from "./arguments.js";
import type { CallSite } from "./call-site.js";
import { holds } from "./condition.js";

/** A call (or the `with` that enters a manager) whose callee is modelled. */
export interface ModelledCall {
  readonly acquires: ResourceKind | undefined;
  /** Whoever holds the lock may take it again. */
  readonly isReentrant: boolean;
  /** What is released: of each call with this syntax, for `finally` is copied into every way out. */
  readonly releases: CallModel["releases"];
  /** It keeps its thread (or, with `suspends`, its coroutine) waiting. */
  readonly waits: Waiting | undefined;
  /** The callee does not keep its arguments: the result is data, not an object that holds them. */
  readonly keepsNothing: boolean;
}

export interface Waiting {
  readonly on: WaitKind;
  readonly suspends: boolean;
  /** The lock of the receiver is given back meanwhile. */
  readonly unlocks: boolean;
  /** No argument, and no default, limits the wait. */
  readonly isEndless: boolean;
  /** The argument that would limit it is there to be given. */
  readonly canBeLimited: boolean;
}

/** Notes what `model` says of the call, in place of what was said of it with less knowledge. */
export function noteModelledCall(site: CallSite, model: CallModel): void {
  const { acquires, reentrant, releases, waits, propagates, returns } = model;
  const { node } = site.instruction;
  // The way out of a `with` has the syntax of the way in; what the way in does counts.
  if (node.kind === "withItem" && releases !== undefined) return;
  const keepsNothing =
    acquires === undefined &&
    (propagates === "none" || returns === undefined || returns.startsWith("builtins."));
  if (acquires === undefined && releases === undefined && waits === undefined) {
    if (keepsNothing) site.frame.modelled.set(node, KEEPS_NOTHING);
    return;
  }
  site.frame.modelled.set(node, {
    acquires,
    isReentrant: reentrant ?? false,
    releases,
    waits: waits && waiting(site, waits),
    keepsNothing,
  });
}

/** Most models say no more, so they share this. */
const KEEPS_NOTHING: ModelledCall = {
  acquires: undefined,
  isReentrant: false,
  releases: undefined,
  waits: undefined,
  keepsNothing: true,
};

function waiting(site: CallSite, waits: NonNullable<CallModel["waits"]>): Waiting {
  return {
    on: waits.on,
    suspends: waits.suspends ?? false,
    unlocks: waits.unlocks ?? false,
    isEndless: isEndless(site, waits),
    canBeLimited: waits.timeout !== undefined || waits.unlimitedWhen?.some(isOfTimeout) === true,
  };
}

const isOfTimeout = ({ argument }: Condition): boolean => argument.name === "timeout";

function isEndless(site: CallSite, waits: NonNullable<CallModel["waits"]>): boolean {
  const { timeout, limitedWhen, unlimitedWhen } = waits;
  if (limitedWhen?.some((condition) => holds(site, condition))) return false;
  if (unlimitedWhen !== undefined) return unlimitedWhen.every((condition) => holds(site, condition));
  if (timeout === undefined) return false;
  const written = site.instruction.arguments;
  const [given] = argumentsAt(written, timeout);
  if (given) return constantIn(site.valueOf(given.value)) === null;
  return !written.some(({ form }) => form === "doubleStar" || form === "star");
}
