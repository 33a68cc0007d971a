// Method resolution order by Python's C3 rule, with classes outside the repository as names without bases.
import type { BaseClass, ClassEntity } from "./entities.js";

/** `entity` first. Where C3 has no answer (or a class is its own base) the order is depth first, each class once. */
export function mroOf(entity: ClassEntity): readonly BaseClass[] {
  const lists = entity.bases.map((base) => [...(typeof base === "string" ? [base] : base.mro)]);
  const merged = merge([...lists, [...entity.bases]]);
  return [entity, ...(merged ?? new Set(lists.flat()))].filter(
    (base, index) => index === 0 || base !== entity,
  );
}

/** The next class is the first head that stands in no other list's tail; undefined when there is none. */
function merge(lists: BaseClass[][]): readonly BaseClass[] | undefined {
  const order: BaseClass[] = [];
  let rest = lists.filter((list) => list.length > 0);
  while (rest.length > 0) {
    const next = rest.map((list) => list[0]!).find((head) => rest.every((list) => list.indexOf(head) <= 0));
    if (next === undefined) return undefined;
    order.push(next);
    rest = rest.map((list) => (list[0] === next ? list.slice(1) : list)).filter((list) => list.length > 0);
  }
  return order;
}
