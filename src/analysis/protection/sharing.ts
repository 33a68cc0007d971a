// Blocks that lock or make writes one, and hold less than before. Decorators that do are with the decorators.
import type { DefinitionChange } from "./change.js";
import { dottedName } from "./dotted.js";
import { isInside, type Leaf } from "./leaf.js";
import { type Loss, lossAt } from "./loss.js";
import { calleeOf, lastNameOf, type Pool } from "./pool.js";
import { inHead } from "./subject.js";
import { LOCKS, says } from "./words.js";

export function lostSharing(change: DefinitionChange, pool: Pool): readonly Loss[] {
  return [...narrowed(change), ...lostTransactions(change, pool)];
}

function isLock({ node, text }: Leaf): boolean {
  if (node.kind !== "withItem") return false;
  return (
    says(text, LOCKS) || /(^|[._])(r?lock|mutex|semaphore)\b/i.test(dottedName(calleeOf(node.context)) ?? "")
  );
}

/** A statement that writes what others see, and now stands behind the `with lock:` in which it stood. */
function narrowed(change: DefinitionChange): readonly Loss[] {
  const losses = [...change.kept].flatMap(([base, head]) => {
    const held = base.owners.find(({ leaf }) => isLock(leaf))?.leaf;
    const lock = held && change.kept.get(held);
    if (!lock || !writesShared(base) || head.owners.some(({ leaf }) => isLock(leaf))) return [];
    const others = change.base.leaves.some(
      (leaf) => isInside(leaf, held) && isInsideStill(leaf, lock, change),
    );
    if (!others) return [];
    return [lossAt("weakened", { protection: "lock", did: "locks", change, base: held, head })];
  });
  return losses.slice(0, 1);
}

function isInsideStill(leaf: Leaf, lock: Leaf, change: DefinitionChange): boolean {
  const now = inHead(leaf, change);
  return now !== undefined && isInside(now, lock);
}

/** Assigns a field, an entry or part of an object. */
function writesShared({ node }: Leaf): boolean {
  const targets = node.kind === "assign" ? node.targets : node.kind === "augmented" ? [node.target] : [];
  return targets.some(
    (target) =>
      (target.kind === "attribute" && dottedName(target) !== undefined) ||
      (target.kind === "subscript" && target.object.kind === "attribute"),
  );
}

function isTransaction({ node }: Leaf): boolean {
  return node.kind === "withItem" && TRANSACTION.test(dottedName(calleeOf(node.context)) ?? "");
}

const TRANSACTION = /(^|\.)(atomic|transaction|begin|begin_nested|writer\.using)$/;
const WRITES = /\.(save|create|update|delete|add|insert|bulk_create|execute|commit|remove|append|write)\(/;

/** What the writes among `leaves` of the base are in the head, those that no transaction is around. */
export function freedWrites(leaves: readonly Leaf[], change: DefinitionChange): readonly Leaf[] {
  return leaves.flatMap((leaf) => {
    const now = isWrite(leaf) ? inHead(leaf, change) : undefined;
    return now && !now.owners.some((each) => isTransaction(each.leaf)) ? [now] : [];
  });
}

function isWrite(leaf: Leaf): boolean {
  return writesShared(leaf) || WRITES.test(leaf.text);
}

/** `with transaction.atomic():` is gone from around several writes. */
function lostTransactions(change: DefinitionChange, pool: Pool): readonly Loss[] {
  return change.removed.flatMap((base) => {
    if (!isTransaction(base) || pool.standsAsOften(base.text)) return [];
    if (base.node.kind === "withItem" && pool.calledAsOften(lastNameOf(calleeOf(base.node.context))))
      return [];
    const [head, second] = freedWrites(
      change.base.leaves.filter((leaf) => isInside(leaf, base)),
      change,
    );
    if (!head || !second || change.added.some(({ text }) => /rollback|commit|atomic|transaction/.test(text)))
      return [];
    return [lossAt("removed", { protection: "lock", did: "makes the writes one", change, base, head })];
  });
}
