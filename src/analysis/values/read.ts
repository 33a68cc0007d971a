// Reading out of values: members, elements, and what a class or module holds under a name.
import type { Instruction } from "../../flow/instruction.js";
import { ALL_KINDS, type KindSet, kindSet, NO_KINDS } from "../../models/kinds.js";
import {
  type ClassBody,
  hasDecorator,
  isClassMethod,
  isStatic,
  type ModuleBody,
  moduleBodyOf,
  PROPERTIES,
} from "../body.js";
import { impliedCall } from "../calls/implied-call.js";
import { ownMember } from "../calls/own-model.js";
import type { Frame } from "../frame.js";
import { annotatedIn } from "../names/annotation.js";
import { folderMember } from "../names/imported-module.js";
import { moduleMember } from "../names/module-member.js";
import type { ClassInOrder } from "../names/mro.js";
import type { World } from "../world.js";
import { writtenField } from "./fields.js";
import { sourceTaint } from "./source.js";
import {
  type Abstract,
  allTaints,
  cleansed,
  constantIn,
  isSecret,
  join,
  joinTaints,
  NOTHING,
  type Ref,
  refTo,
  UNKNOWN,
  withTaints,
} from "./value.js";

/** `node` reads member `name`. */
export type MemberRead = Pick<Extract<Instruction, { op: "member" }>, "name" | "node">;

/** The field that a subscript reads: "[key]" for a constant, else "[*]". */
export function elementKey(index: Abstract): string {
  const key = constantIn(index);
  return typeof key === "string" || typeof key === "number" ? `[${key}]` : "[*]";
}

/** The field of a mapping that holds what its keys were computed from. */
export const KEYS = "{keys}";

/** What `object[…]` gives under `key`, as `elementKey` makes it. */
export function elementOf(object: Abstract, key: string): Abstract {
  if (key === "[*]") return elementsOf(object);
  const exact = object.fields.get(key);
  const any = object.fields.get("[*]");
  if (!exact && !any) return { ...UNKNOWN, taints: object.taints };
  const content = exact && any ? join(exact, any) : (exact ?? any)!;
  return withTaints(content, joinTaints(content.taints, object.taints));
}

/** What iterating over `object` may give. */
export function elementsOf(object: Abstract): Abstract {
  let content: Abstract = NOTHING;
  for (const [key, value] of object.fields) if (key.startsWith("[")) content = join(content, value);
  if (content === NOTHING) return { ...UNKNOWN, taints: object.taints };
  return withTaints(content, joinTaints(content.taints, object.taints));
}

/**
 * What `object.name` gives; a source of untrusted data where a model says so.
 * @param receiver the object as a method found there takes it
 */
export function memberOf(
  frame: Frame,
  instruction: MemberRead,
  object: Abstract,
  receiver: Abstract = object,
): Abstract {
  const { name } = instruction;
  const own = object.fields.get(`.${name}`);
  if (own) return own;
  let result: Abstract = NOTHING;
  for (const ref of object.refs) result = join(result, memberOfRef(frame, instruction, ref, receiver));
  if (result.refs.length === 0) result = { ...result, refs: UNKNOWN.refs };
  const taints = joinTaints(result.taints, object.taints);
  return leavesBehind(frame, object, name, withTaints(result, taints));
}

/** The member of a library's type that has nothing harmful of it: `path.name` has no directories. */
function leavesBehind(frame: Frame, object: Abstract, name: string, value: Abstract): Abstract {
  if (value.taints.length === 0 || object.refs.length === 0) return value;
  let kinds: KindSet = ALL_KINDS;
  for (const ref of object.refs) {
    if (ref.kind !== "object") return value;
    const sanitizes = frame.world.catalogue.member(ref.type, name).model?.member?.sanitizes;
    kinds &= sanitizes === undefined ? NO_KINDS : sanitizes === "all" ? ALL_KINDS : kindSet(sanitizes);
  }
  return cleansed(value, kinds);
}

