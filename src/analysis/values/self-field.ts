// Fields of `self` that hold what somebody outside the class gave it: what a constructor keeps, what nobody here writes.
//
//   def __init__(self, name): self.name = name
//   def drop(self): run(f"DROP {self.name}")        `self.name` is as untrusted as the argument of the constructor
import type { Instruction } from "../../flow/instruction.js";
import { ALL_KINDS, NO_KINDS } from "../../models/kinds.js";
import { type ClassBody, classOf, hasDecorator, isStatic } from "../body.js";
import type { Frame } from "../frame.js";
import { isNoText } from "../names/annotation.js";
import type { World } from "../world.js";
import type { Path } from "./environment.js";
import { classMember, isPlainData } from "./read.js";
import {
  type Abstract,
  allTaints,
  beginningTaint,
  joinTaints,
  type Origin,
  type Taint,
  withTaints,
} from "./value.js";

/** `value`, read at `self.name`, with the taint that stands for what the object was given; only of plain data. */
export function fieldOfSelf(
  frame: Frame,
  { name, node }: Extract<Instruction, { op: "member" }>,
  object: Path | undefined,
  value: Abstract,
): Abstract {
  const owner = selfClass(frame, object);
  if (!owner || !isPlainData(value)) return value;
  const kept = keptTaint(frame.world, owner, name);
  if (kept) return withTaints(value, joinTaints(value.taints, [kept]));
  if (value.taints.length > 0 || !value.refs.every(({ kind }) => kind === "unknown")) return value;
  if (isKnown(frame.world, owner, name)) return value;
  const place = { syntax: frame.body.module.syntax, node };
  return withTaints(value, [
    beginningTaint(fieldOrigin(name), place, `\`self.${name}\` is set by other code`),
  ]);
}

/** The class of which `object` is the receiver in the body under interpretation. */
function selfClass({ body }: Frame, object: Path | undefined): ClassBody | undefined {
  const owner = classOf(body);
  if (!owner || !object || object.keys.length > 0 || body.kind !== "function") return undefined;
  if (isStatic(body.definition) || hasDecorator(body.definition, "classmethod")) return undefined;
  return body.definition.parameters[0]?.name.id === object.variable ? owner : undefined;
}

const MAX_BASES = 16;

function isKnown(world: World, owner: ClassBody, name: string): boolean {
  return classMember(world, owner, name) !== undefined || writersIn(world, owner, name, 0).length > 0;
}

function writersIn(
  world: World,
  owner: ClassBody,
  name: string,
  depth: number,
): ReturnType<World["writersOf"]> {
  const own = world.writersOf(owner, name);
  if (own.length > 0 || depth > MAX_BASES) return own;
  return world
    .factsOf(owner)
    .bases.flatMap(({ refs }) =>
      refs.flatMap((ref) => (ref.kind === "class" ? writersIn(world, ref.body, name, depth + 1) : [])),
    );
}

/** The parameter that a method stores in `self.name`, as the other methods see it. */
function keptTaint(world: World, owner: ClassBody, name: string): Taint | undefined {
  let kept: Taint | undefined;
  for (const method of writersIn(world, owner, name, 0)) {
    const self = method.definition.parameters[0]?.name.id;
    const written = self && world.environment(method).get(self)?.fields.get(`.${name}`);
    if (!written) continue;
    for (const taint of allTaints(written)) {
      if (taint.origin.kind !== "parameter" || taint.origin.path.length > 0 || taint.origin.of) continue;
      const parameter = method.definition.parameters[taint.origin.index];
      if (!parameter || isNoText({ world, body: method }, parameter)) continue;
      const clean = (kept?.clean ?? ALL_KINDS) & taint.clean;
      const uncertain = (kept?.uncertain ?? true) && taint.uncertain;
      const first = kept ?? { origin: fieldOrigin(name), normal: NO_KINDS, trail: taint.trail };
      kept = { ...first, clean, uncertain };
    }
  }
  return kept;
}

function fieldOrigin(name: string): Origin {
  return { kind: "parameter", index: 0, path: [`.${name}`], key: `parameter 0 .${name}` };
}
