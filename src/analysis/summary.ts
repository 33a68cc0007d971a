// A callee's interpretation seen from a call: its parameters replaced by what the caller passes.
import type { CallArgument } from "../flow/instruction.js";
import { record } from "./arrival.js";
import { classOf, type FunctionBody } from "./body.js";
import type { CallSite } from "./call-site.js";
import type { Interpretation } from "./interpret.js";
import { type Place, textOf } from "./place.js";
import { type Abstract, allTaints, joinTaints, NOTHING, type Taint, type Trail, UNKNOWN } from "./value.js";

/**
 * What calling `body` at `site` returns; data that its body would carry into a sink is recorded in the caller.
 * @param receiver the object on which it was found; then written arguments count from parameter 1.
 */
export function instantiate(
  site: CallSite,
  body: FunctionBody,
  summary: Interpretation,
  receiver: Abstract | undefined,
): Abstract {
  const argumentOf = bind(site, body, receiver);
  for (const arrival of summary.arrivals) {
    if (arrival.taint.origin.kind !== "parameter") continue;
    for (const taint of substituted(site, body, arrival.taint, argumentOf)) {
      record(site.frame, { ...arrival, taint });
    }
  }
  return replaced(site, body, summary.returns === NOTHING ? UNKNOWN : summary.returns, argumentOf);
}

/** The value that each parameter receives; NOTHING where the default is used. */
function bind(
  site: CallSite,
  body: FunctionBody,
  receiver: Abstract | undefined,
): (index: number) => Abstract {
  const { parameters } = body.definition;
  const shift = receiver ? 1 : 0;
  const bound = new Map<number, Abstract>();
  if (receiver) bound.set(0, receiver);
  let position = shift;
  for (const argument of site.instruction.arguments) {
    const index = parameterIndex(argument, parameters, position);
    if (argument.form === "positional") position++;
    if (index >= 0) bound.set(index, site.valueOf(argument.value));
  }
  return (index) => bound.get(index) ?? NOTHING;
}

function parameterIndex(
  argument: CallArgument,
  parameters: FunctionBody["definition"]["parameters"],
  position: number,
): number {
  if (argument.form === "keyword") {
    const named = parameters.findIndex(
      ({ name, form }) => name.id === argument.name && !form.includes("tar"),
    );
    return named >= 0 ? named : parameters.findIndex(({ form }) => form === "doubleStar");
  }
  if (argument.form !== "positional") return -1;
  const form = parameters[position]?.form;
  if (form === "positional" || form === "positionalOnly") return position;
  return parameters.findIndex((parameter) => parameter.form === "star");
}

/** What the caller's data becomes when it takes the way of `taint` through the callee. */
function substituted(
  site: CallSite,
  body: FunctionBody,
  taint: Taint,
  argumentOf: (index: number) => Abstract,
): readonly Taint[] {
  if (taint.origin.kind !== "parameter") return [taint];
  const { index, path } = taint.origin;
  if (path !== "" && isOwnReceiver(site)) {
    const passed = entering(site, body, taint);
    return [{ ...taint, trail: joinTrails(firstStep(taint.trail), passed, taint.trail) }];
  }
  const argument = argumentOf(index);
  const content = path === "" ? argument : (argument.fields.get(path) ?? NOTHING);
  return allTaints(content).map((given) => ({
    origin: given.origin,
    clean: given.clean | taint.clean,
    uncertain: given.uncertain || taint.uncertain,
    normal: given.normal | taint.normal,
    trail: joinTrails(given.trail, entering(site, body, taint), taint.trail),
  }));
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
  const path = taint.origin.kind === "parameter" ? taint.origin.path : "";
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

function replaced(
  site: CallSite,
  body: FunctionBody,
  value: Abstract,
  argumentOf: (index: number) => Abstract,
): Abstract {
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
