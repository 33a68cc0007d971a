// What a body does with its parameters: which arguments decide what it does.
import type { Instruction, Value } from "../../flow/instruction.js";
import type { FunctionBody } from "../body.js";
import type { World } from "../world.js";
import type { ParameterUse } from "./given.js";

/** By the name of the parameter. */
export function parameterUses(world: World, body: FunctionBody): ReadonlyMap<string, ParameterUse> {
  const { blocks, definitions } = world.cfg(body);
  const called = new Set<string>();
  const keyed = new Set<string>();
  const forwarded = new Set<string>();
  const opened = new Set<string>();
  const add = (names: Set<string>, value: Value) => {
    const name = nameRead(definitions[value]);
    if (name !== undefined) names.add(name);
  };
  for (const { instructions, terminator } of blocks) {
    if (terminator.kind === "return" && terminator.value !== undefined) add(opened, terminator.value);
    for (const instruction of instructions) {
      if (instruction.op === "element" || instruction.op === "setElement") add(keyed, instruction.index);
      if (instruction.op === "member" || instruction.op === "element") add(opened, instruction.object);
      if (instruction.op === "setMember") add(opened, instruction.value);
      if (instruction.op === "iterate") add(opened, instruction.iterable);
      if (instruction.op === "enter") add(opened, instruction.manager);
      if (instruction.op !== "call") continue;
      add(called, instruction.callee);
      if (nameRead(definitions[instruction.callee]) === "getattr" && instruction.arguments[1]) {
        add(keyed, instruction.arguments[1].value);
      }
      for (const { form, value } of instruction.arguments) {
        if (form === "star" || form === "doubleStar") add(forwarded, value);
      }
    }
  }
  return new Map(
    body.definition.parameters.map(({ name: { id } }) => [
      id,
      { called: called.has(id), keyed: keyed.has(id), opened: opened.has(id), forwarded: forwarded.has(id) },
    ]),
  );
}

function nameRead(definition: Instruction | undefined): string | undefined {
  return definition?.op === "read" ? definition.variable.name : undefined;
}
