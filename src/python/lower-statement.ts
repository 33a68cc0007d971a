// Lowering of statements, all but definitions, imports and `match`.
import type { BinaryOperator, ExceptHandler, Expression, If, Statement, WithItem } from "./ast.js";
import { byKind, kindOf } from "./kinds.js";
import { binaryOperatorAt, tupleOrSingle } from "./lower-expression.js";
import { lowerMatch } from "./lower-pattern.js";
import { lowerTypeParameters } from "./lower-type.js";
import {
  childOfKind,
  childrenOf,
  expressionsOf,
  firstChild,
  type Lowering,
  nameOf,
  nextSibling,
  type Row,
  required,
  unparsedRow,
} from "./lowering.js";
import { skipTrivia, startsWithWord } from "./text.js";

export type LowerStatement = (lowering: Lowering, row: Row) => Statement;

const assignmentKind = kindOf("assignment");
const augmentedKind = kindOf("augmented_assignment");
const expressionListKind = kindOf("expression_list");
const typeKind = kindOf("type");
const typeParameterKind = kindOf("type_parameter");
const genericKind = kindOf("generic_type");
const blockKind = kindOf("block");
const elifKind = kindOf("elif_clause");
const elseKind = kindOf("else_clause");
const exceptKind = kindOf("except_clause");
const finallyKind = kindOf("finally_clause");
const withClauseKind = kindOf("with_clause");
const asPatternKind = kindOf("as_pattern");
const tupleKind = kindOf("tuple");
const parenthesizedKind = kindOf("parenthesized_expression");
const identifierKind = kindOf("identifier");
const chevronKind = kindOf("chevron");

function lowerExpressionStatement(lowering: Lowering, row: Row): Statement {
  const first = firstChild(lowering, row);
  const kind = lowering.kind[first];
  if (first !== 0 && (kind === assignmentKind || kind === augmentedKind)) return lowering.statement(first);
  const value = tupleOrSingle(lowering, childrenOf(lowering, row), row);
  return { kind: "expression", start: lowering.start[row]!, end: lowering.end[row]!, value };
}

/** `a = b = value` nests to the right. */
function lowerAssignment(lowering: Lowering, row: Row): Statement {
  const targets: Expression[] = [];
  let annotation: Expression | undefined;
  let link = row;
  let valueRow: Row = 0;
  for (;;) {
    const [target = 0, second = 0, third = 0] = childrenOf(lowering, link);
    targets.push(required(lowering, target, link));
    const isAnnotated = second !== 0 && lowering.kind[second] === typeKind;
    if (isAnnotated) annotation ??= lowering.expression(second);
    valueRow = isAnnotated ? third : second;
    if (valueRow === 0 || lowering.kind[valueRow] !== assignmentKind) break;
    link = valueRow;
  }
  return {
    kind: "assign",
    start: lowering.start[row]!,
    end: lowering.end[row]!,
    targets,
    ...(annotation === undefined ? {} : { annotation }),
    ...(valueRow === 0 ? {} : { value: lowering.expression(valueRow) }),
  };
}

function lowerAugmented(lowering: Lowering, row: Row): Statement {
  const { text, start, end } = lowering;
  const [targetRow = 0, valueRow = 0] = childrenOf(lowering, row);
  const operator: BinaryOperator | undefined =
    targetRow === 0 ? undefined : binaryOperatorAt(text, skipTrivia(text, end[targetRow]!));
  if (operator === undefined) return unparsedRow(lowering, row);
  const target = lowering.expression(targetRow);
  const value = required(lowering, valueRow, row);
  return { kind: "augmented", start: start[row]!, end: end[row]!, operator, target, value };
}

function lowerReturn(lowering: Lowering, row: Row): Statement {
  const child = firstChild(lowering, row);
  const value = child === 0 ? {} : { value: lowering.expression(child) };
  return { kind: "return", start: lowering.start[row]!, end: lowering.end[row]!, ...value };
}

