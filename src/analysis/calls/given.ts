// What a call passes that decides what the callee does: functions, classes, objects of the repository and of libraries,
// keys. With these the callee is interpreted again, so that callbacks, decorators and methods of arguments are seen from
// inside.
//
//   def each(rows, visit):          each(rows, save) interprets `each` with visit = save: it calls save
//       for row in rows:
//           visit(row)
import type { Parameter } from "../../python/ast.js";
import { depthGiven, type FunctionBody, hasReceiver } from "../body.js";
import type { Frame } from "../frame.js";
import { overrides } from "../names/overrides.js";
import { type Abstract, NOTHING, type Ref, refTo } from "../values/value.js";

export interface Given {
  readonly of: FunctionBody;
  /** By parameter (0-based): what it is and holds, without taint. */
  readonly values: ReadonlyMap<number, Abstract>;
  /** One more than that of the deepest function among them. */
  readonly depth: number;
}

/** What a body does with a parameter, as far as that decides which arguments matter. */
export interface ParameterUse {
  /** `parameter(…)` */
  readonly called: boolean;
  /** `object[parameter]`, `getattr(object, parameter)` */
  readonly keyed: boolean;
  /** Something is read from it, it is iterated over, entered, kept or returned: its class decides what happens. */
  readonly opened: boolean;
  /** `f(*parameter)`, `f(**parameter)` */
  readonly forwarded: boolean;
}

interface Kept {
  readonly value: Abstract;
  readonly key: string;
  readonly depth: number;
}

/** Functions made by functions made by functions: a stack of decorators is as deep. */
const MAX_DEPTH = 5;
const MAX_LEVEL = 3;

/**
 * The body that a call of `body` reaches: itself as any caller reaches it, or as it is with these arguments.
 * @param bound by parameter
 */
export function bodyReached(
  frame: Frame,
  body: FunctionBody,
  bound: ReadonlyMap<number, Abstract>,
): FunctionBody {
  if (bound.size === 0) return body;
  const uses = frame.world.parameterUses(body);
  const values = new Map<number, Abstract>();
  let key = "";
  let depth = depthGiven(body);
  for (const [index, argument] of bound) {
    const parameter = body.definition.parameters[index]!;
    const kept =
      index === 0 && hasReceiver(body)
        ? receiverKept(frame, body, argument)
        : argumentKept(frame, parameter, uses.get(parameter.name.id), argument);
    if (!kept) continue;
    values.set(index, kept.value);
    key += `${index}:${kept.key};`;
    depth = Math.max(depth, kept.depth);
  }
  if (values.size === 0) return body;
  const reached =
    depth < MAX_DEPTH ? frame.world.bodyGiven(body, key, { of: body, values, depth: depth + 1 }) : undefined;
  if (!reached) frame.cut.add("calls");
  return reached ?? body;
}

function argumentKept(
  frame: Frame,
  parameter: Parameter,
  use: ParameterUse | undefined,
  argument: Abstract,
): Kept | undefined {
  if (!use) return undefined;
  const isPacked = parameter.form === "star" || parameter.form === "doubleStar";
  // An annotation says what the object is.
  const opened = use.opened && parameter.annotation === undefined;
  const elements = isPacked && use.forwarded;
  return kept({ frame, use: { ...use, opened }, elements, fields: "callable", level: 0 }, argument);
}

/** An object of a subclass that overrides something, or one of whose fields something is known. */
function receiverKept(frame: Frame, body: FunctionBody, receiver: Abstract): Kept | undefined {
  const owner = body.enclosing;
  const refs = receiver.refs.filter((ref) => ref.kind === "instance" || ref.kind === "class");
  if (owner.kind !== "class" || refs.length === 0) return undefined;
  const members = frame.world.membersUsed(body);
  const used = [...receiver.fields].filter(([key]) => members.has(key.slice(1)));
  const inside = fieldsKept(asReceiver(frame, 0), { ...receiver, fields: new Map(used) });
  const differs = refs.some(({ body: type }) => overrides(frame.world, type, owner, members));
  if (!differs && inside.key === "") return undefined;
  const names = refs.map((ref) => `${ref.kind}${ref.body.id}`).join();
  return {
    value: { ...refTo(...refs), fields: inside.fields },
    key: names + inside.key,
    depth: inside.depth,
  };
}

/** What of a value to keep. */
interface Look {
  readonly frame: Frame;
  readonly use: ParameterUse;
  /** Its elements count even where nothing is known of them: they are handed on. */
  readonly elements: boolean;
  /** Of objects of the repository: all of which something is known, or only functions and classes. */
  readonly fields: "all" | "callable";
  readonly level: number;
}

const OBJECT: ParameterUse = { called: false, keyed: false, opened: true, forwarded: false };

