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

function lowerTypeParameter(lowering: Lowering, row: Row): TypeParameter | undefined {
  const inner = unwrapped(lowering, row);
  const start = lowering.start[row]!;
  const end = lowering.end[row]!;
  const kind = lowering.kind[inner];
  if (kind === identifierKind) {
    return { kind: "typeParameter", start, end, form: "type", name: nameOf(lowering, inner, start) };
  }
  if (kind === splatKind) {
    const form = lowering.text.startsWith("**", start) ? "paramSpec" : "typeVarTuple";
    const name = nameOf(lowering, firstChild(lowering, inner), end);
    return { kind: "typeParameter", start, end, form, name };
  }
  if (kind !== constrainedKind) {
    unparsedRow(lowering, row);
    return undefined;
  }
  const nameRow = firstChild(lowering, inner);
  const bound = required(lowering, nextSibling(lowering, nameRow, inner), inner);
  const name = nameOf(lowering, unwrapped(lowering, nameRow), start);
  return { kind: "typeParameter", start, end, form: "type", name, bound };
}

/** The row inside any number of `type` rows. */
function unwrapped(lowering: Lowering, row: Row): Row {
  let inner = row;
  while (lowering.kind[inner] === typeKind && firstChild(lowering, inner) !== 0) inner++;
  return inner;
}
