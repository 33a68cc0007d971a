// A failed commit whose handler goes on without rolling back.
import { calledName } from "../../analysis/calls/callees.js";
import type { Handler } from "../../analysis/handlers/handlers.js";
import { isDatabaseCall, transactionAround } from "../../analysis/handlers/transactions.js";
import { textOf } from "../../analysis/values/place.js";
import type { World } from "../../analysis/world.js";
import { code } from "../../base/markdown.js";
import type { Call, SyntaxNode } from "../../python/ast.js";
import { nodesIn } from "../../python/walk.js";
import type { Finding } from "../finding.js";
import { handlersIn, headOf, placeIn, stepAt, textIn } from "../handler-rule.js";
import type { Rule } from "../rule.js";

export const missingRollback: Rule = {
  id: "missing-rollback",
  family: "exception-handling",
  cwe: "CWE-460",
  title: "Failed transaction not rolled back",
  docs: {
    what: "A `try` commits or flushes to a database, and its handler goes on without rolling back.",
    why: "The writes before the failure stay in the open transaction. The next commit on the connection makes half of the work visible, or the session refuses all further work.",
    bad: `import logging

log = logging.getLogger(__name__)


def book(session, order, stock):
    try:
        session.add(order)
        stock.count -= order.count
        session.commit()
    except Exception:
        log.exception("order %s not booked", order.id)
        return False
    return True
`,
    good: `import logging

log = logging.getLogger(__name__)


def book(session, order, stock):
    try:
        session.add(order)
        stock.count -= order.count
        session.commit()
    except Exception:
        session.rollback()
        log.exception("order %s not booked", order.id)
        return False
    return True
`,
    decides:
      "It looks for `commit` and `flush` on something called a session, connection or database, and for a call that rolls back, aborts or closes in the handler or the `finally`.",
    silent:
      "Handlers that raise; `with` blocks that end the transaction themselves; calls whose name says that they roll back, reset or close.",
  },
  check: (context) =>
    handlersIn(context).flatMap((handler) => {
      const commit = commitIn(handler);
      return commit && isLeftOpen(context.world, handler) ? finding(handler, commit) : [];
    }),
};

function commitIn({ body, statement }: Handler): Call | undefined {
  return nodesIn(statement.body).find(
    (node): node is Call => node.kind === "call" && isDatabaseCall(body, node, /^(commit|flush)$/),
  );
}

const OF_DATABASE =
  /(^|\.)(DB\w*|SQLAlchemyError|\w*(Database|Integrity|Operational|Programming|Interface|Statement|DBAPI|StaleData|Flush|InvalidRequest|Data|Internal)Error|Error)$/;

function isLeftOpen(world: World, { body, statement, handler, caught, ends, around }: Handler): boolean {
  // The commit raises errors of the database; a handler for others does not see it fail.
  const seesIt = caught.classes.some((names) => names.some((name) => OF_DATABASE.test(name)));
  if (caught.breadth === "narrow" && !seesIt) return false;
  const goesOn = ends.next || ends.returns.length > 0 || ends.jumps.length > 0;
  if (!goesOn || ends.raises.length > 0 || transactionAround(world, body, around)) return false;
  if (statement.body.some(({ kind }) => kind === "with")) return false;
  return ![...nodesIn(handler.body), ...nodesIn(statement.finalizer)].some(undoes);
}

function undoes(node: SyntaxNode): boolean {
  return (
    node.kind === "call" &&
    /rollback|roll_back|abort|close|reset|remove|expunge|undo|revert|dispose|reconnect|fail/i.test(
      calledName(node),
    )
  );
}

function finding(handler: Handler, commit: Call): Finding {
  const { body } = handler;
  const place = headOf(handler);
  const text = textIn(body, commit, 40);
  return {
    ruleId: "missing-rollback",
    message: `When ${code(text)} fails, the transaction stays open half done.`,
    help: "Roll back in the handler before going on.",
    where: body.name,
    severity: "medium",
    confidence: "medium",
    evidence: [
      stepAt("acquire", placeIn(body, commit), "writes to the database"),
      stepAt("sink", place, "goes on without rolling back"),
    ],
    identity: [textOf(place), text],
  };
}
