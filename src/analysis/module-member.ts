// What a module of the repository holds under a name.
import type { ModuleBody } from "./body.js";
import { definitionRef, ownMember } from "./own-model.js";
import { type Abstract, type Ref, refTo } from "./value.js";
import type { World } from "./world.js";

/** The key of an environment under which the libraries are whose names were all imported. */
export const STAR = "*";

/** The value of a global name; undefined when the module does not bind it, as far as is known. */
export function moduleMember(world: World, module: ModuleBody, name: string): Abstract | undefined {
  const own = ownMember(world, module, name);
  if (own) return own;
  const environment = world.environment(module);
  const bound = environment.get(name);
  if (bound) return bound;
  return definedLater(world, module, name) ?? fromStar(world, environment.get(STAR), name);
}

/** A function or class whose definition was not reached yet, because the module is still being interpreted. */
function definedLater(world: World, module: ModuleBody, name: string): Abstract | undefined {
  const bindings = module.module.scopes.module.bindings.get(name);
  const node = bindings?.length === 1 ? bindings[0]!.node : undefined;
  if (node?.kind === "class") return refTo(definitionRef(world, world.bodyOf(node, module)));
  if (node?.kind === "function") return refTo(definitionRef(world, world.bodyOf(node, module)));
  return undefined;
}

function fromStar(world: World, star: Abstract | undefined, name: string): Abstract | undefined {
  for (const ref of star?.refs ?? []) {
    if (ref.kind !== "symbol") continue;
    const member: Ref = { kind: "symbol", name: `${ref.name}.${name}` };
    if (world.catalogue.knows(member.name)) return refTo(member);
  }
  return undefined;
}
