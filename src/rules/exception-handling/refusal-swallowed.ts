// A handler for every error that also catches the refusal which its own `try` raises.
import { calleesOf } from "../../analysis/calls/callees.js";
import { classesNamed } from "../../analysis/handlers/caught.js";
import type { Handler } from "../../analysis/handlers/handlers.js";
import { textOf } from "../../analysis/values/place.js";
import type { World } from "../../analysis/world.js";
import { code } from "../../base/markdown.js";
import { isRefusal, raisesRefusal } from "../../models/refusals.js";
import type { Call, Raise, SyntaxNode } from "../../python/ast.js";
import { nodesIn } from "../../python/walk.js";
import type { Finding } from "../finding.js";
import { handlersIn, headOf, placeIn, stepAt, textIn } from "../handler-rule.js";
import type { Rule } from "../rule.js";

export const refusalSwallowed: Rule = {
  id: "refusal-swallowed",
  family: "exception-handling",
  cwe: "CWE-396",
  title: "Refusal caught by its own handler",
  docs: {
    what: "A `try` refuses the client with an exception of the framework (`HTTPException(403)`, `abort(404)`, `Http404`), and a handler for every error around it catches that exception.",
    why: "The client gets another answer than the one that was meant, a refused request counts as a failure or, where the handler goes on, as allowed.",
    bad: `from fastapi import FastAPI, HTTPException

app = FastAPI()
ORDERS = {}


@app.get("/orders/{number}")
def show(number: int):
    try:
        order = ORDERS.get(number)
        if order is None:
            raise HTTPException(status_code=404)
        return order
    except Exception:
        return {"error": "something went wrong"}
`,
    good: `from fastapi import FastAPI, HTTPException

app = FastAPI()
ORDERS = {}


@app.get("/orders/{number}")
def show(number: int):
    try:
        order = ORDERS.get(number)
        if order is None:
            raise HTTPException(status_code=404)
        return order
    except HTTPException:
        raise
    except Exception:
        return {"error": "something went wrong"}
`,
    decides:
      "It knows the exceptions with which frameworks answer, classes of the repository derived from them, and the functions that raise them, and looks whether a handler before lets them through.",
    silent:
      "Handlers that raise what they caught again, on whatever condition; a nearer `try` that catches the refusal on purpose.",
    relatives: {
      bandit: ["B110", "B112"],
      ruff: ["S110", "S112", "BLE001"],
      codeql: ["py/catch-base-exception"],
      others: ["Pylint broad-exception-caught"],
    },
  },
  check: ({ world, ...context }) =>
    handlersIn({ world, ...context }).flatMap((handler) => {
      const refusal = refusalIn(world, handler);
      return refusal && takesIt(world, handler) ? finding(handler, refusal) : [];
    }),
};

/** The first refusal that the `try` raises, unless a `try` inside takes care of it. */
function refusalIn(world: World, { body, statement }: Handler): Raise | Call | undefined {
  const inner = nodesIn(statement.body).filter((node) => node.kind === "try" && node.handlers.length > 0);
  const caughtInside = (node: SyntaxNode) =>
    inner.some(({ start, end }) => start <= node.start && node.end <= end);
  return nodesIn(statement.body).find(
    (node): node is Raise | Call => refuses(world, body, node) && !caughtInside(node),
  );
}

function refuses(world: World, body: Handler["body"], node: SyntaxNode): boolean {
  if (node.kind === "call") {
    return calleesOf(world, body, node).some((ref) => ref.kind === "symbol" && raisesRefusal(ref.name));
  }
  if (node.kind !== "raise" || !node.exception) return false;
  const { exception } = node;
  return classesNamed(world, body, exception.kind === "call" ? exception.callee : exception)
    .flat()
    .some(isRefusal);
}

/** Every error ends here: no handler before lets the refusal through, and this one does not raise it again. */
function takesIt(world: World, { body, statement, handler, caught, ends }: Handler): boolean {
  if (caught.breadth === "narrow") return false;
  const again = ends.raises.some(
    (raise) =>
      raise.kind === "raise" &&
      (!raise.exception || (raise.exception.kind === "name" && raise.exception.id === handler.name?.id)),
  );
  if (again) return false;
  const earlier = statement.handlers.slice(0, statement.handlers.indexOf(handler));
  return !earlier.some(({ type }) => {
    if (!type) return false;
    const types = type.kind === "display" ? type.elements : [type];
    return types.some((each) => classesNamed(world, body, each).flat().some(isRefusal));
  });
}

function finding(handler: Handler, refusal: Raise | Call): Finding {
  const { body } = handler;
  const place = headOf(handler);
  const text = textIn(body, refusal, 40);
  return {
    ruleId: "refusal-swallowed",
    message: `${code(textOf(place))} also catches ${code(text)} of its own \`try\`.`,
    help: "Let the refusal through in a handler before this one, or move it out of the `try`.",
    where: body.name,
    severity: handler.ends.next ? "medium" : "low",
    confidence: "medium",
    evidence: [
      stepAt("guard", placeIn(body, refusal), "refuses the client"),
      stepAt("sink", place, "catches the refusal like any failure"),
    ],
    identity: [textOf(place), text],
  };
}
