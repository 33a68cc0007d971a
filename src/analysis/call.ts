// Calls: what a model or the callee's own interpretation says that the call does with its arguments.
import { ALL_KINDS, kindSet } from "../models/kinds.js";
import type { ArgumentPlace, CallModel, SinkModel } from "../models/model.js";
import { argumentsAt } from "./arguments.js";
import { record } from "./arrival.js";
import type { ClassBody, FunctionBody } from "./body.js";
import type { CallInstruction, CallSite } from "./call-site.js";
import { holds } from "./condition.js";
import { type Environment, readPath, UNREACHABLE } from "./environment.js";
import type { Frame } from "./interpret.js";
import { lastWord } from "./last-word.js";
import { classMember, elementsOf } from "./read.js";
import { sourceTaint } from "./source.js";
import { instantiate } from "./summary.js";
import {
  type Abstract,
  allTaints,
  cleansed,
  join,
  joinTaints,
  NOTHING,
  type Ref,
  refTo,
  type Taint,
  UNKNOWN,
  withTaints,
} from "./value.js";

/** The result of a call, and the variables after it. */
export function callResult(
  frame: Frame,
  instruction: CallInstruction,
  environment: Environment,
): { readonly result: Abstract; readonly changed: Environment } {
  const definition = frame.cfg.definitions[instruction.callee];
  const site: CallSite = {
    frame,
    instruction,
    receiver: definition?.op === "member" ? definition.object : undefined,
    valueOf: (value) => readPath(environment, frame.paths[value]) ?? frame.values[value]!,
  };
  const callee = frame.values[instruction.callee]!;
  let result: Abstract = NOTHING;
  for (const ref of callee.refs) result = join(result, callRef(site, ref));
  if (result === NOTHING) result = throughUnknown(site);
  const ends = callee.refs.length > 0 && callee.refs.every((ref) => neverReturns(frame, ref));
  return { result, changed: ends ? UNREACHABLE : environment };
}

function neverReturns(frame: Frame, ref: Ref): boolean {
  if (ref.kind === "symbol") return frame.world.catalogue.symbol(ref.name)?.call?.neverReturns ?? false;
  if (ref.kind !== "function") return false;
  const called = frame.world.interpretation(ref.body);
  return called.environment === UNREACHABLE && !frame.world.cfg(ref.body).isGenerator;
}

function callRef(site: CallSite, ref: Ref): Abstract {
  const { catalogue } = site.frame.world;
  switch (ref.kind) {
    case "symbol": {
      const model = catalogue.symbol(ref.name);
      return model?.call ? callModel(site, model.call) : callSymbol(site, ref.name);
    }
    case "function":
      return callFunction(site, ref.body, ref.receiver);
    case "class":
      return construct(site, ref.body);
    case "object":
    case "instance":
    case "module":
    case "constant":
      return throughUnknown(site);
    case "unknown":
      return callUnknown(site);
  }
}

/** A method of an object of unknown type: what its name and the object's name say, where a model trusts them. */
function callUnknown(site: CallSite): Abstract {
  const { frame, receiver, instruction } = site;
  const definition = frame.cfg.definitions[instruction.callee];
  if (definition?.op === "member" && receiver !== undefined) {
    const text = lastWord(frame, receiver);
    const model = frame.world.catalogue.duck(definition.name, text)?.call;
    if (model) return callModel(site, model);
  }
  return throughUnknown(site);
}

/** A library function without model: its result may contain whatever went in. */
function callSymbol(site: CallSite, name: string): Abstract {
  const last = name.slice(name.lastIndexOf(".") + 1);
  const type = /^[A-Z]/.test(last) ? name : `${name}()`;
  return withTaints(refTo({ kind: "object", type }), throughUnknown(site).taints);
}

const ASKS = /^(is|has|can|should|allows?|check|validate|verify)(_|$)/;

function throughUnknown(site: CallSite): Abstract {
  const definition = site.frame.cfg.definitions[site.instruction.callee];
  const name =
    definition?.op === "member" ? definition.name : definition?.op === "read" ? definition.variable.name : "";
  if (ASKS.test(name)) return UNKNOWN;
  const passed = joinTaints(taintsAt(site, "any"), taintsAt(site, "receiver"));
  return withTaints(
    UNKNOWN,
    passed.map((taint) => ({ ...taint, uncertain: true })),
  );
}

export function callModel(site: CallSite, model: CallModel): Abstract {
  const { frame, instruction } = site;
  for (const sink of model.sinks ?? []) arrive(site, sink);
  let taints: readonly Taint[] = [];
  if (model.propagates !== "none") {
    for (const place of model.propagates ?? (["any", "receiver"] as const)) {
      taints = joinTaints(taints, taintsAt(site, place));
    }
  }
  if (model.source) taints = joinTaints(taints, [sourceTaint(frame, instruction.node, model.source)]);
  const result = withTaints(model.returns ? refTo({ kind: "object", type: model.returns }) : UNKNOWN, taints);
  if (!model.sanitizes) return result;
  return cleansed(result, model.sanitizes === "all" ? ALL_KINDS : kindSet(model.sanitizes));
}

/** All taint in the arguments at `place`. */
function taintsAt(site: CallSite, place: ArgumentPlace): readonly Taint[] {
  if (place === "receiver") return site.receiver === undefined ? [] : allTaints(site.valueOf(site.receiver));
  const found = argumentsAt(site.instruction.arguments, place);
  return found.reduce<readonly Taint[]>(
    (all, { value }) => joinTaints(all, allTaints(site.valueOf(value))),
    [],
  );
}

function arrive(site: CallSite, sink: SinkModel): void {
  if (sink.when && !sink.when.every((condition) => holds(site, condition))) return;
  const { frame, instruction } = site;
  const written =
    sink.argument === "receiver"
      ? site.receiver === undefined
        ? []
        : [site.receiver]
      : argumentsAt(instruction.arguments, sink.argument).map(({ value }) => value);
  for (const value of written) {
    const node = frame.cfg.definitions[value]?.node ?? instruction.node;
    for (const taint of taintsIn(site.valueOf(value), sink)) {
      record(frame, {
        kind: sink.kind,
        taint,
        call: { syntax: frame.body.module.syntax, node: instruction.node },
        argument: { syntax: frame.body.module.syntax, node },
        body: frame.body,
      });
    }
  }
}

/** What of the argument does the harm: all of it, one element of a list, or only a list's or a string's content. */
function taintsIn(value: Abstract, sink: SinkModel): readonly Taint[] {
  const isSequence = [...value.fields.keys()].some((key) => key.startsWith("["));
  if (sink.element !== undefined) {
    if (!isSequence) return value.taints;
    return allTaints(value.fields.get(`[${sink.element}]`) ?? NOTHING);
  }
  if (sink.form === "sequence") return isSequence ? allTaints(elementsOf(value)) : [];
  if (sink.form === "string" && isSequence) return [];
  return allTaints(value);
}

/** A function of the repository: its own interpretation, with the arguments put in for its parameters. */
function callFunction(site: CallSite, body: FunctionBody, receiver: Abstract | undefined): Abstract {
  const summary = site.frame.world.interpretation(body);
  return instantiate(site, body, summary, receiver);
}

function construct(site: CallSite, body: ClassBody): Abstract {
  const instance = refTo({ kind: "instance", body });
  const initializer = classMember(site.frame.world, body, "__init__");
  for (const ref of initializer?.refs ?? []) {
    if (ref.kind === "function") callFunction(site, ref.body, instance);
  }
  return instance;
}
