// What the methods of a class write into the fields of `self`, as its other methods see it.
import type { ClassBody, FunctionBody } from "./body.js";
import { type Abstract, join, NOTHING } from "./value.js";
import type { World } from "./world.js";

const MAX_BASES = 16;

/** The join of what any method stores in `self.name`; undefined when none does. Data of a method's caller is left out. */
export function writtenField(world: World, owner: ClassBody, name: string, depth = 0): Abstract | undefined {
  let found: Abstract | undefined;
  for (const method of world.writersOf(owner, name)) {
    const self = method.definition.parameters[0]?.name.id;
    const written = self && world.environment(method).get(self)?.fields.get(`.${name}`);
    if (written) found = join(found ?? NOTHING, withoutCaller(written));
  }
  if (found || depth > MAX_BASES) return found;
  for (const base of world.factsOf(owner).bases) {
    for (const ref of base.refs) {
      const inherited = ref.kind === "class" ? writtenField(world, ref.body, name, depth + 1) : undefined;
      if (inherited) return inherited;
    }
  }
  return undefined;
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
