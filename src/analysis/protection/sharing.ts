// Locks and transactions that hold less than before: a decorator that is gone, a block that ends earlier.
import type { DefinitionChange } from "./change.js";
import { dottedName } from "./dotted.js";
import { isInside, type Leaf } from "./leaf.js";
import { type Loss, lossAt, lossOfDefinition } from "./loss.js";
import { normalText } from "./normal-text.js";
import { calleeOf, lastNameOf, type Pool } from "./pool.js";
import { inHead } from "./subject.js";
import { LOCKS, says } from "./words.js";

export function lostSharing(change: DefinitionChange, pool: Pool): readonly Loss[] {
  return [...narrowed(change), ...undecorated(change, pool), ...lostTransactions(change, pool)];
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

const WRAPS = /(^|\.)(\w*synchronized|\w*locked|with_lock|atomic)$/;

/** `@synchronized("stock")` or `@transaction.atomic` is gone from a function that still writes. */
function undecorated(change: DefinitionChange, pool: Pool): readonly Loss[] {
  const { base, head } = change;
  if (head.node?.kind !== "function") return [];
  const worn = head.decorators.map(({ expression }) => normalText(head.module.syntax, expression));
  return base.decorators.flatMap(({ expression }) => {
    const name = dottedName(calleeOf(expression)) ?? "";
    if (!WRAPS.test(name) || worn.some((text) => WRAPS.test(text.split("(")[0]!))) return [];
    const holds = head.leaves.some((leaf) => isLock(leaf) || isTransaction(leaf));
    if (holds || pool.calledAsOften(lastNameOf(calleeOf(expression)))) return [];
    const writes = change.base.leaves.filter((leaf) => isWrite(leaf) && inHead(leaf, change) !== undefined);
    const [first, second] = writes;
    // One write alone is as whole without a transaction.
    if (!first || (/atomic$/.test(name) && !second)) return [];
    const did = "lets one in at a time";
    return [lossOfDefinition("removed", { protection: "lock", did, change, guard: expression })];
  });
}

function isTransaction({ node }: Leaf): boolean {
  return node.kind === "withItem" && TRANSACTION.test(dottedName(calleeOf(node.context)) ?? "");
}

const TRANSACTION = /(^|\.)(atomic|transaction|begin|begin_nested|writer\.using)$/;
const WRITES = /\.(save|create|update|delete|add|insert|bulk_create|execute|commit|remove|append|write)\(/;

function isWrite(leaf: Leaf): boolean {
  return writesShared(leaf) || WRITES.test(leaf.text);
}

/** `with transaction.atomic():` is gone from around several writes. */
function lostTransactions(change: DefinitionChange, pool: Pool): readonly Loss[] {
  return change.removed.flatMap((base) => {
    if (!isTransaction(base) || pool.standsAsOften(base.text)) return [];
    if (base.node.kind === "withItem" && pool.calledAsOften(lastNameOf(calleeOf(base.node.context))))
      return [];
    const freed = change.base.leaves.flatMap((leaf) => {
      const now = isInside(leaf, base) && isWrite(leaf) ? inHead(leaf, change) : undefined;
      return now && !now.owners.some((each) => isTransaction(each.leaf)) ? [now] : [];
    });
    const [head, second] = freed;
    if (!head || !second || change.added.some(({ text }) => /rollback|commit|atomic|transaction/.test(text)))
      return [];
    return [lossAt("removed", { protection: "lock", did: "makes the writes one", change, base, head })];
  });
}
