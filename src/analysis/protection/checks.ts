// Calls made for their refusal alone (`validate_name(name)`), and decorators, bases and attributes that guard.

import { wordsOf } from "../../base/words.js";
import type { Call, Expression } from "../../python/ast.js";
import type { DefinitionChange } from "./change.js";
import { isReplaced, isStable } from "./conditions.js";
import { callsOf, type Leaf } from "./leaf.js";
import { type Loss, lossAt, lossOfDefinition } from "./loss.js";
import { normalText } from "./normal-text.js";
import { calleeOf, lastNameOf, type Pool } from "./pool.js";
import type { Refusing } from "./refusing.js";
import { exposedBehind, liftedOut, subjectsOf } from "./subject.js";
import { AUTHORIZATION, CHECKING, GREAT, says } from "./words.js";

export function lostChecks(change: DefinitionChange, pool: Pool, refusing: Refusing): readonly Loss[] {
  return change.removed.flatMap((leaf) => {
    const call = statementCall(leaf);
    const protection = call && protectionOf(call, change, refusing);
    if (!protection) return [];
    const name = lastNameOf(call.callee);
    if (pool.calledAsOften(name) || pool.takesOver([name], change)) return [];
    const subjects = call.arguments.flatMap(({ value }) => subjectsOf(value));
    if (isReplaced(protection, subjects, change)) return [];
    const outer = liftedOut(leaf, change.removed);
    const exposed = exposedBehind(outer, protection === "authorization" ? undefined : subjects, change);
    if (!exposed) return [];
    return lossAt("removed", {
      protection,
      did: "checks",
      change,
      base: leaf,
      head: exposed,
      sure: isStable(change) ? "medium" : "low",
    });
  });
}

/** What a call whose result nobody reads protects by refusing; undefined when it does something else. */
function protectionOf(
  call: Call,
  { base }: DefinitionChange,
  refusing: Refusing,
): "authorization" | "validation" | undefined {
  const name = lastNameOf(call.callee);
  const first = wordsOf(name)[0] ?? "";
  const refuses = refusing(name, base.module);
  const isAsked = CHECKING.test(first) || ASKING.test(first);
  if (refuses === "who" && isAsked) return "authorization";
  // `assertEqual` and its like.
  if (/^assert[A-Z_]/.test(name)) return undefined;
  if (isAsked && says(name, AUTHORIZATION)) return "authorization";
  if (ENFORCING.test(dottedText(call.callee)) || checksObject(call)) return "authorization";
  if (!CHECKING.test(first)) return undefined;
  return UNSURE.test(first) && refuses === "nothing" ? undefined : "validation";
}

/** Names that begin so do all sorts of things; the callee must be seen to refuse. */
const UNSURE = /^(check|assert|ensure)$/;

const ASKING =
  /^(has|is|can|check|require|requires|test|must|raise|deny|permission|login|admin|query|guard|protect|demand|ask)$/;

/** `self._enforce(…)`, `policy.enforce(…)`, `policy.check(…)`, `req.perm(resource).require(…)` */
const ENFORCING =
  /(^|\.)_?(enforce|enforce_(policy|acl|rbac|access|scope|action)|policy_(check|enforce)|check_policy|(raise|fail)_if_un\w+)$|(^|[._])(perms?|policy|acls?|enforcer|authorizer|rbac)\.(check|enforce|require|assert_\w+|verify)$/;

/** `self.get_object()`: a generic view's lookup, made for the permissions on the object that it asks. */
function checksObject({ callee }: Call): boolean {
  return /^self\.(get_object|check_object_permissions|check_permissions)$/.test(dottedText(callee));
}

/** The call that is the whole statement, awaited or not. */
export function statementCall({ node }: Leaf): Call | undefined {
  if (node.kind !== "expression") return undefined;
  const value = node.value.kind === "await" ? node.value.value : node.value;
  return value.kind === "call" ? value : undefined;
}

