// A callee's interpretation seen from a call: its parameters replaced by what the caller passes.

import { classOf, depthGiven, type FunctionBody } from "../body.js";
import type { Interpretation } from "../interpretation.js";
import { record } from "../taint/arrival.js";
import { type Place, textOf } from "../values/place.js";
import {
  type Abstract,
  allTaints,
  joinTaints,
  NOTHING,
  type Origin,
  type Taint,
  type Trail,
  UNKNOWN,
} from "../values/value.js";
import type { CallSite } from "./call-site.js";

/**
 * What calling `body` at `site` returns; data that its body would carry into a sink is recorded in the caller.
 * @param bound by parameter
 */
export function instantiate(
  site: CallSite,
  body: FunctionBody,
  summary: Interpretation,
  bound: ReadonlyMap<number, Abstract>,
): Abstract {
  const argumentOf = argumentIn(bound);
  // As any caller reaches it, the body speaks for itself.
  const isOwn = depthGiven(body) === 0;
  for (const arrival of summary.arrivals) {
    if (isOwn && arrival.taint.origin.kind !== "parameter") continue;
    for (const taint of substituted(site, body, arrival.taint, argumentOf)) {
      record(site.frame, { ...arrival, taint });
    }
  }
  return replaced(site, body, summary.returns === NOTHING ? UNKNOWN : summary.returns, argumentOf);
}

/** What the fields hold that `body` sets on the argument of its parameter `index`, seen from the call. */
export function fieldsSet(
  site: CallSite,
  body: FunctionBody,
  bound: ReadonlyMap<number, Abstract>,
  index = 0,
): ReadonlyMap<string, Abstract> {
  const name = body.definition.parameters[index]?.name.id ?? "";
  const written = site.frame.world.environment(body).get(name);
  return written
    ? replaced(site, body, { ...NOTHING, fields: written.fields }, argumentIn(bound)).fields
    : new Map();
}

/** The argument of a parameter, or what is inside it. NOTHING where the default is used. */
type ArgumentAt = (index: number, path: readonly string[]) => Abstract;

function argumentIn(bound: ReadonlyMap<number, Abstract>): ArgumentAt {
  return (index, path) => {
    let value = bound.get(index) ?? NOTHING;
    for (const key of path) value = value.fields.get(key) ?? NOTHING;
    return value;
  };
}

/** What the caller's data becomes when it takes the way of `taint` through the callee. */
function substituted(
  site: CallSite,
  body: FunctionBody,
  taint: Taint,
  argumentOf: ArgumentAt,
): readonly Taint[] {
  if (taint.origin.kind !== "parameter") return [taint];
  const { index, path, of } = taint.origin;
  if (of) return [passedOut(site, taint, taint.origin)];
  const argument = argumentOf(index, path);
  if (path.length > 0 && argument === NOTHING && isOwnReceiver(site)) {
    const passed = entering(site, body, taint);
    return [{ ...taint, trail: joinTrails(firstStep(taint.trail), passed, taint.trail) }];
  }
  return allTaints(argument).map((given) => ({
    origin: given.origin,
    clean: given.clean | taint.clean,
    uncertain: given.uncertain || taint.uncertain,
    normal: given.normal | taint.normal,
    trail: joinTrails(given.trail, entering(site, body, taint), taint.trail),
  }));
}

/** A parameter of a function around the callee: it is the caller's own where the caller is that function. */
function passedOut(site: CallSite, taint: Taint, origin: Extract<Origin, { kind: "parameter" }>): Taint {
  const { frame, instruction } = site;
  const place = { syntax: frame.body.module.syntax, node: instruction.node };
  const call = { place, note: `\`${textOf(place, 40)}\` runs the function that uses it` };
  const trail = joinTrails(firstStep(taint.trail), call, taint.trail);
  if (origin.of !== frame.body) return { ...taint, trail };
  const { index, path } = origin;
  return {
    ...taint,
    trail,
    origin: { kind: "parameter", index, path, key: `parameter ${index} ${path.join(" ")}` },
  };
}

/** `self.method()`: the callee's fields are the caller's own. */
function isOwnReceiver({ frame, receiver }: CallSite): boolean {
  const owner = classOf(frame.body);
  if (!owner || receiver === undefined || frame.body.kind !== "function") return false;
  const path = frame.paths[receiver];
  return path?.keys.length === 0 && path.variable === frame.body.definition.parameters[0]?.name.id;
}

function entering(site: CallSite, body: FunctionBody, taint: Taint): { place: Place; note: string } {
  const { frame, instruction } = site;
  const place = { syntax: frame.body.module.syntax, node: instruction.node };
  const index = taint.origin.kind === "parameter" ? taint.origin.index : 0;
  const path = taint.origin.kind === "parameter" ? taint.origin.path.join("") : "";
  const name = `${body.definition.parameters[index]?.name.id ?? ""}${path}`;
  return { place, note: `\`${textOf(place, 40)}\` passes it as \`${name}\`` };
}

function firstStep(trail: Trail): Trail {
  return trail.earlier ? firstStep(trail.earlier) : trail;
}

/** A proof of more steps convinces nobody: what the callee did is left out of it. */
const MAX_JOINED = 48;

/** Caller's trail, the call, then the callee's trail without its own beginning. */
function joinTrails(caller: Trail, call: { place: Place; note: string }, callee: Trail): Trail {
  const inside: Trail[] = [];
  for (let step: Trail | undefined = callee; step?.earlier; step = step.earlier) inside.push(step);
  let trail: Trail = { ...call, role: "call", earlier: caller, length: caller.length + 1 };
  if (caller.length + inside.length > MAX_JOINED) return trail;
  for (const step of inside.reverse()) trail = { ...step, earlier: trail, length: trail.length + 1 };
  return trail;
}

function replaced(site: CallSite, body: FunctionBody, value: Abstract, argumentOf: ArgumentAt): Abstract {
  if (value.taints.length === 0 && value.fields.size === 0) return value;
  const taints = value.taints.reduce<readonly Taint[]>(
    (all, taint) => joinTaints(all, substituted(site, body, taint, argumentOf)),
    [],
  );
  const fields = new Map(
    [...value.fields].map(([key, content]) => [key, replaced(site, body, content, argumentOf)]),
  );
  return { ...value, taints, fields };
}
