// Stretches from `lock.acquire()` to `lock.release()`: statements that slipped out of them; and what `finally` saw to.
import type { Call } from "../../python/ast.js";
import type { DefinitionChange } from "./change.js";
import { statementCall } from "./checks.js";
import { dottedName } from "./dotted.js";
import { callsOf, isInside, type Leaf } from "./leaf.js";
import { type Loss, lossAt } from "./loss.js";
import { lastNameOf } from "./pool.js";
import { inHead } from "./subject.js";

export function lostSections(change: DefinitionChange): readonly Loss[] {
  return [...slippedOut(change), ...leftFinally(change), ...pulledIn(change), ...nakedYields(change)];
}

/** `await self.lock.acquire()`, `lock.acquire(timeout=3)`: a lock by its name, taken by a statement of its own. */
function lockOf(leaf: Leaf, method: RegExp): string | undefined {
  const call = statementCall(leaf);
  if (call?.callee.kind !== "attribute" || !method.test(call.callee.name.id)) return undefined;
  const lock = dottedName(call.callee.object);
  return lock !== undefined && /lock|mutex|semaphore/i.test(lock) ? lock : undefined;
}

/** The leaves behind which, in the same block or inside it, `lock` is held until it is given back there. */
function heldIn(leaves: readonly Leaf[], acquiring: Leaf, lock: string): readonly Leaf[] {
  const held: Leaf[] = [];
  for (const leaf of leaves.slice(acquiring.index + 1)) {
    if (!acquiring.owners.every(({ leaf: owner }) => leaf.owners.some((each) => each.leaf === owner))) break;
    if (lockOf(leaf, /^release$/) === lock) break;
    held.push(leaf);
  }
  return held;
}

/** A statement that stood behind `acquire()` and stands before it now, or behind the `release()`. */
function slippedOut(change: DefinitionChange): readonly Loss[] {
  const { base, head, kept } = change;
  return base.leaves.flatMap((acquiring): readonly Loss[] => {
    const lock = lockOf(acquiring, /^acquire$/);
    const now = head.leaves.filter((leaf) => lock !== undefined && lockOf(leaf, /^acquire$/) === lock);
    const [only, ...others] = now;
    if (lock === undefined || !only || others.length > 0) return [];
    const still = new Set(heldIn(head.leaves, only, lock));
    const bare = heldIn(base.leaves, acquiring, lock).flatMap((leaf) => {
      const there = kept.get(leaf);
      return there && there !== only && !still.has(there) && callsOf(there).length > 0 ? [there] : [];
    });
    const [first] = bare;
    if (!first || isHeldOtherwise(first)) return [];
    const did = "holds the lock before";
    return [lossAt("removed", { protection: "lock", did, change, base: acquiring, head: first })];
  });
}

function isHeldOtherwise({ owners }: Leaf): boolean {
  return owners.some(({ leaf: { node, text } }) => node.kind === "withItem" && /lock|mutex/i.test(text));
}

/** `try: yield` of a context manager without its `finally`: what follows is left out when the block of the `with` raises. */
function nakedYields(change: DefinitionChange): readonly Loss[] {
  if (!change.base.node || !/contextmanager|fixture/.test(change.head.header)) return [];
  return change.base.leaves.flatMap((leaf): readonly Loss[] => {
    const around = leaf.owners.find(({ leaf: { node }, branch }) => node.kind === "try" && branch === "body");
    const last = change.base.leaves.find(({ node, owners }) => {
      return node.kind === "finally" && owners.at(-1)?.leaf === around?.leaf;
    });
    const now = inHead(leaf, change);
    if (!around || !last || !now || !isYield(leaf)) return [];
    const ending = change.base.leaves.filter((each) => isInside(each, last, "body"));
    const stands = ending.some((each) => inHead(each, change));
    if (!stands || now.owners.some(({ leaf: { node } }) => node.kind === "try" || node.kind === "withItem"))
      return [];
    const protection = ending.some(({ text }) => /lock|release/i.test(text)) ? "lock" : "release";
    const did = "ends it whatever the block does";
    return [lossAt("removed", { protection, did, change, base: last, head: now })];
  });
}

function isYield({ node }: Leaf): boolean {
  if (node.kind !== "expression" && node.kind !== "assign") return false;
  return node.value?.kind === "yield";
}

/** Calls that wait for others, who may want the lock meanwhile. */
const WAITS =
  /^(join|shutdown|wait|wait_for|result|sleep|communicate|urlopen|recv|connect|sendall|request|post|check_output|check_call|put|get_nowait|drain|flush_all|stop)$/;

/** A call that waits stood outside any lock, or behind one, and stands in it now. */
function pulledIn(change: DefinitionChange): readonly Loss[] {
  return [...change.kept].flatMap(([leaf, now]): readonly Loss[] => {
    const call = statementCall(now);
    if (!call || !WAITS.test(lastNameOf(call.callee))) return [];
    const before = new Set(locksAround(leaf).map(({ text }) => text));
    const fresh = locksAround(now).find(({ text }) => !before.has(text));
    const receiver = call.callee.kind === "attribute" ? dottedName(call.callee.object) : undefined;
    if (!fresh || fresh.text.endsWith(` ${receiver}`) || PAUSES.test(fresh.text)) return [];
    const did = "waited without the lock";
    return [lossAt("removed", { protection: "wait-outside", did, change, base: leaf, head: now })];
  });
}

/** A condition, or a lock that is there for what takes long, is held on purpose. */
const PAUSES = /cond|semaphore|send|write|read|recv|conn|request|throttl|rate|limit/i;

function locksAround({ owners }: Leaf): readonly Leaf[] {
  return owners.flatMap(({ leaf }) =>
    leaf.node.kind === "withItem" && /lock|mutex/i.test(leaf.text) ? [leaf] : [],
  );
}

/** Calls that others wait for. */
const SIGNALS = /^(set|notify|notify_all|set_result|set_exception|task_done|release|unlock)$/;

/** `event.set()` stood in `finally` and stands on the usual way only, while the `finally` is still there. */
function leftFinally(change: DefinitionChange): readonly Loss[] {
  return [...change.kept].flatMap(([leaf, now]): readonly Loss[] => {
    const call = statementCall(leaf);
    if (call?.callee.kind !== "attribute" || !SIGNALS.test(lastNameOf(call.callee))) return [];
    if (call.callee.name.id === "set" && call.arguments.length > 0) return [];
    const around = leaf.owners.find(({ leaf: { node } }) => node.kind === "finally");
    if (!around || !change.kept.has(around.leaf) || isOnEveryWay(now, call, change)) return [];
    const did = `makes sure that \`${call.callee.name.id}\` is called`;
    return [lossAt("removed", { protection: "lock", did, change, base: around.leaf, head: now })];
  });
}

/** In a `finally` or a handler, or said again in a handler. */
function isOnEveryWay(now: Leaf, call: Call, { head }: DefinitionChange): boolean {
  const isCaughtUp = (leaf: Leaf) =>
    leaf.owners.some(({ leaf: { node } }) => node.kind === "finally" || node.kind === "except");
  const callee = dottedName(call.callee);
  const isElsewhere = head.leaves.some((leaf) => {
    const other = statementCall(leaf);
    return leaf !== now && other && dottedName(other.callee) === callee && isCaughtUp(leaf);
  });
  return isCaughtUp(now) || isElsewhere;
}
