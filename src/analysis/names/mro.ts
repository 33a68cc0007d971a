// The order in which Python looks a member up in a class and those above it: C3.
import type { ClassBody } from "../body.js";
import type { Ref } from "../values/value.js";
import type { World } from "../world.js";

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

/**
 * `own`, then what stands above it. Where C3 has no answer (or a class is its own base) the order is depth first,
 * each class once.
 * @param orders of each base, itself first
 * @param identity what makes two entries the same class
 */
function linearized<Class>(
  own: Class,
  orders: readonly (readonly Class[])[],
  bases: readonly Class[],
  identity: (entry: Class) => unknown,
): readonly Class[] {
  const entries = new Map<unknown, Class>();
  for (const entry of [...orders.flat(), ...bases]) entries.set(identity(entry), entry);
  const lists = [...orders, bases].map((list) => list.map(identity));
  const above = merge(lists) ?? new Set(lists.flat());
  return [own, ...[...above].filter((key) => key !== identity(own)).map((key) => entries.get(key)!)];
}

/** The next class is the first head that stands in no other list's tail; undefined when there is none. */
function merge(lists: readonly (readonly unknown[])[]): readonly unknown[] | undefined {
  const order: unknown[] = [];
  let rest = lists.filter((list) => list.length > 0);
  while (rest.length > 0) {
    const next = rest.map((list) => list[0]!).find((head) => rest.every((list) => list.indexOf(head) <= 0));
    if (next === undefined) return undefined;
    order.push(next);
    rest = rest.map((list) => (list[0] === next ? list.slice(1) : list)).filter((list) => list.length > 0);
  }
  return order;
}
