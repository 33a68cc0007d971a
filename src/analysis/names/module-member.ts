// What a module of the repository holds under a name, and what `from module import name` takes.
import { importedModuleName } from "../../python/imports.js";
import type { Binding } from "../../python/scopes.js";
import type { ModuleBody } from "../body.js";
import { definitionRef, ownMember } from "../calls/own-model.js";
import { type Abstract, type Ref, refTo, UNKNOWN } from "../values/value.js";
import type { World } from "../world.js";
import { importedModule, submodule } from "./imported-module.js";

/** The key of an environment under which the libraries are whose names were all imported. */
export const STAR = "*";

/** Modules that take a name from one another in a circle end somewhere. */
const MAX_IMPORTS = 8;

/** The value of a global name; undefined when the module does not bind it, as far as is known. */
export function moduleMember(
  world: World,
  module: ModuleBody,
  name: string,
  depth = 0,
): Abstract | undefined {
  const own = ownMember(world, module, name);
  if (own) return own;
  const environment = world.environment(module);
  return (
    environment.get(name) ??
    boundLater(world, module, name, depth) ??
    fromStar(world, environment.get(STAR), name) ??
    submodule(world, module, name)
  );
}

/**
 * What a definition or import gives that was not reached: the module is still being interpreted, or the import stands
 * under TYPE_CHECKING.
 */
function boundLater(world: World, module: ModuleBody, name: string, depth: number): Abstract | undefined {
  const bindings = module.module.scopes.module.bindings.get(name);
  const binding = bindings?.length === 1 ? bindings[0]! : undefined;
  if (!binding || depth > MAX_IMPORTS) return undefined;
  if (binding.form === "import") return importedLater(world, module, binding, depth);
  const { node } = binding;
  if (node.kind === "class") return refTo(definitionRef(world, world.bodyOf(node, module)));
  if (node.kind === "function") return refTo(definitionRef(world, world.bodyOf(node, module)));
  return undefined;
}

function importedLater(
  world: World,
  module: ModuleBody,
  { statement, node }: Extract<Binding, { form: "import" }>,
  depth: number,
): Abstract | undefined {
  if (node.kind !== "importedName") return undefined;
  const value =
    statement.kind === "importFrom"
      ? importedMember(world, module, importedModuleName(statement), node.name, depth + 1)
      : importedModule(world, module, node.alias ? node.name : node.name.split(".")[0]!);
  return value === UNKNOWN ? undefined : value;
}

/** What `from module import member` binds in `from`; UNKNOWN when the repository should hold it and does not. */
export function importedMember(
  world: World,
  from: ModuleBody,
  module: string,
  member: string,
  depth = 0,
): Abstract {
  const [ref] = importedModule(world, from, module).refs;
  const bound = ref?.kind === "module" ? moduleMember(world, ref.module, member, depth) : undefined;
  if (bound) return bound;
  // A folder without an `__init__.py`, or one whose name a library has too.
  const inner = importedModule(world, from, module.endsWith(".") ? module + member : `${module}.${member}`);
  if (inner.refs[0]?.kind === "module") return inner;
  return ref?.kind === "symbol" ? refTo({ kind: "symbol", name: `${ref.name}.${member}` }) : UNKNOWN;
}

function fromStar(world: World, star: Abstract | undefined, name: string): Abstract | undefined {
  for (const ref of star?.refs ?? []) {
    if (ref.kind !== "symbol") continue;
    const member: Ref = { kind: "symbol", name: `${ref.name}.${name}` };
    if (world.catalogue.knows(member.name)) return refTo(member);
  }
  return undefined;
}
