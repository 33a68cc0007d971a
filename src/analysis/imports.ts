// What `import` binds: modules of the repository, symbols of libraries.
import type { Instruction } from "../flow/instruction.js";
import { relativeModulePath } from "../python/relative.js";
import type { Environment } from "./environment.js";
import type { Frame } from "./interpret.js";
import { moduleMember, STAR } from "./module-member.js";
import { type Abstract, join, NOTHING, refTo, UNKNOWN } from "./value.js";

type ImportInstruction = Extract<Instruction, { op: "import" }>;

/** A module, or a member of one. What the repository does not hold is a symbol of a library. */
export function importedValue(frame: Frame, { module, member, node }: ImportInstruction): Abstract {
  if (member !== undefined) return importedMember(frame, module, member);
  // `import a.b` binds "a"; `import a.b as c` binds the inner one.
  const bound = node.kind === "importedName" && node.alias ? module : module.split(".")[0]!;
  return importedModule(frame, bound);
}

function importedModule(frame: Frame, name: string): Abstract {
  const { world, body } = frame;
  if (name.startsWith(".")) {
    const path = relativeModulePath(world.program.tree, body.module.path, name);
    const module = path === undefined ? undefined : world.moduleBody(path);
    return module ? refTo({ kind: "module", module }) : UNKNOWN;
  }
  const found = world.program
    .modulesNamed(name, body.module.path)
    .flatMap(({ path }) => world.moduleBody(path) ?? []);
  if (found.length > 0) return refTo({ kind: "module", module: found[0]! });
  return refTo({ kind: "symbol", name });
}

function importedMember(frame: Frame, module: string, member: string): Abstract {
  const holder = importedModule(frame, module);
  const [ref] = holder.refs;
  if (ref?.kind === "symbol") return refTo({ kind: "symbol", name: `${module}.${member}` });
  const bound = ref?.kind === "module" ? moduleMember(frame.world, ref.module, member) : undefined;
  if (bound) return bound;
  // `from package import module`, where the package's own file does not bind it, or there is none.
  const inner = importedModule(frame, module.endsWith(".") ? module + member : `${module}.${member}`);
  return inner.refs[0]?.kind === "module" ? inner : UNKNOWN;
}

/** `from m import *`: every public name of a module; of a library, the library itself under STAR. */
export function importAll(
  frame: Frame,
  { module }: ImportInstruction,
  environment: Environment,
): Environment {
  const holder = importedModule(frame, module);
  const changed = new Map(environment);
  for (const ref of holder.refs) {
    if (ref.kind === "symbol") changed.set(STAR, join(changed.get(STAR) ?? NOTHING, holder));
    if (ref.kind !== "module") continue;
    for (const [name, value] of frame.world.environment(ref.module)) {
      if (!name.startsWith("_")) changed.set(name, value);
    }
  }
  for (const [name, value] of changed) if (environment.get(name) !== value) frame.world.bind(name, value);
  return changed;
}