/** A decorator or base class that guards is gone, or asks for less. */
export function lostDecorators(change: DefinitionChange, pool: Pool): readonly Loss[] {
  const { base, head } = change;
  const textsIn = (from: typeof base, list: readonly Expression[]) =>
    list.map((expression) => normalText(from.module.syntax, expression));
  const guards = ({ decorators, bases }: typeof base): readonly Expression[] => [
    ...decorators.map(({ expression }) => expression),
    ...bases.filter(({ form }) => form === "positional").map(({ value }) => value),
  ];
  const headTexts = textsIn(head, guards(head));
  const baseTexts = textsIn(base, guards(base));
  const fresh = guards(head).flatMap((node) => {
    const text = normalText(head.module.syntax, node);
    return baseTexts.includes(text) ? [] : [{ node, text }];
  });
  const first = head.leaves[0];
  if (!head.node || !first) return [];
  return guards(base).flatMap((expression): readonly Loss[] => {
    const text = normalText(base.module.syntax, expression);
    if (headTexts.includes(text) || !isGuard(expression, text, base.node?.kind === "class")) return [];
    const replaced = fresh.filter(({ text: each }) => GUARDING.test(each) || says(each, AUTHORIZATION));
    const weaker = replaced.length > 0 && asksLess(text, replaced.map((each) => each.text).join(" "));
    if (replaced.length > 0 && !weaker) return [];
    if (replaced.length === 0 && isGuardedInside(change)) {
      if (!asksLess(text, change.added.map((leaf) => leaf.text).join(" "))) return [];
    } else if (replaced.length === 0 && pool.calledAsOften(lastNameOf(calleeOf(expression)))) return [];
    return [
      lossOfDefinition(weaker ? "weakened" : "removed", {
        protection: "authorization",
        did: "guards",
        change,
        guard: expression,
        ...(weaker ? { exposed: replaced[0]!.node } : {}),
      }),
    ];
  });
}

/** Decorators and mixins that guard, whatever library they are of. */
export const GUARDING =
  /(require_(http_methods|POST|GET|safe)|login_required|csrf_protect|requires_csrf_token|user_passes_test|jwt_required|token_required|auth_required|throttle|ratelimit|limiter\.limit|LoginRequired|PermissionRequired|UserPassesTest|AccessMixin)/;

function isGuard(expression: Expression, text: string, isClass: boolean): boolean {
  if (/exempt|(^|\.)setter$|fixture|parametrize|override_settings|patch/.test(text)) return false;
  const name = text.startsWith("method_decorator(") ? text : dottedText(calleeOf(expression));
  if (GUARDING.test(name)) return true;
  if (isClass) return /(Required|Permission\w*)Mixin$/.test(lastNameOf(expression));
  return says(name, AUTHORIZATION) && /requir|check|need|protect|only|permission|has_|admin|auth/i.test(name);
}

/** The dotted name of what is called; calls inside are looked through. */
export function dottedText(expression: Expression): string {
  if (expression.kind === "call") return dottedText(expression.callee);
  if (expression.kind === "attribute") return `${dottedText(expression.object)}.${expression.name.id}`;
  return lastNameOf(expression);
}

/** Does `now` lack the great role that `before` asks for? */
function asksLess(before: string, now: string): boolean {
  return says(before, GREAT) && !says(now, GREAT);
}

/** Does the head's body ask for a right that the base's does not? */
function isGuardedInside({ added }: DefinitionChange): boolean {
  return added.some(
    (leaf) =>
      leaf.node.kind !== "import" &&
      leaf.node.kind !== "importFrom" &&
      (callsOf(leaf).some((call) => says(dottedText(call.callee), AUTHORIZATION)) ||
        leaf
          .parts()
          .some(
            (part) =>
              part.kind === "attribute" && /^is_(admin|staff|superuser|authenticated)$/.test(part.name.id),
          )),
  );
}
