// What the methods of a class write into the fields of `self`, as its other methods see it.
import type { ClassBody, FunctionBody } from "../body.js";
import type { World } from "../world.js";
import { type Abstract, join, NOTHING } from "./value.js";

/** The join of what any method stores in `self.name`; undefined when none does. Data of a method's caller is left out. */
export function writtenField(world: World, owner: ClassBody, name: string): Abstract | undefined {
  for (const { body } of world.mro(owner)) {
    let found: Abstract | undefined;
    for (const method of body ? world.writersOf(body, name) : []) {
      const self = method.definition.parameters[0]?.name.id;
      const written = self && world.environment(method).get(self)?.fields.get(`.${name}`);
      if (written) found = join(found ?? NOTHING, withoutCaller(written));
    }
    if (found) return found;
  }
  return undefined;
}

/** Does no method but `writer`, or a constructor that it may call, assign to `self.name`? */
export function onlySetBy(world: World, owner: ClassBody, name: string, writer: FunctionBody): boolean {
  const isConstructor = ({ definition }: FunctionBody) =>
    definition.kind === "function" && definition.name.id === "__init__";
  return world
    .mro(owner)
    .every(
      ({ body }) =>
        !body || world.writersOf(body, name).every((method) => method === writer || isConstructor(method)),
    );
}

/** Taint that stands for a parameter means nothing in another body. */
export function withoutCaller(value: Abstract): Abstract {
  if (value.taints.length === 0 && value.fields.size === 0) return value;
  const taints = value.taints.filter(({ origin }) => origin.kind === "source");
  const fields = new Map([...value.fields].map(([key, content]) => [key, withoutCaller(content)]));
  return { ...value, taints, fields };
}

/** The methods of `owner` that assign to fields of their first parameter, by the name of the field. */
export function fieldWriters(world: World, owner: ClassBody): ReadonlyMap<string, readonly FunctionBody[]> {
  const writers = new Map<string, FunctionBody[]>();
  for (const statement of owner.definition.body) {
    if (statement.kind !== "function") continue;
    const method = world.bodyOf(statement, owner);
    for (const name of fieldsWrittenBy(world, method)) {
      writers.set(name, [...(writers.get(name) ?? []), method]);
    }
  }
  return writers;
}

function fieldsWrittenBy(world: World, method: FunctionBody): ReadonlySet<string> {
  const names = new Set<string>();
  const self = method.definition.parameters[0]?.name.id;
  const { blocks, definitions } = world.cfg(method);
  for (const { instructions } of blocks) {
    for (const instruction of instructions) {
      if (instruction.op !== "setMember") continue;
      const object = definitions[instruction.object];
      if (object?.op === "read" && object.variable.name === self) names.add(instruction.name);
    }
  }
  return names;
}
