// What `import` binds: modules of the repository, symbols of libraries.
import type { Instruction } from "../../flow/instruction.js";
import { exportsName } from "../../python/exports.js";
import { moduleBodyOf } from "../body.js";
import type { Frame } from "../frame.js";
import type { Environment } from "../values/environment.js";
import { type Abstract, join, NOTHING } from "../values/value.js";
import { importedModule } from "./imported-module.js";
import { importedMember, moduleMember, STAR } from "./module-member.js";

type ImportInstruction = Extract<Instruction, { op: "import" }>;

/** A module, or a member of one. What the repository does not hold is a symbol of a library. */
export function importedValue({ world, body }: Frame, { module, member, node }: ImportInstruction): Abstract {
  const from = moduleBodyOf(body);
  if (member !== undefined) return importedMember(world, from, module, member);
  // `import a.b` binds "a"; `import a.b as c` binds the inner one.
  const bound = node.kind === "importedName" && node.alias ? module : module.split(".")[0]!;
  return importedModule(world, from, bound);
}

/** `from m import *`: the names that a module gives; of a library, the library itself under STAR. */
export function importAll(
  { world, body }: Frame,
  { module }: ImportInstruction,
  environment: Environment,
): Environment {
  const holder = importedModule(world, moduleBodyOf(body), module);
  const changed = new Map(environment);
  for (const ref of holder.refs) {
    if (ref.kind === "symbol") changed.set(STAR, join(changed.get(STAR) ?? NOTHING, holder));
    if (ref.kind !== "module") continue;
    const source = world.environment(ref.module);
    const star = source.get(STAR);
    if (star) changed.set(STAR, join(changed.get(STAR) ?? NOTHING, star));
    const names = new Set([...source.keys(), ...ref.module.module.scopes.module.bindings.keys()]);
    for (const name of names) {
      if (name === STAR || !exportsName(ref.module.module, name)) continue;
      const value = moduleMember(world, ref.module, name);
      if (value) changed.set(name, value);
    }
  }
  for (const [name, value] of changed) if (environment.get(name) !== value) world.bind(name, value);
  return changed;
}
