// Every error caught and dropped without a trace.
import type { Handler } from "../../analysis/handlers/handlers.js";
import { LEVELS, loudest, onlyLogs } from "../../analysis/handlers/reports.js";
import { textOf } from "../../analysis/values/place.js";
import type { World } from "../../analysis/world.js";
import { code } from "../../base/markdown.js";
import type { Finding } from "../finding.js";
import { handlersIn, headOf, stepAt, textIn } from "../handler-rule.js";
import type { Rule } from "../rule.js";
import { openAfter } from "./fails-open.js";
import { ignoredIn } from "./ignored-revocation.js";
import { droppedIn } from "./swallowed-in-transaction.js";

export const swallowedError: Rule = {
  id: "swallowed-error",
  family: "exception-handling",
  cwe: "CWE-390",
  title: "Every error dropped",
  docs: {
    what: "A handler for every error does nothing, or says so only at the level debug.",
    why: "Whatever goes wrong in the `try`, a mistake in the program included, leaves no trace: neither the caller nor an operator learns that the work was not done.",
    bad: `def refresh(prices, feed):
    try:
        prices.update(feed.read())
    except Exception:
        pass
`,
    good: `import logging

log = logging.getLogger(__name__)


def refresh(prices, feed):
    try:
        prices.update(feed.read())
    except Exception:
        log.exception("prices not refreshed")
`,
    decides:
      "It reads what the handler catches, what it does, and how loudly it logs. It is mentioned in the summary only: whether the work may fail silently, the code does not say.",
    silent:
      "Handlers for named errors; handlers that raise, return something, set something or log above debug; `__del__`, and guards around imports.",
    relatives: { bandit: ["B110", "B112"], ruff: ["S110", "S112", "BLE001"], codeql: ["py/empty-except"] },
  },
  check: ({ world, ...context }) =>
    handlersIn({ world, ...context }).flatMap((handler) =>
      isDropped(world, handler) && !isToldElsewhere(world, handler) ? finding(handler) : [],
    ),
};

function isDropped(world: World, { body, statement, handler, caught, ends }: Handler): boolean {
  if (caught.breadth !== "broad" || body.name.endsWith("__del__")) return false;
  const [first] = statement.body;
  if (first?.kind === "import" || first?.kind === "importFrom") return false;
  if (ends.raises.length > 0 || ends.returns.some(({ value }) => value !== undefined)) return false;
  if (!onlyLogs(world, body, handler.body)) return false;
  return LEVELS.indexOf(loudest(world, body, handler.body)) <= LEVELS.indexOf("debug");
}

/** Other rules say what exactly goes wrong here. */
function isToldElsewhere(world: World, handler: Handler): boolean {
  return [openAfter, ignoredIn, droppedIn].some((told) => told(world, handler) !== undefined);
}

function finding(handler: Handler): Finding {
  const { body, statement } = handler;
  const place = headOf(handler);
  const text = textOf(place);
  const what = textIn(body, statement.body[0] ?? statement, 80);
  return {
    ruleId: "swallowed-error",
    message: `${code(text)} drops whatever goes wrong without a trace.`,
    help: "Catch the errors that are expected here, or log the others.",
    where: body.name,
    severity: "low",
    confidence: "low",
    evidence: [stepAt("sink", place, "drops every error")],
    identity: [text, what],
  };
}
