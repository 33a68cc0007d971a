// Method resolution order by Python's C3 rule.
import type { BaseClass, ClassEntity } from "./entities.js";

/** `entity` first. Where C3 has no answer (or a class is its own base) the order is depth first, each class once. */
export function mroOf(entity: ClassEntity): readonly BaseClass[] {
  const lists = entity.bases.map((base) => (typeof base === "string" ? [base] : base.mro));
  return linearized<BaseClass>(entity, lists, entity.bases, (base) => base);
}

/**
 * `own`, then what stands above it. Where C3 has no answer (or a class is its own base) the order is depth first,
 * each class once.
 * @param orders of each base, itself first
 * @param identity what makes two entries the same class
 */
export function linearized<Class>(
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
