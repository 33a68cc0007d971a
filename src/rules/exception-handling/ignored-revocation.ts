// A step that takes access away fails, and nobody but the log learns of it.

import { calledName } from "../../analysis/calls/callees.js";
import { endsAccess } from "../../analysis/handlers/decisions.js";
import type { Handler } from "../../analysis/handlers/handlers.js";
import { onlyLogs } from "../../analysis/handlers/reports.js";
import { textOf } from "../../analysis/values/place.js";
import type { World } from "../../analysis/world.js";
import { code } from "../../base/markdown.js";
import type { Call } from "../../python/ast.js";
import { nodesIn } from "../../python/walk.js";
import type { Finding } from "../finding.js";
import { handlersIn, headOf, placeIn, stepAt, textIn } from "../handler-rule.js";
import type { Rule } from "../rule.js";

export const ignoredRevocation: Rule = {
  id: "ignored-revocation",
  family: "exception-handling",
  cwe: "CWE-390",
  title: "Failed revocation ignored",
  docs: {
    what: "A call that takes access away (`revoke_token`, `invalidate_sessions`) runs in a `try` whose handler catches every error and does nothing, or only logs.",
    why: "The caller reports that the access is gone while the token, session or key still works.",
    bad: `import logging

log = logging.getLogger(__name__)


def sign_out(user, store):
    try:
        store.revoke_tokens(user.id)
    except Exception:
        log.warning("tokens of %s stay valid", user.id)
    return {"status": "signed out"}
`,
    good: `import logging

log = logging.getLogger(__name__)


def sign_out(user, store):
    try:
        store.revoke_tokens(user.id)
    except Exception:
        log.exception("tokens of %s stay valid", user.id)
        raise
    return {"status": "signed out"}
`,
    decides:
      "It reads the names of the calls in the `try`, what the handler catches, and whether anything but the log learns of the failure.",
    silent:
      'Handlers for named errors such as "not found"; handlers that raise, return, set a flag or try again; loops that go on with the next of several.',
  },
  check: (context) =>
    handlersIn(context).flatMap((handler) => {
      const call = ignoredIn(context.world, handler);
      return call ? finding(handler, call) : [];
    }),
};

/** The call that takes access away and whose failure nobody learns of. */
export function ignoredIn(world: World, handler: Handler): Call | undefined {
  const call = revocationIn(handler);
  return call && isIgnored(world, handler) ? call : undefined;
}

function revocationIn({ statement }: Handler): Call | undefined {
  return nodesIn(statement.body).find(
    (node): node is Call => node.kind === "call" && endsAccess(calledName(node)),
  );
}

function isIgnored(world: World, { body, handler, caught, ends }: Handler): boolean {
  const goesOn = ends.next && ends.raises.length === 0 && ends.returns.length === 0;
  return caught.breadth !== "narrow" && goesOn && onlyLogs(world, body, handler.body);
}

function finding(handler: Handler, call: Call): Finding {
  const { body } = handler;
  const place = headOf(handler);
  const text = textIn(body, call, 40);
  return {
    ruleId: "ignored-revocation",
    message: `When ${code(text)} fails, the access stays and the caller does not learn of it.`,
    help: "Let the error through, or return it, so that the caller can try again.",
    where: body.name,
    severity: "medium",
    confidence: "medium",
    evidence: [
      stepAt("call", placeIn(body, call), "takes access away"),
      stepAt("sink", place, "keeps its failure to the log"),
    ],
    identity: [textOf(place), text],
  };
}
