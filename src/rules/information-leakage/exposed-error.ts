// The text of an unexpected error, or its traceback, in the answer to a client.
import type { Body } from "../../analysis/body.js";
import { calledName, modelsOf } from "../../analysis/calls/callees.js";
import type { Handler } from "../../analysis/handlers/handlers.js";
import { entryOf } from "../../analysis/taint/entry.js";
import type { World } from "../../analysis/world.js";
import { code } from "../../base/markdown.js";
import type { Assign, Expression, SyntaxNode } from "../../python/ast.js";
import { nodesIn } from "../../python/walk.js";
import type { Finding } from "../finding.js";
import { handlersIn, headOf, placeIn, stepAt, textIn } from "../handler-rule.js";
import type { Rule } from "../rule.js";

export const exposedError: Rule = {
  id: "exposed-error",
  family: "information-leakage",
  cwe: "CWE-209",
  title: "Internal error shown to the client",
  docs: {
    what: "A handler for every error puts the text of the exception, or a traceback, into the answer to a client.",
    why: "The text of an unexpected error names tables, paths, hosts and versions, and sometimes the data of others: what an attacker needs for the next step.",
    bad: `from flask import Flask, jsonify

app = Flask(__name__)
STOCK = {}


@app.get("/stock/<item>")
def show(item):
    try:
        return jsonify(STOCK[item].count())
    except Exception as error:
        return jsonify({"error": str(error)}), 500
`,
    good: `from flask import Flask, jsonify

app = Flask(__name__)
STOCK = {}


@app.get("/stock/<item>")
def show(item):
    try:
        return jsonify(STOCK[item].count())
    except Exception:
        app.logger.exception("no stock")
        return jsonify({"error": "internal error"}), 500
`,
    decides:
      "It looks in handlers for all errors for the caught exception, its text or `traceback.format_exc()` inside calls of frameworks that answer, and in what views return.",
    silent:
      "Handlers for named errors, whose text is written for the client, other than those of a database; text that goes to the log alone.",
    relatives: { codeql: ["py/stack-trace-exposure"], others: ["Pysa 6302"] },
  },
  check: ({ world, ...context }) =>
    handlersIn({ world, ...context }).flatMap((handler) => {
      const isTold = handler.caught.breadth === "narrow" && !isOfDatabase(handler);
      const shown = isTold ? tracebackIn(world, handler) : shownIn(world, handler);
      return shown ? finding(handler, shown) : [];
    }),
};

/** The error, or its text, inside what the client gets. */
function shownIn(world: World, handler: Handler): Expression | undefined {
  const name = handler.handler.name?.id;
  const shows = (node: SyntaxNode) => isTraceback(node) || (name !== undefined && isText(node, name));
  const kept = textsKept(handler, shows);
  for (const answer of answersIn(world, handler)) {
    if (answer.kind === "name" && answer.id === name) return answer;
    const shown = nodesIn([answer]).find(
      (node) => shows(node) || (node.kind === "name" && kept.has(node.id)),
    );
    if (shown) return shown as Expression;
  }
  return undefined;
}

/** The variables of the handler that hold what `shows`: `text = str(error)`. */
function textsKept({ handler }: Handler, shows: (node: SyntaxNode) => boolean): ReadonlySet<string> {
  const assigned = nodesIn(handler.body).flatMap((node) => (node.kind === "assign" ? [node] : []));
  const kept = assigned.filter(({ value }) => value !== undefined && nodesIn([value]).some(shows));
  const others = new Set(assigned.filter((each) => !kept.includes(each)).flatMap(namesSet));
  return new Set(kept.flatMap(namesSet).filter((name) => !others.has(name)));
}

function namesSet({ targets }: Assign): readonly string[] {
  return targets.flatMap((target) => (target.kind === "name" ? [target.id] : []));
}

const OF_DATABASE =
  /(^|\.)(DB\w*Error|DBDuplicateEntry|SQLAlchemyError|StatementError|DBAPIError|DatabaseError|IntegrityError|OperationalError|ProgrammingError|InternalError|DataError|PyMongoError)$/;

