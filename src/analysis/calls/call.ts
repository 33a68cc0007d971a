// Calls: what a model or the callee's own interpretation says that the call does with its arguments.
import { lastPart } from "../../base/words.js";
import { ALL_KINDS, kindSet } from "../../models/kinds.js";
import type { ArgumentPlace, CallModel, SinkModel, WrittenArgument } from "../../models/model.js";
import { anyCall, type ClassBody, type FunctionBody } from "../body.js";
import type { Frame } from "../frame.js";
import { provedByCall, provedBySummary } from "../guards/guards.js";
import { annotatedIn } from "../names/annotation.js";
import { shownTaints } from "../secrets/sensitive.js";
import { record } from "../taint/arrival.js";
import { libraryBases } from "../taint/entry.js";
import { type Environment, readPath, UNREACHABLE } from "../values/environment.js";
import { onlySetBy } from "../values/fields.js";
import { lastWord } from "../values/last-word.js";
import { mixed } from "../values/mix.js";
import { classMember, elementKey, elementOf, elementsOf, KEYS } from "../values/read.js";
import { narrowed, sourceTaint } from "../values/source.js";
import {
  type Abstract,
  allTaints,
  cleansed,
  isSecret,
  join,
  joinTaints,
  NOTHING,
  type Ref,
  refTo,
  type Taint,
  UNKNOWN,
  withField,
  withTaints,
} from "../values/value.js";
import { onlyValueOf } from "../values/written.js";
import type { World } from "../world.js";
import { withFilledArguments } from "./argument-contents.js";
import { argumentsAt } from "./arguments.js";
import { bind } from "./bind.js";
import type { CallInstruction, CallSite, Reached } from "./call-site.js";
import { neverReturns } from "./callees.js";
import { holds } from "./condition.js";
import { withDeclaredFields } from "./declared-fields.js";
import { converted, filled, perform } from "./effects.js";
import { bodyReached } from "./given.js";
import { noteModelledCall } from "./modelled-call.js";
import { reflected } from "./reflect.js";
import { callSpecial } from "./special.js";
import { fieldsSet, instantiate } from "./summary.js";

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
    reached: new Map(),
  };
  const callee = frame.values[instruction.callee]!;
  frame.callees.set(instruction.node, callee.refs);
  let result: Abstract = NOTHING;
  for (const ref of callee.refs) result = join(result, callRef(site, ref));
  if (result === NOTHING) result = throughUnknown(site);
  const ends = callee.refs.length > 0 && callee.refs.every((ref) => neverReturnsHere(site, ref));
  if (ends) return { result, changed: UNREACHABLE };
  return { result: readOut(site, result), changed: after(site, callee, environment) };
}

/** `request.args.get("name")` is itself the source, not `request.args`. */
function readOut({ frame, instruction }: CallSite, result: Abstract): Abstract {
  const definition = frame.cfg.definitions[instruction.callee];
  const reads = definition?.op === "member" && /^(get|pop|read|recv)/.test(definition.name);
  return reads ? narrowed(frame, instruction.node, result) : result;
}

/** What the call did to variables: filled them, or proved them harmless by returning. */
function after(site: CallSite, callee: Abstract, environment: Environment): Environment {
  let changed = environment;
  for (const model of modelsOf(site, callee)) {
    changed = filled(site, model, changed);
    changed = provedByCall(site.frame, site.instruction, model, "returns", changed);
  }
  if (takesIn(site, callee)) changed = filled(site, { fills: ["any"] }, changed);
  const [only] = callee.refs;
  if (only?.kind !== "function" || callee.refs.length > 1) return changed;
  const { body, bound } = reached(site, only);
  changed = provedBySummary(site, body, only.receiver !== undefined, "returns", changed);
  changed = withFilledArguments(site, body, bound, changed);
  return only.wraps
    ? provedBySummary(site, only.wraps, only.receiver !== undefined, "returns", changed)
    : changed;
}

