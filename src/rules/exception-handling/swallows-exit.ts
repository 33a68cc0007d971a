// A bare `except:` or `except BaseException` that does not raise again.
import type { Handler } from "../../analysis/handlers/handlers.js";
import { handsOn } from "../../analysis/handlers/reports.js";
import { lastNameOf } from "../../analysis/protection/pool.js";
import { textOf } from "../../analysis/values/place.js";
import type { World } from "../../analysis/world.js";
import { code } from "../../base/markdown.js";
import type { Statement } from "../../python/ast.js";
import { nodesIn } from "../../python/walk.js";
import type { Confidence, Finding } from "../finding.js";
import { handlersIn, headOf, stepAt, textIn } from "../handler-rule.js";
import type { Rule } from "../rule.js";

export const swallowsExit: Rule = {
  id: "swallows-exit",
  family: "exception-handling",
  cwe: "CWE-396",
  title: "Exit and cancellation swallowed",
  docs: {
    what: "A bare `except:` or `except BaseException:` does not raise what it caught again.",
    why: "Such a handler also stops `SystemExit`, `KeyboardInterrupt`, `GeneratorExit` and the cancellation of a task, and every programming error with them. A shutdown or a timeout is ignored, and the work goes on in a state that nobody planned.",
    bad: `import json


def load_limits(path):
    try:
        with open(path) as file:
            return json.load(file)
    except:
        return {}
`,
    good: `import json


def load_limits(path):
    try:
        with open(path) as file:
            return json.load(file)
    except (OSError, ValueError):
        return {}
`,
    decides:
      "It reads what the handler catches, through aliases and tuples, and on which paths it raises. Turning everything into another exception counts as swallowing.",
    silent:
      "Handlers around a mere conversion (`int(text)`) are mentioned in the summary only. Handlers that raise again or end the process, that keep the exception for somebody else (`future.set_exception(e)`), guards around imports, `__del__`, and a handler behind another one that lets exits through.",
    relatives: {
      bandit: ["B110"],
      ruff: ["E722"],
      codeql: ["py/catch-base-exception"],
      others: ["Pylint bare-except"],
    },
  },
  check: (context) =>
    handlersIn(context).flatMap((handler) => {
      const confidence = judge(context.world, handler);
      return confidence ? finding(handler, confidence) : [];
    }),
};

function judge(world: World, handler: Handler): Confidence | undefined {
  const { body, statement, caught, ends } = handler;
  if (caught.breadth !== "all" || body.name.endsWith("__del__")) return undefined;
  const raisesAgain = ends.raises.some((raise) => raise.kind === "call" || isAgain(raise, handler));
  const escapes = ends.next || ends.returns.length > 0 || ends.jumps.length > 0;
  if (raisesAgain && !escapes) return undefined;
  if (isImportGuard(statement.body) || letsExitsThrough(handler)) return undefined;
  if (handsOn(world, body, handler.handler.body, handler.handler.name?.id)) return undefined;
  // `if not expected(e): raise` decides itself what to let through; `if strict: raise` knows nothing of the error.
  if (isConversion(statement.body) || (raisesAgain && asksOfError(handler))) return "low";
  return "medium";
}

/** Is one of the questions in the handler about the error, or one that calls something? */
function asksOfError({ body, handler }: Handler): boolean {
  const name = handler.name?.id;
  return nodesIn(handler.body).some(
    (node) =>
      node.kind === "if" &&
      nodesIn([node.test]).some(
        (part) =>
          part.kind === "call" ||
          (part.kind === "name" && part.id === name) ||
          /\b(exc|error|err|sys)\b/.test(textIn(body, node.test)),
      ),
  );
}

const CONVERSIONS =
  /^(int|float|complex|str|bytes|bool|Decimal|UUID|literal_eval|loads|strptime|fromisoformat|encode|decode|strip|split|lower|upper|len|getattr|isinstance)$/;

/** Only data is converted: it takes no time, so that hardly an exit or cancellation falls into it. */
function isConversion(statements: readonly Statement[]): boolean {
  const calls = nodesIn(statements).flatMap((node) => (node.kind === "call" ? [node] : []));
  return calls.length > 0 && calls.every(({ callee }) => CONVERSIONS.test(lastNameOf(callee)));
}

function isAgain(raise: Statement, { handler }: Handler): boolean {
  if (raise.kind !== "raise") return false;
  const { exception } = raise;
  return !exception || (exception.kind === "name" && exception.id === handler.name?.id);
}

/** `try: import a` with what belongs to it. */
function isImportGuard(statements: readonly Statement[]): boolean {
  return statements[0]?.kind === "import" || statements[0]?.kind === "importFrom";
}

const EXITS = /(^|\.)(SystemExit|KeyboardInterrupt|GeneratorExit|CancelledError|BaseException)$/;

/** An earlier handler raises exits again, or takes all errors, so that this one is for exits on purpose. */
function letsExitsThrough({ statement, handler, body }: Handler): boolean {
  const earlier = statement.handlers.slice(0, statement.handlers.indexOf(handler));
  return earlier.some(({ type }) => {
    if (!type) return false;
    const named = textIn(body, type, 200).split(/[\s,()|]+/);
    return named.some((name) => EXITS.test(name) || name === "Exception");
  });
}

function finding(handler: Handler, confidence: Confidence): Finding {
  const { body, statement, ends } = handler;
  const place = headOf(handler);
  const head = textOf(place);
  const turned = !ends.next && ends.returns.length === 0 && ends.jumps.length === 0;
  const busy = nodesIn(statement.body).some(({ kind }) => kind === "call" || kind === "await");
  return {
    ruleId: "swallows-exit",
    message: turned
      ? `${code(head)} turns exits, interrupts and cancellation into another error.`
      : `${code(head)} swallows exits, interrupts and cancellation with every error.`,
    help: "Catch the errors that are expected here, or raise the others again.",
    where: body.name,
    severity: busy && !turned ? "medium" : "low",
    confidence,
    evidence: [
      stepAt("sink", place, turned ? "raises something else instead" : "does not raise what it caught again"),
    ],
    identity: [head, textIn(body, statement.body[0] ?? statement, 80)],
  };
}
