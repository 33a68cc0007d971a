// What arrived in all roots, each defect once: the rules judge one arrival for each, by its shortest way.

import type { Body } from "../analysis/body.js";
import type { Arrival } from "../analysis/taint/arrival.js";
import type { World } from "../analysis/world.js";
import type { SourceKind } from "../models/kinds.js";
import { mixingStep } from "./exposure.js";
import { isPublicFunction } from "./public-code.js";

/**
 * The arrivals of all roots: of known sources, each once per argument that it reaches; of what callers pass in, one for
 * each text that is put together with it, and none where a remote source is known to arrive.
 */
export function arrivalsIn(world: World, roots: readonly Body[]): readonly Arrival[] {
  const places = new Map<string, Map<string, Arrival>>();
  for (const root of roots) {
    for (const arrival of world.interpretation(root).arrivals) {
      const { taint } = arrival;
      if (taint.origin.kind === "parameter" && !isPublicFunction(world, taint.origin.of ?? root)) continue;
      const place = placeOf(arrival);
      const here = places.get(place) ?? new Map<string, Arrival>();
      places.set(place, here);
      const from = taint.origin.kind === "source" ? taint.origin.key : callerKey(arrival);
      keepShorter(here, from, arrival);
    }
  }
  return onePerMixture([...places.values()].flatMap((here) => withoutCallers([...here.values()])));
}

function keepShorter(known: Map<string, Arrival>, key: string, arrival: Arrival): void {
  const before = known.get(key);
  if (!before || arrival.taint.trail.length < before.taint.trail.length) known.set(key, arrival);
}

function withoutCallers(here: readonly Arrival[]): readonly Arrival[] {
  const isKnown = here.some(({ taint: { origin } }) => origin.kind === "source" && isRemote(origin.source));
  return isKnown ? here.filter(({ taint: { origin } }) => origin.kind === "source") : here;
}

/** A text that is put together once and used twice is one defect. */
function onePerMixture(arrivals: readonly Arrival[]): readonly Arrival[] {
  const best = new Map<string, Arrival>();
  const keyOf = (arrival: Arrival) => `${arrival.kind} ${callerKey(arrival)}`;
  const isMixture = ({ taint: { origin, trail } }: Arrival) =>
    origin.kind === "parameter" && mixingStep(trail) !== undefined;
  for (const arrival of arrivals) if (isMixture(arrival)) keepShorter(best, keyOf(arrival), arrival);
  return arrivals.filter((arrival) => !isMixture(arrival) || best.get(keyOf(arrival)) === arrival);
}

function placeOf({ argument: { syntax, node }, kind }: Arrival): string {
  return `${kind} ${syntax.path}:${node.start}:${node.end}`;
}

/** One for each text that is put together with what callers pass in, and one for all that is used as it comes. */
function callerKey({ taint: { trail } }: Arrival): string {
  const mixing = mixingStep(trail)?.place;
  return mixing ? `caller ${mixing.syntax.path}:${mixing.node.start}:${mixing.node.end}` : "caller";
}

function isRemote(source: SourceKind): boolean {
  return ["http-request", "upload", "message", "remote-response"].includes(source);
}