/** `items.append(x)`, whatever `items` is. */
function takesIn({ frame, instruction }: CallSite, { refs }: Abstract): boolean {
  const definition = frame.cfg.definitions[instruction.callee];
  const isUnknown = refs.length === 0 || refs.every(({ kind }) => kind === "unknown");
  return (
    isUnknown && definition?.op === "member" && /^(append|appendleft|extend|insert)$/.test(definition.name)
  );
}

function modelsOf(site: CallSite, callee: Abstract): readonly CallModel[] {
  const { catalogue } = site.frame.world;
  return callee.refs.flatMap((ref) => {
    if (ref.kind === "symbol") return catalogue.symbol(ref.name)?.call ?? [];
    return ref.kind === "unknown" ? (duckModel(site) ?? []) : [];
  });
}

function neverReturnsHere(site: CallSite, ref: Ref): boolean {
  const { world } = site.frame;
  return neverReturns(world, ref.kind === "function" ? { ...ref, body: reached(site, ref).body } : ref);
}

export function callRef(site: CallSite, ref: Ref): Abstract {
  const { catalogue } = site.frame.world;
  switch (ref.kind) {
    case "symbol": {
      if (ref.receiver && site.receiver === undefined) return callKept(site, ref, ref.receiver);
      site.frame.world.called(site.frame.body, ref);
      const model = catalogue.symbol(ref.name);
      const result = model?.call ? callModel(site, model.call) : callUnmodelled(site, ref.name);
      return reflected(site, ref.name, result);
    }
    case "function":
      return callFunction(site, ref);
    case "partial":
      return callPartial(site, ref);
    case "class":
      return construct(site, ref.body);
    case "object":
      return callSpecial(site, refTo(ref), "__call__") ?? throughUnknown(site);
    case "instance":
      return callInstance(site, ref);
    case "module":
    case "constant":
    case "super":
      return throughUnknown(site);
    case "unknown":
      return callUnknown(site);
  }
}

/** A method that was kept in a variable is called as one of the object that it was read from. */
function callKept(site: CallSite, ref: Ref, receiver: Abstract): Abstract {
  const { values } = site.frame;
  const first = values.length;
  values.push(receiver);
  const result = callRef(
    { ...site, receiver: first, valueOf: (value) => (value === first ? receiver : site.valueOf(value)) },
    ref,
  );
  values.length = first;
  return result;
}

/** `object()` runs its `__call__`. */
function callInstance(site: CallSite, ref: Extract<Ref, { kind: "instance" }>): Abstract {
  const callee = site.frame.values[site.instruction.callee];
  const object = callee?.refs.includes(ref) ? { ...callee, refs: [ref] } : refTo(ref);
  return callSpecial(site, object, "__call__") ?? throughUnknown(site);
}

/** A method of an object of unknown type: what its name and the object's name say, where a model trusts them. */
function callUnknown(site: CallSite): Abstract {
  const model = duckModel(site);
  return model ? callModel(site, model) : throughUnknown(site);
}

function duckModel({ frame, receiver, instruction }: CallSite): CallModel | undefined {
  const definition = frame.cfg.definitions[instruction.callee];
  if (definition?.op !== "member" || receiver === undefined) return undefined;
  const { duck } = frame.world.catalogue;
  const known = duck(definition.name, lastWord(frame, receiver));
  if (known) return known.call;
  const made = onlyValueOf(frame, receiver);
  return made === undefined ? undefined : duck(definition.name, lastWord(frame, made))?.call;
}

/** A library function without model: its result may contain whatever went in. */
function callSymbol(site: CallSite, name: string): Abstract {
  const last = lastPart(name);
  const type = /^[A-Z]/.test(last) ? name : `${name}()`;
  return withTaints(refTo({ kind: "object", type }), throughUnknown(site).taints);
}

const ASKS = /^(is|has|can|should|allows?|check|validate|verify)(_|$)/;

/** Methods that give what their object or arguments say, in another form. */
const KEEPS_TEXT = new Set(
  "decode encode strip lstrip rstrip lower upper format format_map join replace copy items values dict model_dump to_dict as_dict json dumps pformat get_secret_value".split(
    " ",
  ),
);

