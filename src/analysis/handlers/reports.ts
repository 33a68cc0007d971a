// What a handler tells anybody: statements that only log, and how loudly.
import type { Call, Expression, Statement } from "../../python/ast.js";
import { nodesIn } from "../../python/walk.js";
import type { Body } from "../body.js";
import { calledName, calleesOf, modelsOf } from "../calls/callees.js";
import type { World } from "../world.js";

/** From nothing to what wakes an operator. */
export const LEVELS = ["nothing", "debug", "info", "warning", "error"] as const;
export type Level = (typeof LEVELS)[number];

const LEVEL_OF: Readonly<Record<string, Level>> = {
  debug: "debug",
  trace: "debug",
  info: "info",
  msg: "info",
  success: "info",
  print: "info",
  warn: "warning",
  warning: "warning",
};

/** The level at which `call` logs; undefined when it does not log. */
function levelOf(world: World, body: Body, call: Call): Level | undefined {
  const name = calledName(call).replace(/^a(?=debug|info|warning|error|critical|exception)/, "");
  const logs =
    modelsOf(world, body, call).some(({ sinks }) => sinks?.some(({ kind }) => kind === "log")) ||
    /^(print_exc|print_exception|log_exception|log_error|log_warning|capture_exception)$/.test(name);
  return logs ? (LEVEL_OF[name] ?? "error") : undefined;
}

/** The loudest that `statements` log. */
export function loudest(world: World, body: Body, statements: readonly Statement[]): Level {
  let level: Level = "nothing";
  for (const node of nodesIn(statements)) {
    const own =
      node.kind === "call" ? levelOf(world, body, node) : node.kind === "print" ? "info" : undefined;
    if (own && LEVELS.indexOf(own) > LEVELS.indexOf(level)) level = own;
  }
  return level;
}

/** Do `statements` do nothing that the program could notice later: pass, log, describe the error to the log? */
export function onlyLogs(world: World, body: Body, statements: readonly Statement[]): boolean {
  return statements.every((statement) => {
    switch (statement.kind) {
      case "pass":
      case "print":
      case "import":
      case "importFrom":
      case "continue":
      case "break":
        return true;
      case "return":
        return true;
      case "if":
        return onlyLogs(world, body, statement.body) && onlyLogs(world, body, statement.otherwise);
      case "expression":
        return saysOnly(world, body, statement.value);
      case "assign":
        return statement.value !== undefined && describes(statement.value) && statement.targets.every(isName);
      default:
        return false;
    }
  });
}

const isName = ({ kind }: Expression): boolean => kind === "name";

function saysOnly(world: World, body: Body, expression: Expression): boolean {
  const value = expression.kind === "await" ? expression.value : expression;
  if (value.kind === "string" || value.kind === "constant") return true;
  return value.kind === "call" && (levelOf(world, body, value) !== undefined || counts(world, body, value));
}

/** `metrics.incr("failed")` */
function counts(_world: World, _body: Body, call: Call): boolean {
  return /^(incr|increment|inc)$/.test(calledName(call));
}

/** Text about the exception, for the log line after it: `msg = "failed: %s" % e`, `tb = traceback.format_exc()`. */
function describes(value: Expression): boolean {
  if (value.kind === "string" || value.kind === "formatted") return true;
  if (value.kind === "binary") return value.left.kind === "string";
  return value.kind === "call" && /^(format_exc|exc_info|format|str|repr|getLogger)$/.test(calledName(value));
}

/** Is the exception kept or handed on: `future.set_exception(e)`, `self.error = sys.exc_info()`, `errors.append(e)`? */
export function handsOn(
  world: World,
  body: Body,
  statements: readonly Statement[],
  name: string | undefined,
): boolean {
  const mentions = (expression: Expression): boolean =>
    nodesIn([expression]).some(
      (node) =>
        (node.kind === "name" && node.id === name) ||
        (node.kind === "call" && /^(exc_info|format_exc)$/.test(calledName(node))),
    );
  return nodesIn(statements).some((node) => {
    if (node.kind === "assign") {
      return node.value !== undefined && !node.targets.every(isName) && mentions(node.value);
    }
    if (node.kind === "return") return node.value !== undefined && mentions(node.value);
    if (node.kind === "yield") return node.value !== undefined && mentions(node.value);
    if (node.kind !== "call" || levelOf(world, body, node) !== undefined) return false;
    if (calleesOf(world, body, node).some((ref) => ref.kind === "symbol" && isText(ref.name))) return false;
    return node.arguments.some(({ value }) => mentions(value));
  });
}

function isText(name: string): boolean {
  return /^builtins\.(str|repr|type|isinstance|getattr|hasattr|len|bytes|print)$|^traceback\.|\.format$/.test(
    name,
  );
}