function memberOfRef(frame: Frame, instruction: MemberRead, ref: Ref, object: Abstract): Abstract {
  const { name } = instruction;
  switch (ref.kind) {
    case "symbol": {
      const type = frame.world.catalogue.symbol(ref.name)?.member?.type;
      if (type) return typeMember(frame, instruction, type);
      const module = folderMember(frame.world, moduleBodyOf(frame.body), ref.name, name);
      return module ?? symbolMember(frame, instruction, `${ref.name}.${name}`);
    }
    case "object":
      return boundToObject(typeMember(frame, instruction, ref.type), object);
    case "constant":
      return typeof ref.value === "string"
        ? refTo({ kind: "symbol", name: `builtins.str.${name}` })
        : UNKNOWN;
    case "module":
      return moduleMemberRead(frame, instruction, ref.module);
    case "class":
      return memberOfClass(frame, ref, name);
    case "super":
      return superMember(frame, instruction, ref);
    case "partial":
      return name === "func" ? ref.callee : UNKNOWN;
    case "instance":
      return instanceMember(frame, instruction, ref.body, object);
    case "function":
    case "unknown":
      return UNKNOWN;
  }
}

/** `tokens = re.compile("…").findall`: the method is that of an object of which something is known. */
function boundToObject(member: Abstract, object: Abstract): Abstract {
  if (object.fields.size === 0) return member;
  const refs = member.refs.map((ref): Ref => (ref.kind === "symbol" ? { ...ref, receiver: object } : ref));
  return { ...member, refs };
}

/** `settings.TOKEN`: where the users model it, reading it is what they say. */
function moduleMemberRead(frame: Frame, instruction: MemberRead, module: ModuleBody): Abstract {
  const own = ownMember(frame.world, module, instruction.name)?.refs[0];
  if (own?.kind === "symbol") return symbolMember(frame, instruction, own.name);
  return moduleMember(frame.world, module, instruction.name) ?? UNKNOWN;
}

/** A member of `self`: of its class, of a library's class above it, or written by one of its methods. */
function instanceMember(frame: Frame, instruction: MemberRead, body: ClassBody, object: Abstract): Abstract {
  const { world } = frame;
  if (instruction.name === "__class__") return refTo({ kind: "class", body });
  const receiver = { ...object, refs: [{ kind: "instance", body } as const] };
  const member = ownMember(world, body, instruction.name) ?? classMember(world, body, instruction.name);
  if (member) {
    // `name = None` in the class is where it begins.
    const beside = isPlainData(member) ? writtenField(world, body, instruction.name) : undefined;
    return join(boundMember(frame, instruction, member, receiver), beside ?? NOTHING);
  }
  const written = writtenField(world, body, instruction.name);
  if (written?.refs.some(({ kind, ...ref }) => kind !== "unknown" && !("value" in ref && ref.value === null)))
    return written;
  const declared = declaredField(world, body, instruction.name);
  return join(written ?? NOTHING, declared ?? (written ? NOTHING : UNKNOWN));
}

/** Is it text, a number, a container or nothing known, so that no method hides behind it? */
export function isPlainData({ refs }: Abstract): boolean {
  return refs.every(
    (ref) =>
      ref.kind === "unknown" ||
      ref.kind === "constant" ||
      (ref.kind === "object" && /^builtins\.(str|bytes|list|tuple|dict|set)$/.test(ref.type)),
  );
}

/** The type with which a class body declares a field: `db: Connection`. */
function declaredField(world: World, owner: ClassBody, name: string): Abstract | undefined {
  for (const { body } of world.mro(owner)) {
    const nodes = body?.module.scopes.scopeOf(body.definition).bindings.get(name) ?? [];
    for (const { node } of nodes) {
      if (body && node.kind === "assign" && node.annotation)
        return annotatedIn(world, body.module, node.annotation);
    }
  }
  return undefined;
}

/** A member of a class as its object `receiver` shows it: methods bound, properties read. */
function boundMember(frame: Frame, instruction: MemberRead, member: Abstract, receiver: Abstract): Abstract {
  let result: Abstract = { ...member, refs: [] };
  for (const ref of member.refs) {
    if (ref.kind === "symbol")
      result = join(result, ref.receiver ? refTo(ref) : symbolMember(frame, instruction, ref.name));
    else if (isProperty(ref)) result = join(result, readProperty(frame, instruction, boundTo(ref, receiver)));
    else result = join(result, refTo(boundTo(ref, receiver)));
  }
  return result;
}