function throughUnknown(site: CallSite): Abstract {
  const definition = site.frame.cfg.definitions[site.instruction.callee];
  const name =
    definition?.op === "member" ? definition.name : definition?.op === "read" ? definition.variable.name : "";
  if (ASKS.test(name)) return UNKNOWN;
  const through = (taint: Taint, isKept: boolean): readonly Taint[] => {
    if (isSecret(taint)) return KEEPS_TEXT.has(name) ? [taint] : [];
    return [isKept ? taint : { ...taint, uncertain: true }];
  };
  const isMethod = definition?.op === "member";
  return withTaints(
    UNKNOWN,
    joinTaints(
      taintsAt(site, "receiver").flatMap((taint) => through(taint, isMethod && GIVES_OWN.has(name))),
      taintsAt(site, "any").flatMap((taint) => through(taint, isMethod && TAKES_IN.has(name))),
    ),
  );
}

/** Methods of texts and containers, whoever has them: what they give is what the object holds. */
const GIVES_OWN = new Set(
  "decode encode strip lstrip rstrip lower upper title capitalize format replace split rsplit splitlines partition rpartition copy items values keys iteritems itervalues get getlist getall getone pop popitem dict to_dict".split(
    " ",
  ),
);
/** What they give holds their arguments too. */
const TAKES_IN = new Set(["format", "replace", "join"]);

/** A member of an unmodelled library: what its name and the object's name say, as of an object of unknown type. */
function callUnmodelled(site: CallSite, name: string): Abstract {
  const model = name.startsWith("builtins.") ? undefined : duckModel(site);
  return model ? callModel(site, model) : callSymbol(site, name);
}

export function callModel(site: CallSite, model: CallModel): Abstract {
  const { frame, instruction } = site;
  for (const sink of model.sinks ?? []) arrive(site, sink);
  perform(site, model);
  noteModelledCall(site, model);
  let taints: readonly Taint[] = model.composes
    ? mixed(site, model.composes, taintsAt(site, model.composes))
    : [];
  if (model.propagates !== "none") {
    for (const place of model.propagates ?? (["any", "receiver"] as const)) {
      taints = joinTaints(taints, taintsAt(site, place));
    }
  }
  if (model.source && (model.sourceWhen ?? []).every((condition) => holds(site, condition)))
    taints = joinTaints(taints, [sourceTaint(frame, instruction.node, model.source)]);
  const result = converted(site, model, withTaints(returnedBy(site, model), taints));
  if (!model.sanitizes) return result;
  return cleansed(result, model.sanitizes === "all" ? ALL_KINDS : kindSet(model.sanitizes));
}

/** What the result may be, without its taint. */
function returnedBy(site: CallSite, model: CallModel): Abstract {
  const special = model.returnsWhen?.find(({ when }) => when.every((condition) => holds(site, condition)));
  const type = special?.type ?? model.returns;
  if (model.reads) return readUnder(site, model.reads);
  if (type === undefined) return UNKNOWN;
  if (type === "receiver") {
    return site.receiver === undefined ? UNKNOWN : { ...NOTHING, refs: site.valueOf(site.receiver).refs };
  }
  const object = refTo({ kind: "object", type });
  return model.returnsMany ? withField(object, "[*]", object) : object;
}

