// Lowering of simple statements, all but assignments and imports.
import type { Expression, Statement } from "./ast.js";
import { byKind, kindOf } from "./kinds.js";
import {
  childrenOf,
  expressionsOf,
  firstChild,
  type Lowering,
  type LowerStatement,
  nameOf,
  type Row,
  required,
} from "./lowering.js";
import { startsWithWord } from "./text.js";

const expressionListKind = kindOf("expression_list");
const comparisonKind = kindOf("comparison_operator");
const chevronKind = kindOf("chevron");

function lowerReturn(lowering: Lowering, row: Row): Statement {
  const child = firstChild(lowering, row);
  const value = child === 0 ? {} : { value: lowering.expression(child) };
  return { kind: "return", start: lowering.start[row]!, end: lowering.end[row]!, ...value };
}

function lowerDelete(lowering: Lowering, row: Row): Statement {
  const child = firstChild(lowering, row);
  if (startsWithWord(lowering.text, "exec", lowering.start[row]!))
    return lowerMaskedExec(lowering, row, child);
  const isList = child !== 0 && lowering.kind[child] === expressionListKind;
  const targets = expressionsOf(lowering, isList ? child : row);
  return { kind: "delete", start: lowering.start[row]!, end: lowering.end[row]!, targets };
}

/** `raise E from cause`; Python 2's `raise E, argument, traceback` is `raise E(argument)`. */
function lowerRaise(lowering: Lowering, row: Row): Statement {
  const start = lowering.start[row]!;
  const end = lowering.end[row]!;
  const [exceptionRow = 0, causeRow = 0] = childrenOf(lowering, row);
  if (exceptionRow === 0) return { kind: "raise", start, end };
  const isList = lowering.kind[exceptionRow] === expressionListKind;
  const exception = isList ? raisedCall(lowering, exceptionRow) : lowering.expression(exceptionRow);
  const cause = causeRow === 0 ? {} : { cause: lowering.expression(causeRow) };
  return { kind: "raise", start, end, exception, ...cause };
}

function raisedCall(lowering: Lowering, row: Row): Expression {
  const start = lowering.start[row]!;
  const end = lowering.end[row]!;
  const [callee, value] = expressionsOf(lowering, row);
  if (callee === undefined || value === undefined) return required(lowering, firstChild(lowering, row), row);
  return {
    kind: "call",
    start,
    end,
    callee,
    arguments: [{ kind: "argument", start: value.start, end: value.end, form: "positional", value }],
  };
}

function simple(kind: "pass" | "break" | "continue"): LowerStatement {
  return ({ start, end }, row) => ({ kind, start: start[row]!, end: end[row]! });
}

function scopeDeclaration(form: "global" | "nonlocal"): LowerStatement {
  return (lowering, row) => ({
    kind: "scope",
    start: lowering.start[row]!,
    end: lowering.end[row]!,
    form,
    names: childrenOf(lowering, row).map((child) => nameOf(lowering, child, lowering.start[child]!)),
  });
}

function lowerAssert(lowering: Lowering, row: Row): Statement {
  const [testRow = 0, messageRow = 0] = childrenOf(lowering, row);
  const test = required(lowering, testRow, row);
  const message = messageRow === 0 ? {} : { message: lowering.expression(messageRow) };
  return { kind: "assert", start: lowering.start[row]!, end: lowering.end[row]!, test, ...message };
}

function lowerPrint(lowering: Lowering, row: Row): Statement {
  const rows = childrenOf(lowering, row);
  const chevron = rows.find((child) => lowering.kind[child] === chevronKind);
  const file =
    chevron === undefined ? {} : { file: required(lowering, firstChild(lowering, chevron), chevron) };
  const values = rows.filter((child) => child !== chevron).map((child) => lowering.expression(child));
  return { kind: "print", start: lowering.start[row]!, end: lowering.end[row]!, ...file, values };
}

function lowerExec(lowering: Lowering, row: Row): Statement {
  const [codeRow = 0, globalsRow = 0, localsRow = 0] = childrenOf(lowering, row);
  return {
    kind: "exec",
    start: lowering.start[row]!,
    end: lowering.end[row]!,
    code: required(lowering, codeRow, row),
    ...(globalsRow === 0 ? {} : { globals: lowering.expression(globalsRow) }),
    ...(localsRow === 0 ? {} : { locals: lowering.expression(localsRow) }),
  };
}

/** `exec code in globals, locals` as the grammar reads it: `code in globals` and `locals`. */
function lowerMaskedExec(lowering: Lowering, row: Row, child: Row): Statement {
  const isList = child !== 0 && lowering.kind[child] === expressionListKind;
  const [first = 0, localsRow = 0] = isList ? childrenOf(lowering, child) : [child];
  const [codeRow = 0, globalsRow = 0] =
    lowering.kind[first] === comparisonKind ? childrenOf(lowering, first) : [first];
  return {
    kind: "exec",
    start: lowering.start[row]!,
    end: lowering.end[row]!,
    code: required(lowering, codeRow, row),
    ...(globalsRow === 0 ? {} : { globals: lowering.expression(globalsRow) }),
    ...(localsRow === 0 ? {} : { locals: lowering.expression(localsRow) }),
  };
}

export const statementLowerers = byKind<LowerStatement>({
  return_statement: lowerReturn,
  delete_statement: lowerDelete,
  raise_statement: lowerRaise,
  pass_statement: simple("pass"),
  break_statement: simple("break"),
  continue_statement: simple("continue"),
  global_statement: scopeDeclaration("global"),
  nonlocal_statement: scopeDeclaration("nonlocal"),
  assert_statement: lowerAssert,
  print_statement: lowerPrint,
  exec_statement: lowerExec,
});
