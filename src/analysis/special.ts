// Syntax that stands for a call of a special method: `object[key]`, `object[key] = value`, `for`, `with`, `object()`.
import type { Value } from "../flow/instruction.js";
import type { CallModel } from "../models/model.js";
import type { SyntaxNode } from "../python/ast.js";
import type { CallSite } from "./call-site.js";
import { type Environment, readPath } from "./environment.js";
import type { Frame } from "./interpret.js";
import { elementKey, elementOf, elementsOf } from "./read.js";
import { type Abstract, join, joinTaints, NOTHING, refTo, withTaints } from "./value.js";

/** A call that nobody wrote: its arguments are values of the frame, all positional. */
export function impliedCall(
  frame: Frame,
  node: SyntaxNode,
  receiver: Value | undefined,
  given: readonly Value[],
  environment: Environment,
): CallSite {
  const written = given.map((value) => ({ form: "positional", value }) as const);
  return {
    frame,
    instruction: { op: "call", node, result: -1, callee: -1, arguments: written },
    receiver,
    valueOf: (value) => readPath(environment, frame.paths[value]) ?? frame.values[value]!,
  };
}

/** The models of a special method on what `object` may be. */
function specials(frame: Frame, object: Abstract, method: string): readonly CallModel[] {
  const { catalogue } = frame.world;
  return object.refs.flatMap((ref) => {
    if (ref.kind !== "object" && ref.kind !== "symbol") return [];
    const type = ref.kind === "object" ? ref.type : (catalogue.symbol(ref.name)?.member?.type ?? ref.name);
    return catalogue.member(type, method).model?.call ?? [];
  });
}

/** The joint result of a special method; undefined where no model has it. */
export function callSpecial(site: CallSite, object: Abstract, method: string): Abstract | undefined {
  let result: Abstract | undefined;
  for (const model of specials(site.frame, object, method)) {
    result = join(result ?? NOTHING, site.frame.callModel(site, model));
  }
  return result;
}

/** `object[index]` */
export function subscript(site: CallSite, object: Abstract, index: Value): Abstract {
  const content = elementOf(object, elementKey(site.frame.values[index]!));
  const given = callSpecial(site, object, "__getitem__") ?? ofElementType(site.frame, object);
  return given
    ? { ...withTaints(content, joinTaints(content.taints, given.taints)), refs: given.refs }
    : content;
}

/** What a loop takes from `object`, one after the other. */
export function iterated(site: CallSite, object: Abstract): Abstract {
  const content = elementsOf(object);
  let given = ofElementType(site.frame, object);
  for (const method of ["__iter__", "__next__", "__anext__"]) given ??= callSpecial(site, object, method);
  return given
    ? { ...withTaints(content, joinTaints(content.taints, given.taints)), refs: given.refs }
    : content;
}

function ofElementType({ world }: Frame, object: Abstract): Abstract | undefined {
  for (const ref of object.refs) {
    if (ref.kind !== "object") continue;
    const type = world.catalogue.inherited(ref.type, ({ elements }) => elements);
    if (type !== undefined) return refTo({ kind: "object", type });
  }
  return undefined;
}
