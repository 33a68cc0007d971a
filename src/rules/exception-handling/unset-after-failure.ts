// A handler goes on with a variable that the failed attempt was to set.

import type { Body } from "../../analysis/body.js";
import { caughtBy } from "../../analysis/handlers/caught.js";
import { type DeletedName, deletedNamesIn } from "../../analysis/handlers/deleted-name.js";
import { type Stale, staleIn } from "../../analysis/handlers/stale.js";
import { textOf } from "../../analysis/values/place.js";
import type { World } from "../../analysis/world.js";
import { code } from "../../base/markdown.js";
import type { Finding } from "../finding.js";
import { headOf, placeIn, productBodies, stepAt, textIn } from "../handler-rule.js";
import type { Rule } from "../rule.js";

export const unsetAfterFailure: Rule = {
  id: "unset-after-failure",
  family: "exception-handling",
  cwe: "CWE-390",
  title: "Value of a failed call used",
  docs: {
    what: "A `try` sets a variable from a call. When that call fails, a handler, or the code behind it, uses the variable all the same; or the name of the handler's own exception is used behind the handler, where Python 3 has deleted it.",
    why: "In a loop it still holds the value of the round before: the wrong address is released, the wrong user is answered. Outside of one the use raises `UnboundLocalError`, which hides the error that was to be handled and skips what the handler was to do.",
    bad: `def assign(pool, ports):
    for port in ports:
        try:
            address = pool.allocate(port)
            port.bind(address)
        except Exception:
            pool.release(address)
`,
    good: `def assign(pool, ports):
    for port in ports:
        address = pool.allocate(port)
        try:
            port.bind(address)
        except Exception:
            pool.release(address)
`,
    decides:
      "Reaching definitions over the graph with its exception edges: nothing but the body of the `try` sets the variable, from a call that may fail, and a handler leads to the use.",
    silent:
      "Variables with a value before the `try`; uses behind an `if`; calls that hardly fail. A handler for named errors with more calls behind the assignment is said with low confidence: the error may come from those.",
    relatives: { codeql: ["py/uninitialized-local-variable"], others: ["Pylint E0606"] },
  },
  check: (context) =>
    productBodies(context).flatMap((body) => [
      ...staleIn(context.world, body).map((stale) => finding(context.world, body, stale)),
      ...deletedNamesIn(context.world, body).map((deleted) => deletedFinding(body, deleted)),
    ]),
};

function finding(world: World, body: Body, stale: Stale): Finding {
  const { assignment, call, use, handler, isEarlier, isCertain } = stale;
  const place = placeIn(body, use);
  const called = code(textIn(body, call.callee, 40));
  const after = isEarlier ? "still has the value of the round before" : "is not set";
  const isSure = isCertain || caughtBy(world, body, handler).breadth !== "narrow";
  return {
    ruleId: "unset-after-failure",
    message: `${code(use.id)} ${after} when ${called} fails.`,
    help: "Move the call in front of the `try`, or set the variable before it.",
    where: body.kind === "function" ? body.name : "",
    severity: isEarlier ? "medium" : "low",
    confidence: isSure ? "medium" : "low",
    evidence: [
      stepAt("call", placeIn(body, assignment), "sets it, unless the call fails"),
      stepAt("flow", headOf({ body, handler }), "the failure leads here"),
      stepAt("sink", place, isEarlier ? "uses what an earlier round left" : "raises `UnboundLocalError`"),
    ],
    identity: [use.id, textOf(placeIn(body, call), 100)],
  };
}

function deletedFinding(body: Body, { handler, use }: DeletedName): Finding {
  return {
    ruleId: "unset-after-failure",
    message: `${code(use.id)} is not set here: Python deletes the name at the end of its handler.`,
    help: "Keep what is needed of the error in a variable of its own, inside the handler.",
    where: body.kind === "function" ? body.name : "",
    severity: "low",
    confidence: "medium",
    evidence: [
      stepAt("flow", headOf({ body, handler }), `${code(use.id)} lives until this handler ends`),
      stepAt("sink", placeIn(body, use), "raises `UnboundLocalError`"),
    ],
    identity: [use.id, "deleted"],
  };
}