function lowerDelete(lowering: Lowering, row: Row): Statement {
  const child = firstChild(lowering, row);
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

/** `type Name[T] = value` */
function lowerTypeAlias(lowering: Lowering, row: Row): Statement {
  const start = lowering.start[row]!;
  const [leftRow = 0, valueRow = 0] = childrenOf(lowering, row);
  const inner = leftRow === 0 ? 0 : firstChild(lowering, leftRow);
  const isGeneric = inner !== 0 && lowering.kind[inner] === genericKind;
  const nameRow = isGeneric ? firstChild(lowering, inner) : inner;
  if (nameRow === 0 || lowering.kind[nameRow] !== identifierKind) return unparsedRow(lowering, row);
  const parametersRow = isGeneric ? childOfKind(lowering, inner, typeParameterKind) : 0;
  return {
    kind: "typeAlias",
    start,
    end: lowering.end[row]!,
    name: nameOf(lowering, nameRow, start),
    typeParameters: lowerTypeParameters(lowering, parametersRow),
    value: required(lowering, valueRow, row),
  };
}

/** A chain of `elif` may be thousands long: it is built from its end. */
function lowerIf(lowering: Lowering, row: Row): Statement {
  const end = lowering.end[row]!;
  const rows = childrenOf(lowering, row);
  const elifs = rows.filter((child) => lowering.kind[child] === elifKind);
  const elseRow = rows.find((child) => lowering.kind[child] === elseKind) ?? 0;
  let otherwise = lowerElse(lowering, elseRow);
  for (const elif of elifs.reverse()) otherwise = [lowerBranch(lowering, elif, end, otherwise)];
  return lowerBranch(lowering, row, end, otherwise);
}

function lowerBranch(lowering: Lowering, row: Row, end: number, otherwise: readonly Statement[]): If {
  const first = firstChild(lowering, row);
  const test = required(lowering, first !== 0 && lowering.kind[first] !== blockKind ? first : 0, row);
  const body = lowering.block(childOfKind(lowering, row, blockKind));
  return { kind: "if", start: lowering.start[row]!, end, test, body, otherwise };
}

/** The block of an `else_clause` or `finally_clause` row; none for row 0. */
function lowerElse(lowering: Lowering, row: Row): readonly Statement[] {
  return row === 0 ? [] : lowering.block(childOfKind(lowering, row, blockKind));
}

function lowerFor(lowering: Lowering, row: Row): Statement {
  const [targetRow = 0, iterableRow = 0] = childrenOf(lowering, row);
  return {
    kind: "for",
    start: lowering.start[row]!,
    end: lowering.end[row]!,
    isAsync: startsWithWord(lowering.text, "async", lowering.start[row]!),
    target: required(lowering, targetRow, row),
    iterable: required(lowering, iterableRow, row),
    body: lowering.block(childOfKind(lowering, row, blockKind)),
    otherwise: lowerElse(lowering, childOfKind(lowering, row, elseKind)),
  };
}

function lowerWhile(lowering: Lowering, row: Row): Statement {
  return {
    kind: "while",
    start: lowering.start[row]!,
    end: lowering.end[row]!,
    test: required(lowering, firstChild(lowering, row), row),
    body: lowering.block(childOfKind(lowering, row, blockKind)),
    otherwise: lowerElse(lowering, childOfKind(lowering, row, elseKind)),
  };
}

function lowerTry(lowering: Lowering, row: Row): Statement {
  const body = lowering.block(childOfKind(lowering, row, blockKind));
  const handlers = childrenOf(lowering, row)
    .filter((child) => lowering.kind[child] === exceptKind)
    .map((child) => lowerHandler(lowering, child));
  return {
    kind: "try",
    start: lowering.start[row]!,
    end: lowering.end[row]!,
    body,
    handlers,
    otherwise: lowerElse(lowering, childOfKind(lowering, row, elseKind)),
    finalizer: lowerElse(lowering, childOfKind(lowering, row, finallyKind)),
  };
}

function lowerHandler(lowering: Lowering, row: Row): ExceptHandler {
  const { text, start, end } = lowering;
  const isGroup = text.charAt(skipTrivia(text, start[row]! + "except".length)) === "*";
  const rows = childrenOf(lowering, row);
  const bodyRow = rows.find((child) => lowering.kind[child] === blockKind) ?? 0;
  const caught = lowerCaught(
    lowering,
    rows.filter((child) => child !== bodyRow),
    row,
  );
  const body = lowering.block(bodyRow);
  return { kind: "except", start: start[row]!, end: end[row]!, isGroup, ...caught, body };
}

/** `T as name`; `T, name` where Python 2 is spoken; else one type or the tuple of several. */
function lowerCaught(
  lowering: Lowering,
  rows: readonly Row[],
  parent: Row,
): Pick<ExceptHandler, "type" | "name"> {
  const [first = 0, second = 0] = rows;
  if (first === 0) return {};
  if (lowering.kind[first] === asPatternKind) {
    const [typeRow = 0, targetRow = 0] = childrenOf(lowering, first);
    const nameRow = targetRow === 0 ? 0 : firstChild(lowering, targetRow);
    return {
      type: required(lowering, typeRow, first),
      name: nameOf(lowering, nameRow, lowering.end[first]!),
    };
  }
  const isNamed = rows.length === 2 && lowering.kind[second] === identifierKind;
  const between = lowering.text.charAt(skipTrivia(lowering.text, lowering.end[first]!));
  if (isNamed && (between !== "," || lowering.dialect === "python2")) {
    return { type: lowering.expression(first), name: nameOf(lowering, second, lowering.end[first]!) };
  }
  return { type: tupleOrSingle(lowering, rows, parent) };
}

function lowerWith(lowering: Lowering, row: Row): Statement {
  const clause = childOfKind(lowering, row, withClauseKind);
  const items =
    clause === 0 ? [] : childrenOf(lowering, clause).flatMap((item) => lowerItems(lowering, item));
  return {
    kind: "with",
    start: lowering.start[row]!,
    end: lowering.end[row]!,
    isAsync: startsWithWord(lowering.text, "async", lowering.start[row]!),
    items,
    body: lowering.block(childOfKind(lowering, row, blockKind)),
  };
}

/** One item, or the several that parentheses hold together. */
function lowerItems(lowering: Lowering, row: Row): readonly WithItem[] {
  const valueRow = firstChild(lowering, row);
  if (valueRow === 0) return [];
  const kind = lowering.kind[valueRow];
  const inner = firstChild(lowering, valueRow);
  const isGroup = kind === parenthesizedKind && inner !== 0 && lowering.kind[inner] === asPatternKind;
  if (isGroup || kind === tupleKind) {
    return childrenOf(lowering, valueRow).map((child) => lowerItem(lowering, child));
  }
  return [lowerItem(lowering, valueRow)];
}

function lowerItem(lowering: Lowering, row: Row): WithItem {
  const start = lowering.start[row]!;
  const end = lowering.end[row]!;
  if (lowering.kind[row] !== asPatternKind) {
    return { kind: "withItem", start, end, context: lowering.expression(row) };
  }
  const contextRow = firstChild(lowering, row);
  const targetRow = contextRow === 0 ? 0 : nextSibling(lowering, contextRow, row);
  const context = required(lowering, contextRow, row);
  return { kind: "withItem", start, end, context, target: required(lowering, targetRow, row) };
}

export const statementLowerers = byKind<LowerStatement>({
  expression_statement: lowerExpressionStatement,
  assignment: lowerAssignment,
  augmented_assignment: lowerAugmented,
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
  type_alias_statement: lowerTypeAlias,
  if_statement: lowerIf,
  for_statement: lowerFor,
  while_statement: lowerWhile,
  try_statement: lowerTry,
  with_statement: lowerWith,
  match_statement: lowerMatch,
});
