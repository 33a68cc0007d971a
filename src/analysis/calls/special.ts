// Syntax that stands for a call of a special method: `object[key]`, `object[key] = value`, `for`, `with`, `object()`.
import type { Value } from "../../flow/instruction.js";
import type { CallModel } from "../../models/model.js";
import type { Frame } from "../frame.js";
import { boundTo, classMember, elementKey, elementOf, elementsOf } from "../values/read.js";
import { type Abstract, join, joinTaints, NOTHING, refTo, withTaints } from "../values/value.js";
import type { CallSite } from "./call-site.js";

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
  for (const ref of object.refs) {
    if (ref.kind !== "instance") continue;
    for (const found of classMember(site.frame.world, ref.body, method)?.refs ?? []) {
      const bound = boundTo(found, { ...object, refs: [ref] });
      if (found.kind === "function") result = join(result ?? NOTHING, site.frame.callRef(site, bound));
    }
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
export function iterated(site: CallSite, object: Abstract, isAsync: boolean): Abstract {
  const own = object.refs.some(({ kind }) => kind === "instance")
    ? iteratedInstance(site, object, isAsync)
    : undefined;
  if (own) return own;
  const content = elementsOf(object);
  let given = ofElementType(site.frame, object);
  for (const method of ["__iter__", "__next__", "__anext__"]) given ??= callSpecial(site, object, method);
  return given
    ? { ...withTaints(content, joinTaints(content.taints, given.taints)), refs: given.refs }
    : content;
}

/** `__iter__` gives the iterator, whose `__next__` gives the elements; an iterator of the interpreter's has them. */
function iteratedInstance(site: CallSite, object: Abstract, isAsync: boolean): Abstract | undefined {
  const iterator = callSpecial(site, object, isAsync ? "__aiter__" : "__iter__");
  if (!iterator) return undefined;
  return callSpecial(site, iterator, isAsync ? "__anext__" : "__next__") ?? elementsOf(iterator);
}

function ofElementType({ world }: Frame, object: Abstract): Abstract | undefined {
  for (const ref of object.refs) {
    if (ref.kind !== "object") continue;
    const type = world.catalogue.inherited(ref.type, ({ elements }) => elements);
    if (type !== undefined) return refTo({ kind: "object", type });
  }
  return undefined;
}
