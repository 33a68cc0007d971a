// Statements in sequence; those with a shape of their own have a file of their own.
import { assertNever } from "../base/assert.js";
import type { Assert, Exec, If, Print, Raise, Return, Statement } from "../python/ast.js";
import { emitValue, jump, meetAt, newLabel, nextValue, place, terminate } from "./block-writer.js";
import type { Body } from "./body.js";
import {
  bindName,
  executeAssign,
  executeAugmented,
  executeDelete,
  executeImport,
  executeImportFrom,
} from "./build-assignment.js";
import { branchOn } from "./build-condition.js";
import { executeClassDefinition, executeFunctionDefinition } from "./build-definition.js";
import { evaluate, evaluateArguments } from "./build-expression.js";
import { executeFor, executeWhile } from "./build-loop.js";
import { executeMatch } from "./build-match.js";
import { executeTry } from "./build-try.js";
import { executeWith } from "./build-with.js";
import type { CallArgument } from "./instruction.js";
import { raisedClass } from "./never-returns.js";
import { innermostLoop, leave } from "./ways-out.js";

export function execute(body: Body, statements: readonly Statement[]): void {
  for (const statement of statements) executeStatement(body, statement);
}

function executeStatement(body: Body, statement: Statement): void {
  switch (statement.kind) {
    case "expression":
      evaluate(body, statement.value);
      return;
    case "assign":
      executeAssign(body, statement);
      return;
    case "augmented":
      executeAugmented(body, statement);
      return;
    case "if":
      executeIf(body, statement);
      return;
    case "return":
      executeReturn(body, statement);
      return;
    case "for":
      executeFor(body, statement);
      return;
    case "while":
      executeWhile(body, statement);
      return;
    case "try":
      executeTry(body, statement);
      return;
    case "with":
      executeWith(body, statement);
      return;
    case "match":
      executeMatch(body, statement);
      return;
    case "raise":
      executeRaise(body, statement);
      return;
    case "assert":
      executeAssert(body, statement);
      return;
    case "function":
      executeFunctionDefinition(body, statement);
      return;
    case "class":
      executeClassDefinition(body, statement, () => evaluateArguments(body, statement.bases));
      return;
    case "import":
      executeImport(body, statement);
      return;
    case "importFrom":
      executeImportFrom(body, statement);
      return;
    case "delete":
      for (const target of statement.targets) executeDelete(body, target);
      return;
    case "break":
    case "continue":
      executeJump(body, statement);
      return;
    case "print":
      executePrint(body, statement);
      return;
    case "exec":
      executeExec(body, statement);
      return;
    case "typeAlias":
      // Python evaluates the value when it is first asked for; here it is evaluated at once.
      bindName(body, statement.name.id, evaluate(body, statement.value), statement.name);
      return;
    case "unparsed":
      evaluate(body, statement);
      return;
    case "pass":
    case "scope":
      return;
    default:
      assertNever(statement);
  }
}

/** A chain of `elif` is a loop here: it may be longer than the stack is deep. */
function executeIf(body: Body, statement: If): void {
  const writer = body.writer;
  const after = newLabel(writer);
  for (let chain = statement; ; ) {
    const then = newLabel(writer);
    const otherwise = newLabel(writer);
    branchOn(body, chain.test, { label: then }, { label: otherwise });
    place(writer, then);
    execute(body, chain.body);
    jump(writer, after);
    place(writer, otherwise);
    const [next] = chain.otherwise;
    if (chain.otherwise.length !== 1 || next?.kind !== "if") {
      execute(body, chain.otherwise);
      break;
    }
    chain = next;
  }
  meetAt(writer, after);
}

function executeReturn(body: Body, statement: Return): void {
  const value = statement.value === undefined ? undefined : evaluate(body, statement.value);
  leave(body, { kind: "return", value, node: statement });
}

function executeJump(body: Body, statement: Statement & { readonly kind: "break" | "continue" }): void {
  const loop = innermostLoop(body);
  if (loop !== undefined) leave(body, { kind: statement.kind, loop });
  else
    emitValue(body.writer, { op: "unknown", node: statement, result: nextValue(body.writer), operands: [] });
}

function executeRaise(body: Body, statement: Raise): void {
  const exception = statement.exception === undefined ? undefined : evaluate(body, statement.exception);
  const cause = statement.cause === undefined ? undefined : evaluate(body, statement.cause);
  terminate(body.writer, {
    kind: "raise",
    node: statement,
    ...(exception === undefined ? {} : { exception }),
    ...(cause === undefined ? {} : { cause }),
  });
}

function executeAssert(body: Body, statement: Assert): void {
  const writer = body.writer;
  const passed = newLabel(writer);
  const failed = newLabel(writer);
  branchOn(body, statement.test, { label: passed }, { label: failed });
  place(writer, failed);
  if (statement.message !== undefined) evaluate(body, statement.message);
  const exception = raisedClass(body, "AssertionError", statement);
  terminate(writer, { kind: "raise", exception, node: statement });
  place(writer, passed);
}

/** `print >>file, a, b` is the call `print(a, b, file=file)`. */
function executePrint(body: Body, statement: Print): void {
  const list: CallArgument[] = [];
  if (statement.file !== undefined) {
    list.push({ form: "keyword", name: "file", value: evaluate(body, statement.file) });
  }
  for (const value of statement.values) list.push({ form: "positional", value: evaluate(body, value) });
  callBuiltin(body, "print", list, statement);
}

/** `exec code in globals, locals` is the call `exec(code, globals, locals)`. */
function executeExec(body: Body, statement: Exec): void {
  const list: CallArgument[] = [];
  for (const value of [statement.code, statement.globals, statement.locals]) {
    if (value !== undefined) list.push({ form: "positional", value: evaluate(body, value) });
  }
  callBuiltin(body, "exec", list, statement);
}

function callBuiltin(body: Body, name: string, list: readonly CallArgument[], node: Print | Exec): void {
  const variable = { name, storage: "builtin" } as const;
  const callee = emitValue(body.writer, { op: "read", node, result: nextValue(body.writer), variable });
  emitValue(body.writer, { op: "call", node, result: nextValue(body.writer), callee, arguments: list });
}