function asReceiver(frame: Frame, level: number): Look {
  return { frame, use: OBJECT, elements: false, fields: "all", level };
}

function kept(look: Look, value: Abstract): Kept | undefined {
  if (value.refs.length === 0 && value.fields.size === 0) return undefined;
  const refs: Ref[] = [];
  let key = "";
  let depth = 0;
  for (const ref of value.refs) {
    const own = refKept(look, ref);
    if (own) {
      key += own.key;
      depth = Math.max(depth, own.depth);
    }
    if (own || ref.kind === "object") refs.push(own?.ref ?? ref);
  }
  const inside = fieldsKept(look, value);
  if (key === "" && inside.key === "") return undefined;
  return {
    value: { ...NOTHING, refs, fields: inside.fields },
    key: key + inside.key,
    depth: Math.max(depth, inside.depth),
  };
}

function fieldsKept(look: Look, value: Abstract) {
  const fields = new Map<string, Abstract>();
  let key = "";
  let depth = 0;
  if (look.level >= MAX_LEVEL) return { fields, key, depth };
  const isObject = value.refs.some(({ kind }) => kind === "instance");
  const onlyCallable = isObject && look.fields === "callable";
  for (const [name, content] of value.fields) {
    if (onlyCallable && !content.refs.some(({ kind }) => CALLABLE.has(kind))) continue;
    const inner = kept({ ...look, elements: false, level: look.level + 1 }, content);
    if (!inner && !look.elements && !(isObject && content.taints.length > 0)) continue;
    fields.set(name, inner?.value ?? NOTHING);
    key += `${name}{${inner?.key ?? ""}}`;
    depth = Math.max(depth, inner?.depth ?? 0);
  }
  return { fields, key, depth };
}

const CALLABLE: ReadonlySet<Ref["kind"]> = new Set(["function", "class", "partial"]);

interface KeptRef {
  readonly ref: Ref;
  readonly key: string;
  readonly depth: number;
}

function refKept({ frame, use, level }: Look, ref: Ref): KeptRef | undefined {
  switch (ref.kind) {
    case "function":
      return functionKept(asReceiver(frame, level + 1), ref);
    case "partial":
      return partialKept(asReceiver(frame, level + 1), ref);
    case "instance":
      if (!use.opened && !use.called) return undefined;
      return { ref, key: `${ref.kind}${ref.body.id}`, depth: depthGiven(ref.body) };
    case "class":
      return { ref, key: `${ref.kind}${ref.body.id}`, depth: depthGiven(ref.body) };
    case "symbol":
      return use.called || isOfUse(frame, use, ref.name)
        ? { ref: { kind: "symbol", name: ref.name }, key: `symbol ${ref.name}`, depth: 0 }
        : undefined;
    case "constant":
      return use.keyed ? { ref, key: JSON.stringify(ref.value), depth: 0 } : undefined;
    case "object":
      return use.opened && isOfLibrary(frame, ref.type)
        ? { ref, key: `object ${ref.type}`, depth: 0 }
        : undefined;
    case "super":
    case "module":
    case "unknown":
      return undefined;
  }
}

/** A function of a library, or an object that one has: `flask.request`. */
function isOfUse(frame: Frame, use: ParameterUse, symbol: string): boolean {
  const model = frame.world.catalogue.symbol(symbol);
  return model?.call !== undefined || (use.opened && model?.member?.type !== undefined);
}

/** An object of which models know what reading it gives: a request, a connection. */
function isOfLibrary(frame: Frame, type: string): boolean {
  return !type.startsWith("builtins.") && frame.world.catalogue.knows(type);
}

function functionKept(look: Look, ref: Extract<Ref, { kind: "function" }>): KeptRef {
  const depth = depthGiven(ref.body);
  if (!ref.receiver) return { ref, key: `function${ref.body.id}`, depth };
  const receiver = kept(look, ref.receiver);
  return {
    ref: { ...ref, receiver: receiver?.value ?? { ...NOTHING, refs: ref.receiver.refs } },
    key: `function${ref.body.id}(${receiver?.key ?? ""})`,
    depth: Math.max(depth, receiver?.depth ?? 0),
  };
}

function partialKept(look: Look, ref: Extract<Ref, { kind: "partial" }>): KeptRef {
  const callee = kept(look, ref.callee);
  const given = ref.arguments.map(({ value }) => kept(look, value));
  const all = [callee, ...given];
  return {
    ref: {
      kind: "partial",
      callee: callee?.value ?? NOTHING,
      arguments: ref.arguments.map((argument, index) => ({
        ...argument,
        value: given[index]?.value ?? NOTHING,
      })),
    },
    key: `partial(${all.map((part) => part?.key ?? "").join()})`,
    depth: all.reduce((most, part) => Math.max(most, part?.depth ?? 0), 0),
  };
}
