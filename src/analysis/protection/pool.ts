// What all changed files call, in base and head: what only moved to another definition is not lost.
import type { Expression } from "../../python/ast.js";
import type { Changes, DefinitionChange } from "./change.js";
import type { Definition } from "./definition.js";
import { dottedName } from "./dotted.js";
import { callsOf } from "./leaf.js";

export interface Pool {
  /** Does a statement or header with this normal text stand in the head as often as in the base? */
  standsAsOften(text: string): boolean;
  /**
   * Is something of this name, dotted or not, called or used as a decorator or base in the head as often as in the base?
   */
  calledAsOften(name: string): boolean;
  /** Does `change` newly call or wear something of the changed files that itself calls one of `names`? */
  takesOver(names: readonly string[], change: DefinitionChange): boolean;
}

export function poolOf({ base, head }: Changes): Pool {
  const texts = counted(base, head, textsOf);
  const callees = counted(base, head, calleesOf);
  return {
    standsAsOften: (text) => (texts.get(text) ?? 0) >= 0,
    calledAsOften: (name) => (callees.get(name) ?? 0) >= 0,
    takesOver(names, { base, head: now }) {
      const old = new Set(calleesOf(base));
      const fresh = new Set(calleesOf(now).filter((name) => !old.has(name)));
      return head.some(
        (each) =>
          each.node !== undefined &&
          fresh.has(each.node.name.id) &&
          calleesOf(each).some((name) => names.includes(name)),
      );
    },
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

function calleesOf({ leaves, decorators, bases }: Definition): readonly string[] {
  const called = leaves.flatMap((leaf) => callsOf(leaf).map((call) => call.callee));
  const worn = decorators.map(({ expression }) => calleeOf(expression));
  const inherited = bases.map(({ value }) => value);
  return [...called, ...worn, ...inherited].flatMap((callee) => {
    const last = lastNameOf(callee);
    const dotted = dottedName(callee);
    return dotted === undefined || dotted === last ? [last] : [last, dotted];
  });
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
