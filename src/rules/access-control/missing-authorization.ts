// A handler without the access check that its siblings have.
import { type ForgottenCheck, forgottenChecks } from "../../analysis/access/forgotten-check.js";
import { handlerGroups } from "../../analysis/access/handlers.js";
import { isGuardedElsewhere } from "../../analysis/access/served-elsewhere.js";
import { type Body, moduleBodyOf } from "../../analysis/body.js";
import { spanOf } from "../../analysis/values/place.js";
import { code } from "../../base/markdown.js";
import type { RuleContext } from "../context.js";
import type { Confidence, Finding } from "../finding.js";
import type { Rule } from "../rule.js";

function check({ world, roots }: RuleContext): readonly Finding[] {
  const changed = new Set<Body>(roots);
  const modules = new Set(roots.map(moduleBodyOf));
  return [...modules].flatMap((module) =>
    handlerGroups(world, module)
      .flatMap(forgottenChecks)
      .filter(({ handler }) => changed.has(handler.body) && !isGuardedElsewhere(world.program, handler))
      .map(finding),
  );
}

function finding(forgotten: ForgottenCheck): Finding {
  const { handler, group, name, guarded, siblings } = forgotten;
  const named = code(handler.definition.name.id);
  const [example] = guarded;
  const others = `${guarded.length} of ${siblings} siblings`;
  return {
    ruleId: "missing-authorization",
    message: `${named} passes no access check; ${others} pass ${code(name)}.`,
    help: `Let ${named} pass ${code(name)} too, or say in its name or route that it is public.`,
    severity: handler.writes ? "high" : "medium",
    confidence: confidenceIn(forgotten),
    where: handler.body.name,
    evidence: [
      {
        role: "guard",
        span: spanOf(example!.check.place),
        side: "head",
        note: `${code(example!.handler.definition.name.id)} passes ${code(name)}, like ${others} in ${code(group.title)}`,
      },
      {
        role: "missing",
        span: spanOf({ syntax: handler.body.module.syntax, node: handler.definition.name }),
        side: "head",
        note: `${named} ${handler.writes ? "changes something" : "answers"} without any such check`,
      },
    ],
    identity: [handler.definition.name.id, name],
  };
}

/**
 * Grows with the size of the group and its agreement. Reading is often meant for everybody, so it takes more; a class
 * that no framework is known to serve counts less.
 */
function confidenceIn({ handler, group, guarded, siblings }: ForgottenCheck): Confidence {
  const agreement = guarded.length / siblings;
  const isClear = guarded.length >= 5 && agreement >= 0.9;
  if (!group.isServed) return guarded.length >= 4 && agreement >= 0.9 ? "medium" : "low";
  if (!handler.writes) return isClear && agreement > 0.95 ? "medium" : "low";
  return isClear ? "high" : "medium";
}

export const missingAuthorization: Rule = {
  id: "missing-authorization",
  family: "access-control",
  cwe: "CWE-862",
  title: "Missing access check",
  check,
  docs: {
    what: "A function that clients reach passes no access check, while most of its siblings (the routes of the same router, the methods of the same class, the views of the same file) pass the same one.",
    why: "A new route beside guarded ones is the most common way in which a service is opened by accident: nothing fails, and nobody sees it.",
    bad: `from flask import Blueprint, jsonify, request

from app.auth import login_required
from app.models import Order, db

bp = Blueprint("orders", __name__)


@bp.get("/orders")
@login_required
def list_orders():
    return jsonify([order.number for order in Order.query])


@bp.post("/orders")
@login_required
def create_order():
    db.session.add(Order(number=request.json["number"]))
    return "", 201


@bp.put("/orders/<int:number>")
@login_required
def update_order(number):
    Order.query.get(number).state = "paid"
    db.session.commit()
    return ""


@bp.delete("/orders/<int:number>")
def delete_order(number):
    db.session.delete(Order.query.get(number))
    return ""
`,
    good: `from flask import Blueprint, jsonify, request

from app.auth import login_required
from app.models import Order, db

bp = Blueprint("orders", __name__)


@bp.get("/orders")
@login_required
def list_orders():
    return jsonify([order.number for order in Order.query])


@bp.post("/orders")
@login_required
def create_order():
    db.session.add(Order(number=request.json["number"]))
    return "", 201


@bp.put("/orders/<int:number>")
@login_required
def update_order(number):
    Order.query.get(number).state = "paid"
    db.session.commit()
    return ""


@bp.delete("/orders/<int:number>")
@login_required
def delete_order(number):
    db.session.delete(Order.query.get(number))
    return ""
`,
    decides:
      "It groups handlers by router, class and file, and collects what each passes: decorators, dependencies, mixins and attributes of its class, hooks and middleware, what its router is made with, calls and conditions in its body and in the functions of the same class or module that it calls. Where at least three siblings, and three of four, pass the same check, a handler that passes none is reported. Confidence grows with the size of the group and its agreement.",
    silent:
      "Groups without a common check; handlers that pass any other access check, also one that the settings, the URLs or the file that includes the router ask for; what is there for everybody by its name or route (login, health, static files, webhooks); handlers that the change does not touch.",
  },
};
