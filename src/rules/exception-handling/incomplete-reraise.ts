// A handler that raises for the cases it knows, and drops all others without a word.
import { endsOf } from "../../analysis/handlers/ends.js";
import type { Handler } from "../../analysis/handlers/handlers.js";
import { onlyLogs } from "../../analysis/handlers/reports.js";
import { textOf } from "../../analysis/values/place.js";
import type { World } from "../../analysis/world.js";
import { code } from "../../base/markdown.js";
import type { Expression, If, Raise } from "../../python/ast.js";
import type { Finding } from "../finding.js";
import { handlersIn, headOf, placeIn, stepAt, textIn } from "../handler-rule.js";
import type { Rule } from "../rule.js";

export const incompleteReraise: Rule = {
  id: "incomplete-reraise",
  family: "exception-handling",
  cwe: "CWE-390",
  title: "Other errors dropped",
  docs: {
    what: "A handler asks which error it caught, raises for the ones it knows, and does nothing with all others.",
    why: "The unknown error, which is the interesting one, disappears: the caller goes on as if the `try` had succeeded.",
    bad: `class Conflict(Exception):
    pass


def insert(database, row):
    try:
        database.insert(row)
    except Exception as error:
        if "duplicate" in str(error):
            raise Conflict(row["id"])
`,
    good: `class Conflict(Exception):
    pass


def insert(database, row):
    try:
        database.insert(row)
    except Exception as error:
        if "duplicate" in str(error):
            raise Conflict(row["id"])
        raise
`,
    decides:
      "It takes apart `if` chains in handlers: a positive test of the exception, branches that raise another error, no `else`, and nothing behind it.",
    silent:
      "The opposite test (`if error.errno != ENOENT: raise`), which lets one known error pass; handlers for one narrow error; anything done behind the `if`, a return and a log line above debug included.",
  },
  check: (context) =>
    handlersIn(context).flatMap((handler) => {
      const known = onlyKnown(context.world, handler);
      return known ? finding(handler, known) : [];
    }),
};

interface Known {
  readonly test: Expression;
  readonly raise: Raise;
}

/** The first branch of a handler that consists of branches which raise something else. */
function onlyKnown(world: World, { body, handler, ends }: Handler): Known | undefined {
  if (!ends.next || ends.raises.length === 0 || !handler.name) return undefined;
  const last = handler.body.at(-1);
  if (last?.kind !== "if" || !onlyLogs(world, body, handler.body.slice(0, -1))) return undefined;
  if (handler.body.length > 1) return undefined;
  let first: Known | undefined;
  for (let branch: If | undefined = last; branch; ) {
    const raise = branch.body.at(-1);
    if (raise?.kind !== "raise" || endsOf(world, body, branch.body).next) return undefined;
    if (!raise.exception || !asksPositively(branch.test, handler.name.id, textIn(body, branch.test, 300))) {
      return undefined;
    }
    if (raise.exception.kind === "name" && raise.exception.id === handler.name.id) return undefined;
    first ??= { test: branch.test, raise };
    const [next, ...more] = branch.otherwise as readonly If[];
    if (next && (next.kind !== "if" || more.length > 0)) return undefined;
    branch = next;
  }
  return first;
}

/** `error.code == 1062`, `"duplicate" in str(error)`, `isinstance(error, A)`. */
function asksPositively(test: Expression, name: string, text: string): boolean {
  if (!new RegExp(`\\b${name}\\b`).test(text)) return false;
  if (test.kind === "comparison")
    return test.operators.every((operator) => operator === "==" || operator === "in");
  return test.kind === "call";
}

function finding(handler: Handler, { test, raise }: Known): Finding {
  const { body } = handler;
  const place = headOf(handler);
  const text = textIn(body, test, 40);
  return {
    ruleId: "incomplete-reraise",
    message: `Errors other than ${code(text)} are dropped here without a trace.`,
    help: "Add a bare `raise` behind the `if`.",
    where: body.name,
    severity: "medium",
    confidence: handler.caught.breadth === "narrow" ? "low" : "medium",
    evidence: [
      stepAt("guard", placeIn(body, raise), "raises for the errors that are known"),
      stepAt("sink", place, "does nothing with all others"),
    ],
    identity: [textOf(place), text],
  };
}
