// Functions of the language whose result is a part of the program: `super`, `getattr`, `type`, `functools.partial`.
import { annotatedIn } from "../names/annotation.js";
import { handedOn } from "../values/contents.js";
import { memberOf } from "../values/read.js";
import {
  type Abstract,
  constantIn,
  join,
  joinTaints,
  NOTHING,
  type Ref,
  refTo,
  UNKNOWN,
  withTaints,
} from "../values/value.js";
import type { CallSite } from "./call-site.js";

/** @param modelled what the model of `symbol` says of the result */
export function reflected(site: CallSite, symbol: string, modelled: Abstract): Abstract {
  const value = reflect(site, symbol);
  return value ? withTaints(value, joinTaints(value.taints, modelled.taints)) : modelled;
}

function reflect(site: CallSite, symbol: string): Abstract | undefined {
  switch (symbol) {
    case "builtins.super":
      return superOf(site);
    case "builtins.type":
      return site.instruction.arguments.length === 1 ? classesOf(argument(site, 0)) : undefined;
    case "builtins.getattr":
      return attributeOf(site);
    case "functools.partial":
      return partialOf(site);
    case "typing.cast":
      return castOf(site);
    default:
      return handedOn(site, symbol);
  }
}

function argument(site: CallSite, position: number): Abstract {
  const given = site.instruction.arguments[position];
  return given?.form === "positional" ? site.valueOf(given.value) : NOTHING;
}

/** `super()`, and `super(Class, self)`. */
function superOf(site: CallSite): Abstract | undefined {
  const { frame } = site;
  const written = argument(site, 0).refs.find((ref) => ref.kind === "class");
  if (site.instruction.arguments.length > 1) {
    return written ? refTo({ kind: "super", after: written.body, receiver: argument(site, 1) }) : undefined;
  }
  let method = frame.body;
  while (method.kind === "function" && method.enclosing.kind === "function") method = method.enclosing;
  if (method.kind !== "function" || method.enclosing.kind !== "class") return undefined;
  const self = method.definition.parameters[0]?.name.id ?? "";
  const receiver = method === frame.body ? receiverOf(site) : frame.world.environment(method).get(self);
  return receiver && refTo({ kind: "super", after: method.enclosing, receiver });
}

function receiverOf({ frame: { cfg, values } }: CallSite): Abstract | undefined {
  const self = cfg.definitions.find((definition) => definition?.op === "parameter" && definition.index === 0);
  return self?.op === "parameter" ? values[self.result] : undefined;
}

function classesOf(object: Abstract): Abstract | undefined {
  const refs = object.refs.flatMap((ref): readonly Ref[] =>
    ref.kind === "instance" ? [{ kind: "class", body: ref.body }] : [],
  );
  return refs.length > 0 ? refTo(...refs) : undefined;
}

function attributeOf(site: CallSite): Abstract | undefined {
  const name = constantIn(argument(site, 1));
  if (typeof name !== "string") return undefined;
  const member = memberOf(site.frame, { name, node: site.instruction.node }, argument(site, 0));
  return join(member, argument(site, 2));
}

/** `cast(Type, value)` */
function castOf({ frame, instruction: { node } }: CallSite): Abstract | undefined {
  const type = node.kind === "call" ? node.arguments[0]?.value : undefined;
  const value = type && annotatedIn(frame.world, frame.body.module, type);
  return value === UNKNOWN ? undefined : value;
}

function partialOf(site: CallSite): Abstract | undefined {
  const [, ...early] = site.instruction.arguments;
  const callee = argument(site, 0);
  if (callee.refs.length === 0) return undefined;
  const given = early.map((each) => ({ ...each, value: site.valueOf(each.value) }));
  return refTo({ kind: "partial", callee: { ...NOTHING, refs: callee.refs }, arguments: given });
}