function isProperty(ref: Ref): boolean {
  return ref.kind === "function" && PROPERTIES.some((name) => hasDecorator(definitionOf(ref), name));
}

/** Reading `object.name` calls the function behind it. */
function readProperty(frame: Frame, instruction: MemberRead, getter: Ref): Abstract {
  return frame.callRef(impliedCall(frame, instruction.node, undefined, [], new Map()), getter);
}

/** A member of a class itself: a class method takes the class. */
function memberOfClass(frame: Frame, ref: Extract<Ref, { kind: "class" }>, name: string): Abstract {
  const member = classMember(frame.world, ref.body, name);
  if (!member) return UNKNOWN;
  const refs = member.refs.map(
    (found): Ref =>
      found.kind === "function" && isClassMethod(definitionOf(found))
        ? { ...found, receiver: refTo(ref) }
        : found,
  );
  return { ...member, refs };
}

/** `super().name`: the next class behind the one that asks, in the order of the object's own class. */
function superMember(
  frame: Frame,
  instruction: MemberRead,
  { after, receiver }: Extract<Ref, { kind: "super" }>,
): Abstract {
  let result: Abstract = NOTHING;
  for (const ref of receiver.refs) {
    if (ref.kind !== "instance" && ref.kind !== "class") continue;
    const order = frame.world.mro(ref.body);
    const behind = order.slice(order.findIndex(({ body }) => body === after) + 1);
    const member = memberAmong(frame.world, behind, instruction.name);
    if (member) result = join(result, boundMember(frame, instruction, member, { ...receiver, refs: [ref] }));
  }
  return result === NOTHING ? UNKNOWN : result;
}

function typeMember(frame: Frame, instruction: MemberRead, type: string): Abstract {
  const { catalogue } = frame.world;
  const member = catalogue.member(type, instruction.name);
  const other = member.model ? undefined : catalogue.inherited(type, ({ otherMembers }) => otherMembers);
  if (other !== undefined) {
    const value = refTo({ kind: "object", type: other });
    const source = catalogue.symbol(other)?.member?.source;
    return source ? withTaints(value, [sourceTaint(frame, instruction.node, source)]) : value;
  }
  return symbolMember(frame, instruction, member.name);
}

function symbolMember(frame: Frame, instruction: MemberRead, name: string): Abstract {
  const member = frame.world.catalogue.symbol(name)?.member;
  const value = refTo(member?.type ? { kind: "object", type: member.type } : { kind: "symbol", name });
  return member?.source ? withTaints(value, [sourceTaint(frame, instruction.node, member.source)]) : value;
}

/** A function found on an instance takes it, or its class, as its first argument. */
export function boundTo(ref: Ref, receiver: Abstract): Ref {
  if (ref.kind !== "function" || isStatic(definitionOf(ref))) return ref;
  if (!isClassMethod(definitionOf(ref))) return { ...ref, receiver };
  const refs = receiver.refs.map(
    (own): Ref => (own.kind === "instance" ? { kind: "class", body: own.body } : own),
  );
  return { ...ref, receiver: { ...NOTHING, refs } };
}

/** What the class body wrote, before decorators. */
function definitionOf({ body, wraps }: Extract<Ref, { kind: "function" }>) {
  return (wraps ?? body).definition;
}

/** What `name` is in the class or, failing that, in those above it; undefined when none binds it. */
export function classMember(world: World, body: ClassBody, name: string): Abstract | undefined {
  return memberAmong(world, world.mro(body), name);
}

/** The first of `classes` that binds `name`, and what it binds. */
function memberAmong(world: World, classes: readonly ClassInOrder[], name: string): Abstract | undefined {
  for (const { body, library } of classes) {
    if (body) {
      const own = world.environment(body).get(name);
      if (own) return own;
      continue;
    }
    const known = world.catalogue.member(library, name);
    if (known.model) return refTo({ kind: "symbol", name: known.name });
  }
  return undefined;
}

/** Does anything untrusted sit in `value`? */
export function isTainted(value: Abstract): boolean {
  return allTaints(value).some((taint) => !isSecret(taint));
}
