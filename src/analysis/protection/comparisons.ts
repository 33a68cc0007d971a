// Comparisons in constant time that are plain ones now: they end at the first difference.
import type { Call, Comparison, SyntaxNode } from "../../python/ast.js";
import type { DefinitionChange } from "./change.js";
import { callsOf, type Leaf } from "./leaf.js";
import { type Loss, lossAt } from "./loss.js";
import { lastNameOf, type Pool } from "./pool.js";

const CONSTANT_TIME =
  /^(compare_digest|safe_str_cmp|consteq|streq_const_time|bytes_eq|fixed_time_equals?|slow_is_equal)$|const(ant)?_?time|timing_?safe|(secure|safe)_?(str_?|string_?)?(compar|equal|cmp)|compar\w*_secure/i;

/** What was compared in constant time in the base and stands in a new `==`, `!=` or `in` of the same definition. */
export function lostComparisons(change: DefinitionChange, pool: Pool): readonly Loss[] {
  const before = [...change.removed, ...change.rewritten.keys()].flatMap((leaf) =>
    callsOf(leaf).flatMap((call) => (isConstantTime(call) ? [{ leaf, call }] : [])),
  );
  const [first] = before;
  if (!first || pool.calledAsOften(lastNameOf(first.call.callee))) return [];
  if (change.added.some((leaf) => callsOf(leaf).some(isConstantTime))) return [];
  return before.flatMap(({ leaf, call }): readonly Loss[] => {
    if (pool.takesOver([lastNameOf(call.callee)], change)) return [];
    const now = plainlyCompared(namesOf(call, change.base.leaves), change.added);
    if (!now) return [];
    return [
      lossAt("weakened", {
        protection: "verification",
        did: "compares in constant time",
        change,
        base: leaf,
        guard: call,
        head: now.leaf,
        exposed: now.comparison,
      }),
    ];
  });
}

function isConstantTime({ callee, arguments: list }: Call): boolean {
  return list.length >= 2 && CONSTANT_TIME.test(lastNameOf(callee));
}

const PLAIN: ReadonlySet<string> = new Set(["==", "!=", "in", "not in"]);

/** What the arguments of `call` are called, and what they were set from in the same definition. */
function namesOf(call: Call, leaves: readonly Leaf[]): ReadonlySet<string> {
  const names = new Set(call.arguments.flatMap(({ value }) => namesIn(value)));
  for (const { node } of leaves) {
    if (node.kind !== "assign" || node.value === undefined || node.end > call.start) continue;
    const [target] = node.targets;
    if (target?.kind === "name" && names.has(target.id))
      for (const name of namesIn(node.value)) names.add(name);
  }
  return new Set([...names].filter((name) => !COMMON.has(name)));
}

/** Names that say where something comes from, not what it is. */
const COMMON = new Set(
  "self cls request req args form headers params data json body settings config app".split(" "),
);

/** The first new comparison that has one of `names` in an operand. */
function plainlyCompared(
  names: ReadonlySet<string>,
  added: readonly Leaf[],
): { readonly leaf: Leaf; readonly comparison: Comparison } | undefined {
  for (const leaf of added) {
    for (const part of leaf.parts()) {
      if (part.kind !== "comparison" || !part.operators.every((operator) => PLAIN.has(operator))) continue;
      if (part.operands.some((operand) => operand.kind === "constant" || operand.kind === "number")) continue;
      if (part.operands.flatMap(namesIn).some((name) => names.has(name))) return { leaf, comparison: part };
    }
  }
  return undefined;
}

/** The names that say what an operand is: of variables, attributes and keys, not of what changes its form. */
function namesIn(node: SyntaxNode): readonly string[] {
  switch (node.kind) {
    case "name":
      return [node.id];
    case "attribute":
      return [node.name.id];
    case "subscript":
      return [...namesIn(node.object), ...(node.index.kind === "string" ? [node.index.value] : [])];
    case "call":
      return [
        ...(node.callee.kind === "attribute" ? namesIn(node.callee.object) : []),
        ...node.arguments.flatMap(({ value }) => (value.kind === "string" ? [value.value] : namesIn(value))),
      ];
    default:
      return [];
  }
}
