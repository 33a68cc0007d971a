// A write inside a transaction fails, its error is dropped, and the transaction commits the rest.
import { calledName } from "../../analysis/calls/callees.js";
import type { Handler } from "../../analysis/handlers/handlers.js";
import { LEVELS, loudest, onlyLogs } from "../../analysis/handlers/reports.js";
import { isTransaction, transactionAround } from "../../analysis/handlers/transactions.js";
import { textOf } from "../../analysis/values/place.js";
import type { World } from "../../analysis/world.js";
import { code } from "../../base/markdown.js";
import { wordsOf } from "../../base/words.js";
import type { Call, With } from "../../python/ast.js";
import { nodesIn } from "../../python/walk.js";
import type { Finding } from "../finding.js";
import { handlersIn, headOf, placeIn, stepAt, textIn } from "../handler-rule.js";
import type { Rule } from "../rule.js";

export const swallowedInTransaction: Rule = {
  id: "swallowed-in-transaction",
  family: "exception-handling",
  cwe: "CWE-390",
  title: "Failure dropped inside a transaction",
  docs: {
    what: "Inside the `with` block of a transaction a call that changes something fails, and a handler for every error drops the failure.",
    why: "The block ends normally, so that the transaction commits what was done before and after. State in the database and state elsewhere part, and after a database error the transaction is unusable without anybody knowing why.",
    bad: `import logging

log = logging.getLogger(__name__)


def release(session, pool, addresses):
    with session.begin():
        for address in addresses:
            session.delete(address)
            try:
                pool.deallocate(address.ip)
            except Exception:
                log.debug("could not release %s", address.ip)
`,
    good: `import logging

log = logging.getLogger(__name__)


def release(session, pool, addresses):
    with session.begin():
        for address in addresses:
            session.delete(address)
            pool.deallocate(address.ip)
`,
    decides:
      "It knows what begins a transaction (SQLAlchemy, Django, oslo.db, peewee), which calls change something by their names, and whether the handler does more than log.",
    silent:
      "Handlers for named errors; handlers that raise, set a flag or undo something; a nested transaction of its own around the call; code outside of transactions.",
    relatives: { ruff: ["BLE001"], others: ["Pylint broad-exception-caught"] },
  },
  check: ({ world, ...context }) =>
    handlersIn({ world, ...context }).flatMap((handler) => {
      const dropped = droppedIn(world, handler);
      return dropped ? finding(world, handler, dropped) : [];
    }),
};

interface Dropped {
  readonly transaction: With;
  readonly change: Call;
}

/** The change whose failure the handler drops, and the transaction around it. */
export function droppedIn(world: World, handler: Handler): Dropped | undefined {
  const transaction = transactionAround(world, handler.body, handler.around);
  const change = transaction && changeIn(world, handler);
  return change && isDropped(world, handler) ? { transaction, change } : undefined;
}

const CHANGES = new Set(
  "allocate deallocate release reserve unreserve create save delete update insert remove add commit flush execute bulk store persist write destroy bind unbind attach detach assign transfer charge refund".split(
    " ",
  ),
);

function changeIn(world: World, { body, statement }: Handler): Call | undefined {
  const nodes = nodesIn(statement.body);
  const nested = nodes.some(
    (node) => node.kind === "with" && node.items.some(({ context }) => isTransaction(world, body, context)),
  );
  if (nested) return undefined;
  return nodes.find(
    (node): node is Call =>
      node.kind === "call" &&
      node.callee.kind === "attribute" &&
      CHANGES.has(wordsOf(calledName(node))[0] ?? ""),
  );
}

function isDropped(world: World, { body, handler, caught, ends }: Handler): boolean {
  return (
    caught.breadth !== "narrow" &&
    ends.next &&
    ends.raises.length === 0 &&
    onlyLogs(world, body, handler.body)
  );
}

function finding(world: World, handler: Handler, { transaction, change }: Dropped): Finding {
  const { body } = handler;
  const place = headOf(handler);
  const text = textIn(body, change, 40);
  const level = loudest(world, body, handler.handler.body);
  const quiet = LEVELS.indexOf(level) < LEVELS.indexOf("warning");
  const [item] = transaction.items;
  return {
    ruleId: "swallowed-in-transaction",
    message: `The transaction commits although ${code(text)} failed.`,
    help: "Let the error end the transaction, or undo what belongs to the failed step.",
    where: body.name,
    severity: quiet ? "medium" : "low",
    confidence: "medium",
    evidence: [
      stepAt("acquire", placeIn(body, item ?? transaction), "begins the transaction"),
      stepAt("call", placeIn(body, change), "changes something"),
      stepAt("sink", place, level === "nothing" ? "drops its failure" : `only logs its failure (${level})`),
    ],
    identity: [textOf(place), text],
  };
}
