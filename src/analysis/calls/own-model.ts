// Definitions of the repository of which its users say what they do: they stand for a symbol with that model.
import type { Body, ClassBody, FunctionBody } from "../body.js";
import { type Abstract, type Ref, refTo } from "../values/value.js";
import type { World } from "../world.js";

/** The function or class itself, or the symbol as which its users model it. */
export function definitionRef(world: World, body: FunctionBody | ClassBody): Ref {
  const { own } = world.catalogue;
  const name = own.size === 0 ? undefined : dottedName(body);
  if (name !== undefined && own.has(name)) return { kind: "symbol", name };
  return body.kind === "class" ? { kind: "class", body } : { kind: "function", body };
}

/** A name in `body` (a module, or a class for its instances) that its users model; undefined when they do not. */
export function ownMember(world: World, body: Body, name: string): Abstract | undefined {
  const { own } = world.catalogue;
  if (own.size === 0) return undefined;
  const owner = dottedName(body);
  const full = `${owner}.${name}`;
  return owner !== undefined && own.has(full) ? refTo({ kind: "symbol", name: full }) : undefined;
}

/** By which its repository imports it: "shop.text.clean", "shop.db.Store.run". Undefined for what no import can name. */
function dottedName({ module, name }: Body): string | undefined {
  if (module.name === "") return undefined;
  return name === "" ? module.name : `${module.name}.${name}`;
}
