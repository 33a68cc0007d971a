// An object is changed first, and only then asked whether its client may do so.
import { changes, checkOf } from "../../analysis/access/object-checks.js";
import type { Body } from "../../analysis/body.js";
import { statementsOf } from "../../analysis/handlers/handlers.js";
import { code } from "../../base/markdown.js";
import type { Statement } from "../../python/ast.js";
import { nodesIn } from "../../python/walk.js";
import type { Finding } from "../finding.js";
import { placeIn, productBodies, stepAt, textIn } from "../handler-rule.js";
import type { Rule } from "../rule.js";

/** Changes that stand at once; an attribute that is set stands only when it is saved. */
const STANDS = /\.(save|delete|destroy|remove|unlink|publish|send)\($/;

function check(body: Body): readonly Finding[] {
  if (body.kind !== "function") return [];
  const statements = statementsOf(body);
  if (inTransaction(body, statements)) return [];
  return statements.flatMap((statement, at) => {
    const checked = nodesIn([statement]).flatMap((node) => checkOf(node) ?? [])[0];
    if (!checked || !isPlain(statement)) return [];
    for (const name of checked.about) {
      if (/^(self|cls|request|user|context)$/.test(name)) continue;
      const before = statements.slice(0, at);
      const effect = before.find((each) => changes(each, name) && STANDS.test(calleeText(body, each)));
      const isCheckedBefore = before.some((each) =>
        nodesIn([each]).some((node) => checkOf(node)?.about.has(name)),
      );
      if (effect && !isCheckedBefore) return [finding(body, name, effect, checked.node)];
    }
    return [];
  });
}

/** A check that is a statement of its own, or the header of a refusal. */
const isPlain = ({ kind }: Statement): boolean => kind === "expression" || kind === "if";

/** What fails later in a transaction never was. */
function inTransaction(body: Body, statements: readonly Statement[]): boolean {
  const { definition } = body;
  const worn = "decorators" in definition ? definition.decorators : [];
  return (
    worn.some(({ expression }) => /atomic|transaction/.test(textIn(body, expression))) ||
    statements.some((each) => each.kind === "with" && /atomic|transaction|begin/.test(textIn(body, each)))
  );
}

/** "order.delete(" of `order.delete()`; "" for other statements. */
function calleeText(body: Body, statement: Statement): string {
  if (statement.kind !== "expression") return "";
  const call = statement.value.kind === "await" ? statement.value.value : statement.value;
  return call.kind === "call" ? `${textIn(body, call.callee, 200)}(` : "";
}

function finding(
  body: Body,
  name: string,
  effect: Statement,
  asked: { start: number; end: number },
): Finding {
  return {
    ruleId: "late-access-check",
    message: `${code(name)} is changed before ${code(textIn(body, asked))} asks who may.`,
    help: "Ask first, then change it.",
    severity: "high",
    confidence: "medium",
    where: body.name,
    evidence: [
      stepAt("guard", placeIn(body, asked), `${code(textIn(body, asked))} comes too late to prevent it`),
      stepAt("missing", placeIn(body, effect), `${code(textIn(body, effect))} stands, whoever asks`),
    ],
    identity: [name, textIn(body, effect, 200)],
  };
}

export const lateAccessCheck: Rule = {
  id: "late-access-check",
  family: "access-control",
  cwe: "CWE-696",
  title: "Access checked after the change",
  check: (context) => productBodies(context).flatMap(check),
  docs: {
    what: "A function saves, deletes or sends an object, and asks only behind that whether the client may do so.",
    why: "The client gets an error, and what he asked for is done.",
    bad: `from django.shortcuts import get_object_or_404, redirect

from shop.access import require_access
from shop.models import Order


def cancel(request, number):
    order = get_object_or_404(Order, number=number)
    order.delete()
    require_access(request.user, order)
    return redirect("orders")
`,
    good: `from django.shortcuts import get_object_or_404, redirect

from shop.access import require_access
from shop.models import Order


def cancel(request, number):
    order = get_object_or_404(Order, number=number)
    require_access(request.user, order)
    order.delete()
    return redirect("orders")
`,
    decides:
      "It looks for a check about a variable (a call such as `require_access` or `check_object_permissions`, a condition on its owner that refuses) that stands in the same block behind a statement that saves, deletes or sends that variable.",
    silent:
      "Functions with a transaction; objects that are checked before as well; attributes that are set and not saved; tests.",
  },
};
