// Calls after which nothing follows: `sys.exit()` raises SystemExit, `os._exit()` ends the process at once.
import type { Call, Expression, SyntaxNode } from "../python/ast.js";
import { emitValue, nextValue, terminate } from "./block-writer.js";
import { type Body, variableOf } from "./body.js";
import type { Value } from "./instruction.js";

const ENDS_PROCESS = new Set([
  "_exit",
  "abort",
  "execl",
  "execle",
  "execlp",
  "execlpe",
  "execv",
  "execve",
  "execvp",
  "execvpe",
]);

/** Closes the block when the call just written does not return. */
export function endAfterCall(body: Body, call: Call): void {
  if (raisesSystemExit(body, call.callee)) {
    const exception = raisedClass(body, "SystemExit", call);
    terminate(body.writer, { kind: "raise", exception, node: call });
  } else if (endsProcess(call.callee)) {
    terminate(body.writer, { kind: "stop" });
  } else if (body.hooks.neverReturns !== undefined) {
    const ending = body.hooks.neverReturns(call);
    if (ending === "raise") terminate(body.writer, { kind: "raise", node: call });
    else if (ending === "stop") terminate(body.writer, { kind: "stop" });
  }
}

/** The exception class of a `raise` that the source does not spell out. */
export function raisedClass(body: Body, name: "SystemExit" | "AssertionError", node: SyntaxNode): Value {
  return emitValue(body.writer, {
    op: "read",
    node,
    result: nextValue(body.writer),
    variable: { name, storage: "builtin" },
  });
}

function raisesSystemExit(body: Body, callee: Expression): boolean {
  if (callee.kind === "attribute") return callee.name.id === "exit" && isNamed(callee.object, "sys");
  if (callee.kind !== "name" || (callee.id !== "exit" && callee.id !== "quit")) return false;
  return variableOf(body, callee.id).storage === "builtin";
}

function endsProcess(callee: Expression): boolean {
  return callee.kind === "attribute" && isNamed(callee.object, "os") && ENDS_PROCESS.has(callee.name.id);
}

function isNamed(expression: Expression, name: string): boolean {
  return expression.kind === "name" && expression.id === name;
}
