// What all changed files call, in base and head: what only moved to another definition is not lost.
import type { Expression } from "../../python/ast.js";
import type { Changes } from "./change.js";
import type { Definition } from "./definition.js";
import { callsOf } from "./leaf.js";

export interface Pool {
  /** Does a statement or header with this normal text stand in the head as often as in the base? */
  standsAsOften(text: string): boolean;
  /** Is something of this name called, or used as a decorator, in the head as often as in the base? */
  calledAsOften(name: string): boolean;
}

export function poolOf({ base, head }: Changes): Pool {
  const texts = counted(base, head, textsOf);
  const callees = counted(base, head, calleesOf);
  return {
    standsAsOften: (text) => (texts.get(text) ?? 0) >= 0,
    calledAsOften: (name) => (callees.get(name) ?? 0) >= 0,
  };
}

/** How much more often the head has each key. */
function counted(
  base: readonly Definition[],
  head: readonly Definition[],
  keysOf: (definition: Definition) => readonly string[],
): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const key of base.flatMap(keysOf)) counts.set(key, (counts.get(key) ?? 0) - 1);
  for (const key of head.flatMap(keysOf)) counts.set(key, (counts.get(key) ?? 0) + 1);
  return counts;
}

function textsOf({ leaves }: Definition): readonly string[] {
  return leaves.map((leaf) => leaf.text);
}

function calleesOf({ leaves, decorators }: Definition): readonly string[] {
  const called = leaves.flatMap((leaf) => callsOf(leaf).map((call) => lastNameOf(call.callee)));
  return [...called, ...decorators.map(({ expression }) => lastNameOf(calleeOf(expression)))];
}

/** What a decorator names, whether it is called or not. */
export function calleeOf(expression: Expression): Expression {
  return expression.kind === "call" ? expression.callee : expression;
}

/** The last word of a dotted expression ("check" of `self.site.check`); "" for anything else. */
export function lastNameOf(expression: Expression): string {
  if (expression.kind === "name") return expression.id;
  if (expression.kind === "attribute") return expression.name.id;
  if (expression.kind === "call") return lastNameOf(expression.callee);
  return "";
}