/** Errors of a database say the statement and its values, whoever caught them by name. */
function isOfDatabase({ caught }: Handler): boolean {
  return caught.classes.some((names) => names.some((name) => OF_DATABASE.test(name)));
}

function tracebackIn(world: World, handler: Handler): Expression | undefined {
  return answersIn(world, handler)
    .flatMap((answer) => nodesIn([answer]))
    .find(isTraceback) as Expression | undefined;
}

/** What the handler hands to the client. */
function answersIn(world: World, { body, handler }: Handler): readonly Expression[] {
  const isView = answersClients(world, body);
  return nodesIn(handler.body).flatMap((node): readonly Expression[] => {
    if (node.kind === "return" && isView) return node.value ? [node.value] : [];
    if (node.kind !== "call") return [];
    const answers = modelsOf(world, body, node).some(({ sinks }) =>
      sinks?.some(({ kind }) => kind === "response" || kind === "html"),
    );
    return answers || isHttpError(node.callee) ? node.arguments.map(({ value }) => value) : [];
  });
}

/** An exception that becomes an answer, by the name of its status: `HTTPException(500, …)`, `exc.Conflict(…)`. */
const HTTP_ERROR =
  /^(HTTP([A-Z]\w*)?(Exception|Error)|HTTP(BadRequest|Conflict|Forbidden|NotFound|Unauthorized|UnprocessableEntity)|(BadRequest|Conflict|Forbidden|Unauthorized|InternalServerError|ServiceUnavailable|UnprocessableEntity|NotAcceptable)(Error|Exception)?|API(Exception|Error))$/;

function isHttpError(callee: Expression): boolean {
  return HTTP_ERROR.test(
    callee.kind === "attribute" ? callee.name.id : callee.kind === "name" ? callee.id : "",
  );
}

function answersClients(world: World, body: Body): boolean {
  if (body.kind !== "function") return false;
  const entry = entryOf(world, body);
  return entry?.model.protocol === "http" && entry.model.answers !== undefined;
}

function isTraceback(node: SyntaxNode): boolean {
  return node.kind === "call" && /^(format_exc|format_exception|print_exc)$/.test(calledName(node));
}

/** `str(error)`, `f"{error}"`, `error.args`, `error.message`, `"…" % error`. */
function isText(node: SyntaxNode, name: string): boolean {
  const isError = (expression: SyntaxNode | undefined): boolean =>
    expression?.kind === "name" && expression.id === name;
  switch (node.kind) {
    case "call":
      return (
        /^(str|repr|unicode|format|text_type|force_str|force_text|smart_str|smart_text)$/.test(
          calledName(node),
        ) && node.arguments.some(({ value }) => isError(value))
      );
    case "interpolation":
      return isError(node.value);
    case "attribute":
      return isError(node.object) && /^(args|message|msg|__traceback__)$/.test(node.name.id);
    case "binary":
      return (
        (node.operator === "%" || node.operator === "+") &&
        (isError(node.right) || (node.right.kind === "display" && node.right.elements.some(isError)))
      );
    default:
      return false;
  }
}

function finding(handler: Handler, shown: Expression): Finding {
  const { body } = handler;
  const text = textIn(body, shown, 40);
  const ofDatabase = isOfDatabase(handler);
  return {
    ruleId: "exposed-error",
    message: `The client is shown ${code(text)} of ${ofDatabase ? "a database error" : "any error that happens"}.`,
    help: "Log the error, and answer with a text of your own.",
    where: body.name,
    severity: "medium",
    confidence: "medium",
    evidence: [
      stepAt(
        "source",
        headOf(handler),
        ofDatabase ? "catches an error that says the statement" : "catches errors that nobody foresaw",
      ),
      stepAt("sink", placeIn(body, shown), "goes to the client"),
    ],
    identity: [textIn(body, handler.statement.body[0] ?? handler.statement, 80), text],
  };
}
