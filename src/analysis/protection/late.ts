// Checks that still stand, behind what they were there to prevent.
import { wordsOf } from "../../base/words.js";
import type { DefinitionChange } from "./change.js";
import { statementCall } from "./checks.js";
import { callsOf, isInside, type Leaf } from "./leaf.js";
import { type Loss, lossAt } from "./loss.js";
import { lastNameOf } from "./pool.js";
import { refusalOf, strengthOf } from "./refusal.js";
import { dominatedBy, mentions, subjectsOf } from "./subject.js";
import { AUTHORIZATION, CHECKING, says, VALIDATION } from "./words.js";

/** `validate(name); move(name)` is `move(name); validate(name)` now. */
export function lateChecks(change: DefinitionChange): readonly Loss[] {
  return [...change.kept].flatMap(([base, head]) => {
    const protection = protectionOf(base);
    if (!protection) return [];
    const subjects = subjectsIn(base);
    const overtaken = dominatedBy(base, change).find((leaf) => {
      const now = change.kept.get(leaf);
      if (!now || now.index > head.index || !hasEffect(leaf) || !isBeside(now, head)) return false;
      return protection === "authorization" || mentions(leaf, subjects);
    });
    if (!overtaken) return [];
    const exposed = change.kept.get(overtaken)!;
    return [lossAt("weakened", { protection, did: "came before it", change, base, head: exposed })];
  });
}

function protectionOf(leaf: Leaf): "authorization" | "validation" | undefined {
  const call = statementCall(leaf);
  if (call) {
    const name = lastNameOf(call.callee);
    if (says(name, AUTHORIZATION)) return "authorization";
    return CHECKING.test(wordsOf(name)[0] ?? "") ? "validation" : undefined;
  }
  if (leaf.node.kind !== "if") return undefined;
  const refusal = refusalOf(leaf.node.body);
  if (!refusal || refusal.form === "skip") return undefined;
  if (refusal.isForbidden && strengthOf(leaf.node.test, AUTHORIZATION) === "words") return "authorization";
  return strengthOf(leaf.node.test, VALIDATION) === "words" ? "validation" : undefined;
}

function subjectsIn(leaf: Leaf): readonly string[] {
  const call = statementCall(leaf);
  if (call) return call.arguments.flatMap(({ value }) => subjectsOf(value));
  return leaf.node.kind === "if" ? subjectsOf(leaf.node.test) : [];
}

/** Verbs of calls after which something is different. */
const EFFECT =
  /^(save|delete|remove|unlink|move|rename|write|create|update|insert|execute|commit|send|post|put|drop|add|run|call|Popen|system|open|extract|extractall|copy|store|register|transfer|publish)$/;

function hasEffect(leaf: Leaf): boolean {
  return callsOf(leaf).some(({ callee }) => EFFECT.test(wordsOf(lastNameOf(callee))[0] ?? ""));
}

/** Is the operation always reached before the check is? */
function isBeside(operation: Leaf, check: Leaf): boolean {
  return operation.owners.every(({ leaf, branch }) => isInside(check, leaf, branch));
}
