// What stands before a function is entered: dependencies that are injected, hooks before every request, wrapped routes.
import type { Call, Expression, SyntaxNode } from "../../python/ast.js";
import { nodesIn } from "../../python/walk.js";
import type { DefinitionChange } from "./change.js";
import type { Definition } from "./definition.js";
import { definitionsOf } from "./definition.js";
import type { Leaf } from "./leaf.js";
import { type Loss, lossOfDefinition } from "./loss.js";
import { normalText } from "./normal-text.js";
import { calleeOf, lastNameOf } from "./pool.js";
import { refusalOf } from "./refusal.js";
import { AUTHORIZATION, GREAT, says } from "./words.js";

export function lostEntrances(change: DefinitionChange): readonly Loss[] {
  return [...lostDependencies(change), ...lostHooks(change)];
}

const INJECTS = /^(Depends|Security)$/;

/** `Depends(require_admin)` is gone from the decorator or the parameters of a function, and stands nowhere else. */
function lostDependencies(change: DefinitionChange): readonly Loss[] {
  const { base, head } = change;
  if (head.node?.kind !== "function" || base.node?.kind !== "function") return [];
  const roots = (of: Definition): readonly SyntaxNode[] => [
    ...of.decorators,
    ...(of.node?.kind === "function" ? of.node.parameters : []),
  ];
  const before = injected(roots(base)).filter(({ name }) => decides(name));
  const own = injected(roots(head));
  const around = injected(definitionsOf(head.module)[0]?.leaves.flatMap((leaf) => [...leaf.parts()]) ?? []);
  const had = injected(definitionsOf(base.module)[0]?.leaves.flatMap((leaf) => [...leaf.parts()]) ?? []);
  return before.flatMap(({ name, call }): readonly Loss[] => {
    const isThere = own.some((each) => each.name === name || (decides(each.name) && !had.includes(each)));
    const isOnRouter = around.some((each) => each.name === name);
    const others = own.filter((each) => decides(each.name) && !before.some((it) => it.name === each.name));
    if (isThere || isOnRouter || others.length > 0 || isInType(call, base, head)) return [];
    return [
      lossOfDefinition("removed", {
        protection: "authorization",
        did: "must succeed first",
        change,
        guard: call,
      }),
    ];
  });
}

/** `admin=Depends(current_admin)` is `admin: CurrentAdmin` now: the type of the parameter that stands may hold it. */
function isInType(call: Call, base: Definition, head: Definition): boolean {
  if (base.node?.kind !== "function" || head.node?.kind !== "function") return false;
  const before = base.node.parameters.find(({ start, end }) => start <= call.start && end >= call.end);
  const after = before && head.node.parameters.find(({ name }) => name.id === before.name.id);
  if (!after?.annotation) return false;
  const was = before?.annotation && normalText(base.module.syntax, before.annotation);
  return normalText(head.module.syntax, after.annotation) !== was;
}

interface Injected {
  readonly name: string;
  readonly call: Call;
}

function injected(roots: readonly SyntaxNode[]): readonly Injected[] {
  return nodesIn(roots).flatMap((node) => {
    if (node.kind !== "call" || !INJECTS.test(lastNameOf(node.callee))) return [];
    const [dependency] = node.arguments;
    return dependency ? [{ name: lastNameOf(calleeOf(dependency.value)), call: node }] : [];
  });
}

/** Does it fail for some callers: by its name a check, or what yields a user with a role? */
function decides(name: string): boolean {
  return (
    says(name, AUTHORIZATION) || says(name, GREAT) || /current_(active_)?\w*user|verify|require/i.test(name)
  );
}

const BEFORE = /(^|\.)before(_app)?_request$/;

/** A function that a hook ran before every request, and that refused, is gone. */
function lostHooks(change: DefinitionChange): readonly Loss[] {
  const { base, head } = change;
  if (base.node !== undefined) return [];
  const known = definitionsOf(head.module);
  return definitionsOf(base.module).flatMap((hook): readonly Loss[] => {
    const worn = hook.decorators.find(({ expression }) =>
      BEFORE.test(normalText(base.module.syntax, calleeOf(expression))),
    );
    if (
      !worn ||
      !hook.leaves.some(forbids) ||
      known.some(({ decorators }) => decorators.some((each) => isHook(each.expression, head)))
    )
      return [];
    const exposed = known.find(({ decorators }) => decorators.some((each) => isRoute(each.expression)));
    const was = definitionsOf(base.module).find(({ name }) => name === exposed?.name);
    if (!exposed?.node || !was || guardsMore(exposed, was)) return [];
    return [
      lossOfDefinition("removed", {
        protection: "authorization",
        did: "refuses before every request",
        change,
        guard: worn.expression,
        exposed: exposed.node.name,
      }),
    ];
  });
}

function isHook(expression: Expression, { module }: Definition): boolean {
  return BEFORE.test(normalText(module.syntax, calleeOf(expression)));
}

function forbids({ node }: Leaf): boolean {
  return node.kind === "if" && (refusalOf(node.body) ?? refusalOf(node.otherwise))?.isForbidden === true;
}

function isRoute(expression: Expression): boolean {
  return /^(route|get|post|put|delete|patch)$/.test(lastNameOf(calleeOf(expression)));
}

/** Has a function more decorators, or more to say of who may do it, than it had? */
function guardsMore(now: Definition, was: Definition): boolean {
  const words = (of: Definition) =>
    of.text.match(/\w+/g)?.filter((word) => says(word, AUTHORIZATION)).length ?? 0;
  return now.decorators.length > was.decorators.length || words(now) > words(was);
}
