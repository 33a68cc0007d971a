// What a modelled call does beside giving a result: it fills its receiver, calls functions back, makes entry points.
import { kindSet } from "../../models/kinds.js";
import type { CallModel } from "../../models/model.js";
import { recordMatching } from "../regex/matching.js";
import { optionOf, recordMisuse } from "../taint/misuse.js";
import { type Environment, readPath, writePath } from "../values/environment.js";
import { textOf } from "../values/place.js";
import { elementsOf } from "../values/read.js";
import {
  type Abstract,
  constantIn,
  exposed,
  extended,
  join,
  NOTHING,
  type Ref,
  type TrailStep,
  withField,
  withTaints,
} from "../values/value.js";
import { argumentsAt } from "./arguments.js";
import type { CallSite } from "./call-site.js";
import { holds } from "./condition.js";
import { impliedCall } from "./implied-call.js";

/** Notes what the call does wrong, whom it calls back, and what it registers. */
export function perform(site: CallSite, model: CallModel): void {
  const { frame, instruction } = site;
  for (const { kind, when } of model.misuses ?? []) {
    if (!when || when.every((condition) => holds(site, condition))) {
      recordMisuse(frame, kind, instruction.node, optionOf(site, when ?? []));
    }
  }
  recordMatching(site, model);
  if (model.registers) registerEntry(site, model.registers);
  if (model.calls) callBack(site, model.calls);
}

function functionsAt(site: CallSite, place: NonNullable<CallModel["converts"]>): readonly Ref[] {
  return argumentsAt(site.instruction.arguments, place).flatMap(({ value }) => site.valueOf(value).refs);
}

function registerEntry(site: CallSite, registers: NonNullable<CallModel["registers"]>): void {
  const { callback, entry } = registers;
  const [rule] =
    entry.routeArgument === undefined ? [] : argumentsAt(site.instruction.arguments, entry.routeArgument);
  const text = rule && constantIn(site.valueOf(rule.value));
  const route = typeof text === "string" ? text : undefined;
  for (const ref of functionsAt(site, callback)) {
    if (ref.kind === "function") site.frame.world.register(ref.body, { model: entry, route });
  }
}

const CALLED_BACK: ReadonlySet<Ref["kind"]> = new Set(["function", "partial", "class", "instance"]);

/** The function of `callback` runs with the content of other arguments: one parameter for each. */
function callBack(site: CallSite, calls: NonNullable<CallModel["calls"]>): void {
  const { frame, instruction } = site;
  const functions = functionsAt(site, calls.callback).filter(({ kind }) => CALLED_BACK.has(kind));
  if (functions.length === 0) return;
  const given = calls.with.flatMap((place) => {
    if (place === "receiver") return site.receiver === undefined ? [] : [site.valueOf(site.receiver)];
    return argumentsAt(instruction.arguments, place).flatMap(({ value }) => spread(site.valueOf(value)));
  });
  const first = frame.values.length;
  frame.values.push(...given);
  const written = given.map((_, index) => first + index);
  const implied = impliedCall(frame, instruction.node, undefined, written, new Map());
  for (const ref of functions) implied.frame.callRef(implied, ref);
  frame.values.length = first;
}

/** A tuple is taken apart (`args=(a, b)`); of a list each element is one call; anything else is itself. */
function spread(value: Abstract): readonly Abstract[] {
  const types = value.refs.flatMap((ref) => (ref.kind === "object" ? [ref.type] : []));
  if (types.includes("builtins.tuple") && !value.fields.has("[*]")) {
    return [...value.fields].filter(([key]) => key.startsWith("[")).map(([, content]) => content);
  }
  return types.includes("builtins.list") ? [elementsOf(value)] : [value];
}

/** The variables after the call: the content of arguments may be in the receiver now. */
export function filled(site: CallSite, model: CallModel, environment: Environment): Environment {
  if (!model.fills || site.receiver === undefined) return environment;
  const { frame } = site;
  let content: Abstract = NOTHING;
  for (const place of model.fills) {
    if (place === "receiver") continue;
    for (const { value } of argumentsAt(site.instruction.arguments, place)) {
      content = join(content, site.valueOf(value));
    }
  }
  if (content === NOTHING) return environment;
  const path = frame.paths[site.receiver];
  const before = readPath(environment, path) ?? frame.values[site.receiver]!;
  const after = withField(before, "[*]", join(before.fields.get("[*]") ?? NOTHING, content));
  if (path) return writePath(environment, path, after);
  frame.values[site.receiver] = after;
  return environment;
}

function parsing({ frame, instruction: { node } }: CallSite): TrailStep {
  const place = { syntax: frame.body.module.syntax, node };
  return { place, role: "flow", note: `\`${textOf(place, 40)}\` makes objects of it`, parses: true };
}

/** A pattern made ready remembers what it was made of. */
function withKept(site: CallSite, { keeps }: CallModel, result: Abstract): Abstract {
  if (!keeps) return result;
  let value = result;
  for (const [member, place] of Object.entries(keeps)) {
    const [given] = argumentsAt(site.instruction.arguments, place);
    if (given) value = withField(value, `.${member}`, site.valueOf(given.value));
  }
  return value;
}

/** The result once it went through what the model does to it: converted, harmful again, in its one normal form. */
export function converted(site: CallSite, model: CallModel, result: Abstract): Abstract {
  let value = withKept(site, model, result);
  if (model.exposes) value = exposed(value, model.exposes === "all" ? "all" : kindSet(model.exposes));
  if (model.normalizes && (model.normalizesWhen ?? []).every((condition) => holds(site, condition))) {
    const normal = kindSet([model.normalizes]);
    value = withTaints(
      value,
      value.taints.map((taint) => ({ ...taint, normal: taint.normal | normal })),
    );
  }
  if (model.parses) value = extended(value, parsing(site));
  if (!model.converts) return value;
  const converters = functionsAt(site, model.converts);
  if (converters.length === 0 || value.taints.length === 0) return value;
  const first = site.frame.values.length;
  site.frame.values.push(value);
  const implied = impliedCall(site.frame, site.instruction.node, undefined, [first], new Map());
  let through: Abstract = NOTHING;
  for (const ref of converters) through = join(through, implied.frame.callRef(implied, ref));
  site.frame.values.length = first;
  return through;
}
