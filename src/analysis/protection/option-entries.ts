// Limits among options that are kept in a dict and unpacked into a call: `options = {"timeout": 10}; request(**options)`.
import type { Expression } from "../../python/ast.js";
import type { DefinitionChange } from "./change.js";
import { dottedName } from "./dotted.js";
import { callsOf, type Leaf } from "./leaf.js";
import { type Loss, lossAt } from "./loss.js";

const LIMIT = /^(\w+_)?timeout$/;

/** A limit that is no longer among the options of a dict that is still unpacked into a call. */
export function lostEntries(change: DefinitionChange): readonly Loss[] {
  return [...change.rewritten].flatMap(([base, head]): readonly Loss[] => {
    const [before, now] = [optionsIn(base), optionsIn(head)];
    if (!before || !now || before.name !== now.name) return [];
    const gone = before.keys.find(
      (key) => LIMIT.test(key.text) && !now.keys.some(({ text }) => text === key.text),
    );
    if (!gone || isNone(gone.value)) return [];
    const isSetOtherwise = change.added.some((leaf) => leaf !== head && leaf.text.includes(gone.text));
    const used = change.head.leaves.find((leaf) => isUnpackedIn(leaf, now.name));
    if (!used || isSetOtherwise) return [];
    const places = { base, guard: gone.value, head: used };
    return [lossAt("weakened", { protection: "timeout", did: "bounds the wait", change, ...places })];
  });
}

interface Options {
  readonly name: string;
  readonly keys: readonly { readonly text: string; readonly value: Expression }[];
}

/** `options = {"timeout": 10}`, `options = dict(timeout=10)` */
function optionsIn({ node }: Leaf): Options | undefined {
  if (node.kind !== "assign" || node.targets.length !== 1 || !node.value) return undefined;
  const name = dottedName(node.targets[0]!);
  if (name === undefined) return undefined;
  const { value } = node;
  if (value.kind === "dict") {
    const keys = value.entries.flatMap((entry) =>
      entry.key?.kind === "string" ? [{ text: entry.key.value, value: entry.value }] : [],
    );
    return { name, keys };
  }
  if (value.kind !== "call" || dottedName(value.callee) !== "dict") return undefined;
  const keys = value.arguments.flatMap((each) =>
    each.name ? [{ text: each.name.id, value: each.value }] : [],
  );
  return { name, keys };
}

function isNone(value: Expression): boolean {
  return value.kind === "constant" && value.value === null;
}

function isUnpackedIn(leaf: Leaf, name: string): boolean {
  return callsOf(leaf).some((call) =>
    call.arguments.some(({ form, value }) => form === "doubleStar" && dottedName(value) === name),
  );
}