/** What the receiver holds under a key that is written. */
function readUnder(site: CallSite, place: WrittenArgument): Abstract {
  const [key] = argumentsAt(site.instruction.arguments, place);
  if (!key || site.receiver === undefined) return UNKNOWN;
  return withTaints(elementOf(site.valueOf(site.receiver), elementKey(site.valueOf(key.value))), []);
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
    const present = site.valueOf(value);
    const shown = shownTaints(present);
    for (const taint of taintsIn(present, sink)) {
      if (isSecret(taint) && !shown.some(({ origin }) => origin.key === taint.origin.key)) continue;
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
  if (typeof sink.argument === "object" && sink.argument.unpacked === "mapping") {
    return joinTaints(value.taints, allTaints(value.fields.get(KEYS) ?? NOTHING));
  }
  const isSequence = [...value.fields.keys()].some((key) => key.startsWith("["));
  if (sink.element !== undefined) {
    if (!isSequence) return value.taints;
    return allTaints(value.fields.get(`[${sink.element}]`) ?? NOTHING);
  }
  if (sink.form === "sequence") return isSequence ? allTaints(elementsOf(value)) : [];
  if (sink.form === "string" && isSequence) return [];
  return sink.exceptUnder ? taintsOutside(value, sink.exceptUnder) : allTaints(value);
}

/** Taint of the value and of everything inside it, except what stands under one of `keys`. */
function taintsOutside(value: Abstract, keys: readonly string[]): readonly Taint[] {
  let taints = value.taints;
  for (const [key, content] of value.fields) {
    if (!keys.includes(key.slice(1, -1))) taints = joinTaints(taints, taintsOutside(content, keys));
  }
  return taints;
}

/** What a call of `ref` reaches. */
function reached(site: CallSite, ref: Extract<Ref, { kind: "function" }>): Reached {
  const known = site.reached.get(ref);
  if (known) return known;
  const given = site.instruction.arguments.map((argument) => ({
    ...argument,
    value: site.valueOf(argument.value),
  }));
  const bound = bind(ref.body, given, ref.receiver);
  const found = { body: bodyReached(site.frame, ref.body, bound), bound };
  site.reached.set(ref, found);
  return found;
}

/** A function of the repository: its own interpretation, with the arguments put in for its parameters. */
function callFunction(site: CallSite, ref: Extract<Ref, { kind: "function" }>): Abstract {
  const { body, bound } = reached(site, ref);
  const { world } = site.frame;
  world.called(site.frame.body, { kind: "function", body });
  const result = instantiate(site, body, world.interpretation(body), bound);
  return result.refs.some((found) => says(world, found)) ? result : asAnnotated(world, body, result);
}

/** Is anything known of what the value refers to? */
function says({ catalogue }: World, ref: Ref): boolean {
  return ref.kind === "object" ? catalogue.knows(ref.type) : ref.kind !== "unknown";
}

/** Where nothing is known of what a function returns, its annotation is believed. */
function asAnnotated(world: World, { definition, module }: FunctionBody, result: Abstract): Abstract {
  if (definition.kind !== "function" || !definition.returns) return result;
  const { refs, fields } = annotatedIn(world, module, definition.returns);
  if (refs.every(({ kind }) => kind === "unknown")) return result;
  return { ...result, refs, fields: result.fields.size > 0 ? result.fields : fields };
}

/** `partial(f, a)(b)` is `f(a, b)`. */
function callPartial(
  site: CallSite,
  { callee, arguments: early }: Extract<Ref, { kind: "partial" }>,
): Abstract {
  const { frame, instruction } = site;
  const first = frame.values.length;
  frame.values.push(...early.map(({ value }) => value));
  const bound = early.map((argument, index) => ({ ...argument, value: first + index }));
  const written = { ...instruction, callee: -1, arguments: [...bound, ...instruction.arguments] };
  const whole: CallSite = { ...site, instruction: written, receiver: undefined, reached: new Map() };
  let result: Abstract = NOTHING;
  for (const ref of callee.refs) result = join(result, callRef(whole, ref));
  frame.values.length = first;
  return result;
}

function construct(site: CallSite, body: ClassBody): Abstract {
  const { world } = site.frame;
  let instance = refTo({ kind: "instance", body });
  const initializer = classMember(world, body, "__init__");
  if (!initializer) {
    // A library's base class makes the object: what it does with the arguments happens here.
    for (const { call } of libraryBases(world, body)) if (call) callModel(site, call);
    instance = withDeclaredFields(site, body, instance);
  }
  for (const ref of initializer?.refs ?? []) {
    if (ref.kind === "symbol") world.called(site.frame.body, ref);
    if (ref.kind !== "function") continue;
    const bound = { ...ref, receiver: refTo({ kind: "instance", body }) } as const;
    callFunction(site, bound);
    const own = reached(site, bound);
    for (const [key, content] of fieldsSet(site, own.body, own.bound)) {
      if (onlySetBy(world, body, key.slice(1), anyCall(own.body)))
        instance = withField(instance, key, content);
    }
  }
  return instance;
}
