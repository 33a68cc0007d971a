// What a guard is about, and where that is used afterwards.
import type { Expression, SyntaxNode } from "../../python/ast.js";
import { forEachChild } from "../../python/children.js";
import type { DefinitionChange } from "./change.js";
import { dottedName } from "./dotted.js";
import { callsOf, isInside, type Leaf } from "./leaf.js";
import { normalText } from "./normal-text.js";

/** The names and dotted names that `node` reads, without what it calls and without constants in capitals. */
export function subjectsOf(node: SyntaxNode): readonly string[] {
  const found = new Set<string>();
  const visit = (each: SyntaxNode): void => {
    const dotted = dottedName(each);
    if (dotted !== undefined) {
      if (!CONSTANT.test(dotted)) found.add(dotted);
      return;
    }
    if (each.kind === "call") {
      if (each.callee.kind === "attribute") visit(each.callee.object);
      else if (each.callee.kind !== "name") visit(each.callee);
      for (const argument of each.arguments) visit(argument.value);
      return;
    }
    if (each.kind === "lambda") return;
    forEachChild(each, visit, undefined);
  };
  visit(node);
  return [...found].filter((name) => !/^(self|cls|re|os|os\.path|settings|_)$/.test(name));
}

const CONSTANT = /(^|\.)[A-Z][A-Z0-9_]+$/;

/** Does `leaf` read or pass on one of `subjects`, or something of it? */
export function mentions(leaf: Leaf, subjects: readonly string[]): boolean {
  return leaf.parts().some((part) => {
    const dotted = dottedName(part);
    return dotted !== undefined && subjects.some((each) => dotted === each || dotted.startsWith(`${each}.`));
  });
}

/** The leaves of the base that are reached only past `guard`: after it, in its block or inside that. */
export function dominatedBy(guard: Leaf, { base }: DefinitionChange): readonly Leaf[] {
  return base.leaves.slice(guard.index + 1).filter((leaf) => {
    if (isInside(leaf, guard)) return false;
    return guard.owners.every(({ leaf: owner, branch }) => isInside(leaf, owner, branch));
  });
}

/** The leaf that `leaf` of the base is in the head: the same, or rewritten. */
export function inHead(leaf: Leaf, { kept, rewritten }: DefinitionChange): Leaf | undefined {
  return kept.get(leaf) ?? rewritten.get(leaf);
}

/**
 * The first operation behind `guard` that the head still has, on one of `subjects` if any are given: a call with it
 * rather than another use.
 */
export function exposedBehind(
  guard: Leaf,
  subjects: readonly string[] | undefined,
  change: DefinitionChange,
): Leaf | undefined {
  const behind = dominatedBy(guard, change).flatMap((leaf) => {
    const head = inHead(leaf, change);
    if (!head || !isOperation(head)) return [];
    return subjects === undefined || mentions(head, subjects) ? [head] : [];
  });
  return behind.find((leaf) => isEffect(leaf)) ?? behind[0];
}

const IDLE = new Set<string>([
  "pass",
  "break",
  "continue",
  "import",
  "importFrom",
  "scope",
  "function",
  "class",
]);

function isOperation({ node }: Leaf): boolean {
  return !IDLE.has(node.kind) && node.kind !== "except" && node.kind !== "finally" && node.kind !== "try";
}

const LOGGING = /^(log|logger|logging|LOG|LOGGER|print|warnings?|_)\b/;

/** A statement that calls something other than a logger. */
function isEffect(leaf: Leaf): boolean {
  if (leaf.node.kind === "if" || leaf.node.kind === "while") return false;
  return callsOf(leaf).some((call) => !LOGGING.test(dottedName(call.callee) ?? "x"));
}

/**
 * Where a value that was named, tested and used is now made and used at once: the new statement that contains the
 * expression which one of `subjects` named.
 */
export function inlined(
  guard: Leaf,
  subjects: readonly string[],
  change: DefinitionChange,
): Leaf | undefined {
  for (const leaf of change.base.leaves.slice(0, guard.index).reverse()) {
    if (leaf.node.kind !== "assign" || !leaf.node.value) continue;
    const named = leaf.node.targets.some((target) => subjects.includes(dottedName(target) ?? ""));
    if (!named) continue;
    const made = makings(leaf, leaf.node.value);
    const found = change.added.find((each) => made.some((text) => each.text.includes(text)));
    if (found) return found;
  }
  return undefined;
}

/** The value and the calls in it as normal text, outermost first; short ones say too little. */
function makings(leaf: Leaf, value: Expression): readonly string[] {
  const calls = value.kind === "call" ? callsOf(leaf).filter((call) => call.arguments.length > 0) : [];
  return [value, ...calls]
    .filter((part) => part.kind !== "name" && part.kind !== "constant" && part.kind !== "string")
    .map((part) => normalText(leaf.syntax, part))
    .filter((text) => text.length > 9);
}

/** The outermost `if` or `for` around `leaf` that went with it: what stands behind that stood behind the guard. */
export function liftedOut(leaf: Leaf, removed: readonly Leaf[]): Leaf {
  const owner = leaf.owners.at(-1);
  const kind = owner?.leaf.node.kind;
  const isGone = (kind === "if" || kind === "for") && removed.includes(owner!.leaf);
  return owner && isGone ? liftedOut(owner.leaf, removed) : leaf;
}
