// Checks of clients that `python -O` leaves out.
import type { Body } from "../../analysis/body.js";
import { hasDecorator } from "../../analysis/body.js";
import { statementsOf } from "../../analysis/handlers/handlers.js";
import { code } from "../../base/markdown.js";
import type { Assert } from "../../python/ast.js";
import { nodesIn } from "../../python/walk.js";
import type { Finding } from "../finding.js";
import { placeIn, productBodies, stepAt, textIn } from "../handler-rule.js";
import type { Rule } from "../rule.js";

const REQUEST_DATA =
  /\brequest\.(args|form|json|values|GET|POST|query_params|data|headers|cookies|files|FILES|get_json|match_info|query|params)\b/;
const AUTHORIZATION =
  /\b(has_perms?|has_permission|is_admin|is_superuser|is_staff|is_owner|check_password|compare_digest|can_(edit|delete|access|view))\b/;
/** What a type checker is told. */
const FOR_TYPES = /^(isinstance|issubclass)\(|\bis not None$|\bis None$/;

/** Names that hold what a client sent, as they are assigned in the body itself. */
function namesOfRequestData(body: Body): ReadonlySet<string> {
  const names = nodesIn(statementsOf(body)).flatMap((node) => {
    const [target] = node.kind === "assign" ? node.targets : [];
    if (node.kind !== "assign" || target?.kind !== "name" || !node.value) return [];
    return REQUEST_DATA.test(textIn(body, node.value, 200)) ? [target.id] : [];
  });
  return new Set(names);
}

function isValidation(body: Body, { test }: Assert, names: ReadonlySet<string>): boolean {
  const text = textIn(body, test, 300);
  if (FOR_TYPES.test(text) || test.kind === "name") return false;
  if (AUTHORIZATION.test(text) || REQUEST_DATA.test(text)) return true;
  return nodesIn([test]).some((node) => node.kind === "name" && names.has(node.id));
}

/** Another check has let the client through: the assertion only writes it down. */
function isGuarded(body: Body): boolean {
  if (body.kind !== "function") return true;
  return ["login_required", "permission_required", "require_admin", "authenticated"].some((name) =>
    hasDecorator(body.definition, name),
  );
}

function finding(body: Body, assertion: Assert): Finding {
  const text = textIn(body, assertion.test, 60);
  return {
    ruleId: "assert-as-validation",
    message: `${code(text)} is checked by \`assert\`, which optimised Python leaves out.`,
    help: "Test it with `if`, and answer with an error.",
    where: body.name,
    severity: "medium",
    confidence: "medium",
    evidence: [stepAt("sink", placeIn(body, assertion), "is left out with `python -O`")],
    identity: [text],
  };
}

export const assertAsValidation: Rule = {
  id: "assert-as-validation",
  family: "input-validation",
  cwe: "CWE-617",
  title: "Validation by assertion",
  check: (context) =>
    productBodies(context).flatMap((body) => {
      if (isGuarded(body)) return [];
      const assertions = nodesIn(statementsOf(body)).filter((node): node is Assert => node.kind === "assert");
      if (assertions.length === 0) return [];
      const names = namesOfRequestData(body);
      return assertions
        .filter((assertion) => isValidation(body, assertion, names))
        .map((assertion) => finding(body, assertion));
    }),
  docs: {
    what: "Data of a request, or whether its sender may do this, is checked by an `assert` statement.",
    why: "Python started with `-O` or `PYTHONOPTIMIZE` does not run assertions: the check is gone, and nothing says so. Where they run, a client that fails one gets an internal error.",
    bad: `from flask import Flask, request

app = Flask(__name__)


@app.post("/orders")
def order():
    amount = request.form["amount"]
    assert amount in ("1", "2", "3")
    return amount
`,
    good: `from flask import Flask, abort, request

app = Flask(__name__)


@app.post("/orders")
def order():
    amount = request.form["amount"]
    if amount not in ("1", "2", "3"):
        abort(400)
    return amount
`,
    decides:
      "It looks for assertions about data of a request, also by a name that was assigned from it, and about permissions and passwords.",
    silent:
      "Assertions for type checkers (`isinstance`, `is not None`); views behind a decorator that requires a login; other functions' assertions about their own state; tests.",
    relatives: { bandit: ["B101"], ruff: ["S101"] },
  },
};
