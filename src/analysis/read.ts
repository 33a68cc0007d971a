// Reading out of values: members, elements, and what a class or module holds under a name.
import type { Instruction } from "../flow/instruction.js";
import { ALL_KINDS, type KindSet, kindSet, NO_KINDS } from "../models/kinds.js";
import { type ClassBody, isStatic } from "./body.js";
import { writtenField } from "./fields.js";
import type { Frame } from "./interpret.js";
import { moduleMember } from "./module-member.js";
import { sourceTaint } from "./source.js";
import {
  type Abstract,
  allTaints,
  cleansed,
  constantIn,
  join,
  joinTaints,
  NOTHING,
  type Ref,
  refTo,
  UNKNOWN,
  withTaints,
} from "./value.js";
import type { World } from "./world.js";

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

/** What `object.name` gives; a source of untrusted data where a model says so. */
export function memberOf(
  frame: Frame,
  instruction: Extract<Instruction, { op: "member" }>,
  object: Abstract,
): Abstract {
  const { name } = instruction;
  const own = object.fields.get(`.${name}`);
  if (own) return own;
  let result: Abstract = NOTHING;
  for (const ref of object.refs) result = join(result, memberOfRef(frame, instruction, ref, object));
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

function memberOfRef(
  frame: Frame,
  instruction: Extract<Instruction, { op: "member" }>,
  ref: Ref,
  object: Abstract,
): Abstract {
  const { name } = instruction;
  switch (ref.kind) {
    case "symbol": {
      const type = frame.world.catalogue.symbol(ref.name)?.member?.type;
      return type
        ? typeMember(frame, instruction, type)
        : symbolMember(frame, instruction, `${ref.name}.${name}`);
    }
    case "object":
      return typeMember(frame, instruction, ref.type);
    case "constant":
      return typeof ref.value === "string"
        ? refTo({ kind: "symbol", name: `builtins.str.${name}` })
        : UNKNOWN;
    case "module":
      return moduleMember(frame.world, ref.module, name) ?? UNKNOWN;
    case "class":
      return classMember(frame.world, ref.body, name) ?? UNKNOWN;
    case "instance":
      return instanceMember(frame, instruction, ref.body, object);
    case "function":
    case "unknown":
      return UNKNOWN;
  }
}

/** A member of `self`: of its class, of a library's class above it, or written by one of its methods. */
function instanceMember(
  frame: Frame,
  instruction: Extract<Instruction, { op: "member" }>,
  body: ClassBody,
  object: Abstract,
): Abstract {
  const { world } = frame;
  const member = classMember(world, body, instruction.name);
  if (!member) return writtenField(world, body, instruction.name) ?? UNKNOWN;
  let result: Abstract = { ...member, refs: [] };
  for (const ref of member.refs) {
    result = join(
      result,
      ref.kind === "symbol" ? symbolMember(frame, instruction, ref.name) : refTo(boundTo(ref, object)),
    );
  }
  return result;
}

function typeMember(
  frame: Frame,
  instruction: Extract<Instruction, { op: "member" }>,
  type: string,
): Abstract {
  const { catalogue } = frame.world;
  const member = catalogue.member(type, instruction.name);
  const other = member.model ? undefined : catalogue.inherited(type, ({ otherMembers }) => otherMembers);
  if (other !== undefined) return refTo({ kind: "object", type: other });
  return symbolMember(frame, instruction, member.name);
}

function symbolMember(
  frame: Frame,
  instruction: Extract<Instruction, { op: "member" }>,
  name: string,
): Abstract {
  const member = frame.world.catalogue.symbol(name)?.member;
  const value = refTo(member?.type ? { kind: "object", type: member.type } : { kind: "symbol", name });
  return member?.source ? withTaints(value, [sourceTaint(frame, instruction.node, member.source)]) : value;
}

/** A function found on an instance takes it as its first argument. */
function boundTo(ref: Ref, receiver: Abstract): Ref {
  return ref.kind === "function" && !isStatic(ref.body.definition) ? { ...ref, receiver } : ref;
}

const MAX_BASES = 16;

/** What `name` is in the class or, failing that, its bases in order; undefined when none binds it. */
export function classMember(world: World, body: ClassBody, name: string, depth = 0): Abstract | undefined {
  const own = world.environment(body).get(name);
  if (own || depth > MAX_BASES) return own;
  for (const base of world.factsOf(body).bases) {
    for (const ref of base.refs) {
      if (ref.kind === "class") {
        const inherited = classMember(world, ref.body, name, depth + 1);
        if (inherited) return inherited;
      } else if (ref.kind === "symbol" || ref.kind === "object") {
        const known = world.catalogue.member(ref.kind === "symbol" ? ref.name : ref.type, name);
        if (known.model) return refTo({ kind: "symbol", name: known.name });
      }
    }
  }
  return undefined;
}

/** Does anything untrusted sit in `value`? */
export function isTainted(value: Abstract): boolean {
  return allTaints(value).length > 0;
}
