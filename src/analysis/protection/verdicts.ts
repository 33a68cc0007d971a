// The verdict of a function that decides, reached without one of the questions that it asked.
import type { DefinitionChange } from "./change.js";
import { isDecision } from "./decision.js";
import { dottedName } from "./dotted.js";
import { callsOf, type Leaf } from "./leaf.js";
import { type Loss, lossAt } from "./loss.js";
import { lastNameOf, type Pool } from "./pool.js";
import { inHead, mentions } from "./subject.js";

/** `verdict = account_is_valid(user)` is gone from between `verdict = authenticate(user)` and `return verdict`. */
export function lostVerdicts(change: DefinitionChange, pool: Pool): readonly Loss[] {
  if (!isDecision(change.base) || !isDecision(change.head)) return [];
  const isNew = change.added.some((leaf) => leaf.node.kind === "assign" && callsOf(leaf).length > 0);
  if (isNew) return [];
  return change.removed.flatMap((leaf) => {
    const name = verdictOf(leaf);
    const [asked] = callsOf(leaf);
    if (name === undefined || !asked || pool.calledAsOften(lastNameOf(asked.callee))) return [];
    const isFirst = !change.base.leaves.slice(0, leaf.index).some((each) => verdictOf(each) === name);
    const answer = change.base.leaves
      .slice(leaf.index + 1)
      .find((each) => each.node.kind === "return" && mentions(each, [name]));
    const now = answer && inHead(answer, change);
    if (isFirst || !now) return [];
    return lossAt("removed", {
      protection: "authorization",
      did: "asks once more",
      change,
      base: leaf,
      head: now,
    });
  });
}

function verdictOf({ node }: Leaf): string | undefined {
  if (node.kind !== "assign" && node.kind !== "augmented") return undefined;
  return dottedName(node.kind === "assign" ? node.targets[0]! : node.target);
}
