// Guards that a change puts around many handlers at once, in the place of those that single handlers had.

import type { Expression, ModuleSyntax, SyntaxNode } from "../../python/ast.js";
import type { Program } from "../../python/program.js";
import { type CheckAround, checksAround, type Reached, reaches } from "../access/checks-around.js";
import type { ChangedPath } from "./change.js";
import { dottedText } from "./checks.js";
import type { Definition } from "./definition.js";
import type { Loss } from "./loss.js";
import { calleeOf } from "./pool.js";
import { GREAT, says } from "./words.js";

/** A check that the head has around handlers, and the base has not. */
export interface Arrived {
  readonly check: CheckAround;
  /** What it stands before, its name and its text: by their words it is compared with what is gone. */
  readonly text: string;
}

export function arrivedAround(
  base: Program,
  head: Program,
  paths: readonly ChangedPath[],
): readonly Arrived[] {
  const had = new Set(paths.flatMap((path) => around(base, path.base).map(({ text }) => text)));
  return paths.flatMap((path) => around(head, path.head).filter(({ text }) => !had.has(text)));
}

function around(program: Program, path: string | undefined): readonly Arrived[] {
  const syntax = path === undefined ? undefined : program.module(path)?.syntax;
  return syntax ? checksAround(syntax).map((check) => ({ check, text: textOf(check, syntax) })) : [];
}

function textOf({ name, node, reach }: CheckAround, { text }: ModuleSyntax): string {
  const of = reach.kind === "named" ? reach.name : reach.kind;
  return `${of} ${name} ${text.slice(node.start, node.end)}`;
}

/** Does one of `arrived` stand before what lost its guard, and ask for no less? */
export function isGuardedAround({ change, guard }: Loss, arrived: readonly Arrived[]): boolean {
  const was = guard.syntax.text.slice(guard.node.start, guard.node.end);
  const reached = reachedOf(change.head);
  return arrived.some(
    ({ check, text }) => reaches(check.reach, reached) && (!says(was, GREAT) || says(text, GREAT)),
  );
}

/** Is the guard given something of the function, or does it compare that: what it loaded, or what the client named? */
export function asksAboutObject(guard: readonly SyntaxNode[]): boolean {
  return guard.some((part) => {
    if (part.kind === "call") return part.arguments.some(({ value }) => isOwn(value));
    return (
      part.kind === "comparison" &&
      part.operands.some((each) => each.kind === "attribute" && isOwn(each.object))
    );
  });
}

const isOwn = (value: Expression): boolean => value.kind === "name" && !FOR_ALL.test(value.id);

/** Arguments that every handler has: who asks, and functions and constants of the module. */
const FOR_ALL =
  /^(request|req|context|ctx|info|self|user|current_user|g|[A-Z]\w*|\w*(user|required|authenticated|admin))$/;

function reachedOf({ name, decorators }: Definition): Reached {
  const names = name.split(".");
  const routed = decorators.map(({ expression }) => dottedText(calleeOf(expression)));
  const router = routed.find((each) => each.includes("."));
  return {
    router: router?.slice(0, router.lastIndexOf(".")),
    names,
    isMethod: names.length > 1 || /View(Set)?$/.test(name),
  };
}
