// Lowering of annotations: the grammar has kinds of its own for types, which are expressions like any other here.
import type { Expression, TypeParameter } from "./ast.js";
import { byKind, kindOf } from "./kinds.js";
import {
  childrenOf,
  firstChild,
  type LowerExpression,
  type Lowering,
  nameOf,
  nextSibling,
  type Row,
  required,
  tupleOrSingle,
  unparsedRow,
} from "./lowering.js";

const typeKind = kindOf("type");
const constrainedKind = kindOf("constrained_type");
const splatKind = kindOf("splat_type");
const identifierKind = kindOf("identifier");
const unionKind = kindOf("union_type");
const binaryKind = kindOf("binary_operator");

function lowerType(lowering: Lowering, row: Row): Expression {
  return required(lowering, firstChild(lowering, row), row);
}

/** `list[int, str]`: the square brackets are a `type_parameter` row. */
function lowerGeneric(lowering: Lowering, row: Row): Expression {
  const [objectRow = 0, parameters = 0] = childrenOf(lowering, row);
  const object = required(lowering, objectRow, row);
  const index = tupleOrSingle(lowering, parameters === 0 ? [] : childrenOf(lowering, parameters), parameters);
  return { kind: "subscript", start: lowering.start[row]!, end: lowering.end[row]!, object, index };
}

function lowerUnion(lowering: Lowering, row: Row): Expression {
  const [leftRow = 0, rightRow = 0] = childrenOf(lowering, row);
  const left = required(lowering, leftRow, row);
  const right = required(lowering, rightRow, row);
  return { kind: "binary", start: lowering.start[row]!, end: lowering.end[row]!, operator: "|", left, right };
}

function lowerMember(lowering: Lowering, row: Row): Expression {
  const [objectRow = 0, nameRow = 0] = childrenOf(lowering, row);
  const object = required(lowering, objectRow, row);
  const name = nameOf(lowering, nameRow, lowering.end[row]!);
  return { kind: "attribute", start: lowering.start[row]!, end: lowering.end[row]!, object, name };
}

function lowerSplat(lowering: Lowering, row: Row): Expression {
  const value = required(lowering, firstChild(lowering, row), row);
  return { kind: "starred", start: lowering.start[row]!, end: lowering.end[row]!, value };
}

export const typeLowerers = byKind<LowerExpression>({
  type: lowerType,
  generic_type: lowerGeneric,
  union_type: lowerUnion,
  member_type: lowerMember,
  splat_type: lowerSplat,
});

/** The type parameters of a `type_parameter` row; none for row 0. */
export function lowerTypeParameters(lowering: Lowering, row: Row): readonly TypeParameter[] {
  if (row === 0) return [];
  return childrenOf(lowering, row).flatMap((child) => lowerTypeParameter(lowering, child) ?? []);
}

/** `T`, `T: bound`, `*Ts`, `**P`, each with ` = default`. */
function lowerTypeParameter(lowering: Lowering, row: Row): TypeParameter | undefined {
  const inner = unwrapped(lowering, row);
  const start = lowering.start[row]!;
  const end = lowering.end[row]!;
  if (lowering.kind[inner] === constrainedKind) {
    const nameRow = firstChild(lowering, inner);
    const { before, after } = splitAtDefault(lowering, nextSibling(lowering, nameRow, inner));
    const name = nameOf(lowering, unwrapped(lowering, nameRow), start);
    const bound = before ?? required(lowering, 0, inner);
    return { kind: "typeParameter", start, end, form: "type", name, bound, ...after };
  }
  const { first, after } = splitAtDefault(lowering, inner);
  const form = lowering.kind[first] === splatKind ? splatForm(lowering, first) : "type";
  const nameRow = form === "type" ? first : firstChild(lowering, first);
  if (nameRow === 0 || lowering.kind[nameRow] !== identifierKind) {
    unparsedRow(lowering, row);
    return undefined;
  }
  return { kind: "typeParameter", start, end, form, name: nameOf(lowering, nameRow, start), ...after };
}

function splatForm(lowering: Lowering, row: Row): "paramSpec" | "typeVarTuple" {
  return lowering.text.startsWith("**", lowering.start[row]!) ? "paramSpec" : "typeVarTuple";
}

interface AtDefault {
  /** The leftmost operand. */
  readonly first: Row;
  readonly before: Expression | undefined;
  readonly after: { readonly default?: Expression };
}

/** What stands before and after the "=" of a default, which was parsed as the "|" of a union that leans left. */
function splitAtDefault(lowering: Lowering, row: Row): AtDefault {
  const operands: Row[] = [];
  let left = row === 0 ? 0 : unwrapped(lowering, row);
  while (lowering.kind[left] === unionKind || lowering.kind[left] === binaryKind) {
    const [next = 0, right = 0] = childrenOf(lowering, left);
    operands.unshift(right);
    left = unwrapped(lowering, next);
  }
  operands.unshift(left);
  const isDefault = (operand: Row) => lowering.text[lastBefore(lowering, lowering.start[operand]!)] === "=";
  const split = operands.findIndex((operand, index) => index > 0 && isDefault(operand));
  if (split < 0) {
    return { first: left, before: row === 0 ? undefined : lowering.expression(row), after: {} };
  }
  const fallback = unionOf(lowering, operands.slice(split));
  return { first: left, before: unionOf(lowering, operands.slice(0, split)), after: { default: fallback } };
}

/** The last offset before `at` that is not white space. */
function lastBefore(lowering: Lowering, at: number): number {
  let index = at - 1;
  while (index > 0 && /\s/.test(lowering.text[index]!)) index--;
  return index;
}

function unionOf(lowering: Lowering, rows: readonly Row[]): Expression {
  return rows
    .map((row) => lowering.expression(row))
    .reduce((left, right): Expression => {
      return { kind: "binary", start: left.start, end: right.end, operator: "|", left, right };
    });
}

/** The row inside any number of `type` rows. */
function unwrapped(lowering: Lowering, row: Row): Row {
  let inner = row;
  while (lowering.kind[inner] === typeKind && firstChild(lowering, inner) !== 0) inner++;
  return inner;
}
