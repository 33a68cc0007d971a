// The order in which Python looks a member up in a class and those above it.
import { linearized } from "../python/mro.js";
import type { ClassBody } from "./body.js";
import type { Ref } from "./value.js";
import type { World } from "./world.js";

/** A class of the order: of the repository, or of a library by its dotted name. */
export type ClassInOrder =
  | { readonly body: ClassBody; readonly library?: undefined }
  | { readonly body?: undefined; readonly library: string };

const MAX_BASES = 16;

/**
 * `body` first; classes of libraries without what is above them.
 * @param depth of classes above one another: a class that is its own base ends somewhere
 */
export function mroOf(world: World, body: ClassBody, depth = 0): readonly ClassInOrder[] {
  const bases =
    depth > MAX_BASES ? [] : world.factsOf(body).bases.flatMap(({ refs }) => refs.flatMap(baseOf));
  const lists = bases.map((base) => (base.body ? mroOf(world, base.body, depth + 1) : [base]));
  return linearized({ body }, lists, bases, identity);
}

function baseOf(ref: Ref): readonly ClassInOrder[] {
  if (ref.kind === "class") return [{ body: ref.body }];
  if (ref.kind === "symbol") return [{ library: ref.name }];
  return ref.kind === "object" ? [{ library: ref.type }] : [];
}

const identity = ({ body, library }: ClassInOrder) => body ?? library;
