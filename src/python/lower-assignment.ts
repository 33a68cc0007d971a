// Lowering of expression statements, assignments and type aliases.
import type { Argument, BinaryOperator, Expression, Statement } from "./ast.js";
import { byKind, kindName, kindOf } from "./kinds.js";
import { binaryOperatorAt } from "./lower-operator.js";
import { lowerTypeParameters } from "./lower-type.js";
import {
  childOfKind,
  childrenOf,
  firstChild,
  type Lowering,
  type LowerStatement,
  nameAt,
  nameOf,
  type Row,
  required,
  tupleOrSingle,
  unparsedRow,
} from "./lowering.js";
import { isIdentifierCode, skipTrivia } from "./text.js";

const assignmentKind = kindOf("assignment");
const augmentedKind = kindOf("augmented_assignment");
const typeKind = kindOf("type");
const typeParameterKind = kindOf("type_parameter");
const genericKind = kindOf("generic_type");
const identifierKind = kindOf("identifier");

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

/** `type Name[T] = value` */
function lowerTypeAlias(lowering: Lowering, row: Row): Statement {
  const start = lowering.start[row]!;
  const [leftRow = 0, valueRow = 0] = childrenOf(lowering, row);
  const inner = leftRow === 0 ? 0 : firstChild(lowering, leftRow);
  const isGeneric = inner !== 0 && lowering.kind[inner] === genericKind;
  const nameRow = isGeneric ? firstChild(lowering, inner) : inner;
  if (nameRow === 0 || lowering.kind[nameRow] !== identifierKind) {
    return lowerTypeCallAssignment(lowering, row, leftRow, valueRow);
  }
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

/** `type(x).name = value` reads as an alias to the grammar. */
function lowerTypeCallAssignment(lowering: Lowering, row: Row, leftRow: Row, valueRow: Row): Statement {
  const start = lowering.start[row]!;
  const target = leftRow === 0 ? undefined : lowerTypeCallTarget(lowering, leftRow, start);
  if (target === undefined) return unparsedRow(lowering, row);
  const value = required(lowering, valueRow, row);
  return { kind: "assign", start, end: lowering.end[row]!, targets: [target], value };
}

/** The target without its leading `type`, which starts at `start`: that word is put back at the leftmost row. */
function lowerTypeCallTarget(lowering: Lowering, row: Row, start: number): Expression | undefined {
  const end = lowering.end[row]!;
  const [first = 0, second = 0] = childrenOf(lowering, row);
  const callee: Expression = { kind: "name", start, end: start + "type".length, id: "type" };
  switch (kindName(lowering.kind[row]!)) {
    case "type":
      return lowerTypeCallTarget(lowering, first, start);
    case "parenthesized_expression":
    case "tuple": {
      const list = childrenOf(lowering, row).map((child): Argument => {
        const value = lowering.expression(child);
        return { kind: "argument", start: value.start, end: value.end, form: "positional", value };
      });
      return { kind: "call", start, end, callee, arguments: list };
    }
    case "list":
      return {
        kind: "subscript",
        start,
        end,
        object: callee,
        index: tupleOrSingle(lowering, childrenOf(lowering, row), row),
      };
    case "attribute":
    case "member_type": {
      const object = lowerTypeCallTarget(lowering, first, start);
      const nameEnd = end;
      let nameStart = nameEnd;
      while (isIdentifierCode(lowering.text.charCodeAt(nameStart - 1))) nameStart--;
      return object && { kind: "attribute", start, end, object, name: nameAt(lowering, nameStart, nameEnd) };
    }
    case "subscript": {
      const object = lowerTypeCallTarget(lowering, first, start);
      return object && second !== 0
        ? { kind: "subscript", start, end, object, index: lowering.expression(second) }
        : undefined;
    }
    default:
      return undefined;
  }
}

export const assignmentLowerers = byKind<LowerStatement>({
  expression_statement: lowerExpressionStatement,
  assignment: lowerAssignment,
  augmented_assignment: lowerAugmented,
  type_alias_statement: lowerTypeAlias,
});
