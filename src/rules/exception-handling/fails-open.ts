// A handler around a security decision that lets the program go on as if the decision had been "yes".
import type { Decision } from "../../analysis/handlers/decisions.js";
import { decisionsIn } from "../../analysis/handlers/decisions.js";
import { endsOf } from "../../analysis/handlers/ends.js";
import type { Handler } from "../../analysis/handlers/handlers.js";
import { onlyLogs } from "../../analysis/handlers/reports.js";
import { textOf } from "../../analysis/values/place.js";
import type { World } from "../../analysis/world.js";
import { code } from "../../base/markdown.js";
import { lastPart } from "../../base/words.js";
import type { Expression, Return, Statement } from "../../python/ast.js";
import { nodesIn } from "../../python/walk.js";
import type { Confidence, Finding } from "../finding.js";
import { handlersIn, headOf, placeIn, stepAt, textIn } from "../handler-rule.js";
import type { Rule } from "../rule.js";

export const failsOpen: Rule = {
  id: "fails-open",
  family: "exception-handling",
  cwe: "CWE-636",
  title: "Failed check counts as passed",
  docs: {
    what: "A check of a signature, identity or permission runs in a `try`, and its handler goes on as if the check had passed: it returns the answer of success, or does nothing and falls through.",
    why: "Whoever can make the check raise is let in: a malformed token, a key that cannot be parsed, a directory that does not answer.",
    bad: `import logging

import jwt

log = logging.getLogger(__name__)


def is_trusted(token, key):
    try:
        jwt.decode(token, key, algorithms=["HS256"])
        return True
    except Exception:
        log.warning("token not checked")
        return True
`,
    good: `import logging

import jwt

log = logging.getLogger(__name__)


def is_trusted(token, key):
    try:
        jwt.decode(token, key, algorithms=["HS256"])
        return True
    except jwt.InvalidTokenError:
        log.warning("token refused")
        return False
`,
    decides:
      "It knows the deciding calls of libraries (JWT, `cryptography`, password hashers, policies) and names such as `verify_signature` or `check_permission`; it compares how the `try` and the handler end. A handler that only logs counts as doing nothing.",
    silent:
      "Handlers that raise, return False or None, set a flag or a default, or report to the caller; checks whose result the program asks afterwards.",
    relatives: { bandit: ["B110"], ruff: ["S110", "BLE001"], codeql: ["py/empty-except"] },
  },
  check: (context) =>
    handlersIn(context).flatMap((handler) => {
      const open = openAfter(context.world, handler);
      return open ? finding(handler, open) : [];
    }),
};

interface Open {
  readonly decision: Decision;
  /** What the handler does instead of refusing. */
  readonly instead: string;
  readonly confidence: Confidence;
}

export function openAfter(world: World, handler: Handler): Open | undefined {
  const { body, statement } = handler;
  const decisions = decisionsIn(world, body, statement.body);
  const decision = decisions[0];
  if (!decision || !stopsRefusal(handler)) return undefined;
  const granted = grantingReturn(world, handler);
  if (granted) {
    const instead = `returns ${code(textIn(body, granted.value!, 30))}, as after a check that passed`;
    return { decision, instead, confidence: "high" };
  }
  const ignored = decisions.find(({ call }) => isStatementOf(statement.body, call));
  if (!ignored || !goesOnAlike(world, handler)) return undefined;
  return { decision: ignored, instead: "goes on as if the check had passed", confidence: "medium" };
}

const REFUSALS =
  /(Signature|Auth|Permission|Forbidden|Invalid|Verif|Decrypt|Expired|JWT|JOSE|Token|Cert|Denied|Unauthorized|Mismatch|Security|SSL|Value|Key|Access|Crypto|Assertion)/;

/** Everything, or errors whose name speaks of refusal. */
function stopsRefusal({ caught }: Handler): boolean {
  if (caught.breadth !== "narrow") return true;
  return caught.classes.some(([name]) => REFUSALS.test(lastPart(name)));
}

/** The handler's return of True, where the `try` returns True when the check passed. */
function grantingReturn(world: World, { body, statement, handler, ends }: Handler): Return | undefined {
  const success = endsOf(world, body, [...statement.body, ...statement.otherwise]);
  const granted = ends.returns.find(({ value }) => value?.kind === "constant" && value.value === true);
  if (!granted) return undefined;
  const decided = success.returns.some(({ value }) => value !== undefined && !isRefusal(value));
  return decided || (success.next && handler.body.length > 0) ? granted : undefined;
}

function isRefusal(value: Expression): boolean {
  return value.kind === "constant" && value.value !== true;
}

/** Is the call a statement of its own, or does its result replace what was checked (`data = verify(data)`)? */
function isStatementOf(statements: readonly Statement[], call: Expression): boolean {
  return statements.some((statement) => {
    if (statement.kind === "with") return isStatementOf(statement.body, call);
    if (statement.kind === "expression") return unawaited(statement.value) === call;
    if (statement.kind !== "assign" || !statement.value || unawaited(statement.value) !== call) return false;
    const [target] = statement.targets;
    return (
      target?.kind === "name" && nodesIn([call]).some((node) => node.kind === "name" && node.id === target.id)
    );
  });
}

function unawaited(expression: Expression): Expression {
  return expression.kind === "await" ? expression.value : expression;
}

/** Does the handler, telling nobody but the log, end up where a passed check does? */
function goesOnAlike(world: World, { body, statement, handler, ends }: Handler): boolean {
  if (!onlyLogs(world, body, handler.body) || ends.raises.length > 0) return false;
  const success = endsOf(world, body, [...statement.body, ...statement.otherwise]);
  if (ends.next) return success.next && ends.returns.length === 0 && ends.jumps.length === 0;
  return false;
}

function finding(handler: Handler, { decision, instead, confidence }: Open): Finding {
  const { body } = handler;
  const place = headOf(handler);
  const call = textIn(body, decision.call, 40);
  return {
    ruleId: "fails-open",
    message: `When ${code(call)} fails, this handler ${instead.startsWith("goes") ? "goes on as if it had passed" : "answers as if it had passed"}.`,
    help: "Refuse in the handler: raise, or return what a failed check returns.",
    where: body.name,
    severity: "high",
    confidence,
    evidence: [
      stepAt("guard", placeIn(body, decision.call), `decides about ${decision.about}`),
      stepAt("sink", place, instead),
    ],
    identity: [textOf(place), call],
  };
}
