// Lowering of what has a body of its own: functions, classes, lambdas, their decorators and parameters.
import type {
  ClassDefinition,
  Decorator,
  Expression,
  FunctionDefinition,
  Parameter,
  Statement,
} from "./ast.js";
import { byKind, kindOf } from "./kinds.js";
import { lowerArguments } from "./lower-expression.js";
import { deferredFunction, type FunctionHeader } from "./lower-later.js";
import { lowerTypeParameters } from "./lower-type.js";
import {
  childOfKind,
  childrenOf,
  firstChild,
  type LowerExpression,
  type Lowering,
  type LowerStatement,
  nameOf,
  nextSibling,
  type Row,
  required,
  unparsedRow,
} from "./lowering.js";
import { reachesOut } from "./syntax-table.js";
import { startsWithWord } from "./text.js";

const identifierKind = kindOf("identifier");
const typeKind = kindOf("type");
const typeParameterKind = kindOf("type_parameter");
const parametersKind = kindOf("parameters");
const lambdaParametersKind = kindOf("lambda_parameters");
const argumentListKind = kindOf("argument_list");
const blockKind = kindOf("block");
const decoratorKind = kindOf("decorator");
const classKind = kindOf("class_definition");
const functionKind = kindOf("function_definition");
const tuplePatternKind = kindOf("tuple_pattern");
const listSplatPatternKind = kindOf("list_splat_pattern");
const dictionarySplatPatternKind = kindOf("dictionary_splat_pattern");
const keywordSeparatorKind = kindOf("keyword_separator");
const positionalSeparatorKind = kindOf("positional_separator");
const typedParameterKind = kindOf("typed_parameter");
const defaultParameterKind = kindOf("default_parameter");
const typedDefaultParameterKind = kindOf("typed_default_parameter");

function lowerFunction(
  lowering: Lowering,
  row: Row,
  start: number,
  decorators: readonly Decorator[],
): Statement {
  const returnsRow = childOfKind(lowering, row, typeKind);
  const header: FunctionHeader = {
    kind: "function",
    start,
    end: lowering.end[row]!,
    name: nameOf(lowering, childOfKind(lowering, row, identifierKind), lowering.start[row]!),
    isAsync: startsWithWord(lowering.text, "async", lowering.start[row]!),
    decorators,
    typeParameters: lowerTypeParameters(lowering, childOfKind(lowering, row, typeParameterKind)),
    parameters: lowerParameters(lowering, childOfKind(lowering, row, parametersKind)),
    ...(returnsRow === 0 ? {} : { returns: lowering.expression(returnsRow) }),
  };
  const bodyRow = childOfKind(lowering, row, blockKind);
  const deferred = lowering.deferred.get(bodyRow);
  return deferred === undefined
    ? withBody(lowering, row, bodyRow, header)
    : deferredFunction(lowering, deferred, header);
}

function withBody(lowering: Lowering, row: Row, bodyRow: Row, header: FunctionHeader): FunctionDefinition {
  const { kind, after } = lowering;
  return {
    ...header,
    reachesOut: reachesOut(kind.subarray(row, after[row])),
    body: lowering.block(bodyRow),
  };
}

function lowerClass(
  lowering: Lowering,
  row: Row,
  start: number,
  decorators: readonly Decorator[],
): Statement {
  const definition: ClassDefinition = {
    kind: "class",
    start,
    end: lowering.end[row]!,
    name: nameOf(lowering, childOfKind(lowering, row, identifierKind), lowering.start[row]!),
    decorators,
    typeParameters: lowerTypeParameters(lowering, childOfKind(lowering, row, typeParameterKind)),
    bases: lowerArguments(lowering, childOfKind(lowering, row, argumentListKind)),
    body: lowering.block(childOfKind(lowering, row, blockKind)),
  };
  return definition;
}

function lowerDecorated(lowering: Lowering, row: Row): Statement {
  const start = lowering.start[row]!;
  const decorators: Decorator[] = [];
  for (const child of childrenOf(lowering, row)) {
    const kind = lowering.kind[child];
    if (kind === decoratorKind) decorators.push(lowerDecorator(lowering, child));
    else if (kind === functionKind) return lowerFunction(lowering, child, start, decorators);
    else if (kind === classKind) return lowerClass(lowering, child, start, decorators);
  }
  return unparsedRow(lowering, row);
}

function lowerDecorator(lowering: Lowering, row: Row): Decorator {
  const expression = required(lowering, firstChild(lowering, row), row);
  return { kind: "decorator", start: lowering.start[row]!, end: lowering.end[row]!, expression };
}

function lowerLambda(lowering: Lowering, row: Row): Expression {
  const parametersRow = childOfKind(lowering, row, lambdaParametersKind);
  const first = firstChild(lowering, row);
  const bodyRow = parametersRow === 0 || first === 0 ? first : nextSibling(lowering, parametersRow, row);
  const parameters = lowerParameters(lowering, parametersRow);
  const body = required(lowering, bodyRow, row);
  return { kind: "lambda", start: lowering.start[row]!, end: lowering.end[row]!, parameters, body };
}

/** The parameters of a `parameters` or `lambda_parameters` row; none for row 0. */
function lowerParameters(lowering: Lowering, row: Row): readonly Parameter[] {
  if (row === 0 || firstChild(lowering, row) === 0) return [];
  const rows = childrenOf(lowering, row);
  const slash = rows.findIndex((child) => lowering.kind[child] === positionalSeparatorKind);
  const parameters: Parameter[] = [];
  let form: Parameter["form"] = slash >= 0 ? "positionalOnly" : "positional";
  for (const [index, child] of rows.entries()) {
    if (index === slash) form = "positional";
    else if (lowering.kind[child] === keywordSeparatorKind) form = "keywordOnly";
    else {
      const parameter = lowerParameter(lowering, child, form, index);
      if (parameter === undefined) continue;
      parameters.push(parameter);
      if (parameter.form === "star") form = "keywordOnly";
    }
  }
  return parameters;
}

/** `name`, `name: annotation = default`, `*name`, `**name: annotation`, Python 2's `(a, b)`. */
function lowerParameter(
  lowering: Lowering,
  row: Row,
  plainForm: Parameter["form"],
  index: number,
): Parameter | undefined {
  const kind = lowering.kind[row]!;
  const start = lowering.start[row]!;
  const end = lowering.end[row]!;
  if (kind === identifierKind) {
    return { kind: "parameter", start, end, form: plainForm, name: nameOf(lowering, row, start) };
  }
  const isWrapped =
    kind === typedParameterKind || kind === defaultParameterKind || kind === typedDefaultParameterKind;
  const [first = 0, second = 0, third = 0] = isWrapped ? childrenOf(lowering, row) : [row];
  const annotationRow = lowering.kind[second] === typeKind && second !== 0 ? second : 0;
  const defaultRow = annotationRow === 0 ? second : third;
  const binding = lowerBinding(lowering, first, plainForm, index);
  if (binding === undefined) {
    unparsedRow(lowering, row);
    return undefined;
  }
  return {
    kind: "parameter",
    start,
    end,
    ...binding,
    ...(annotationRow === 0 ? {} : { annotation: lowering.expression(annotationRow) }),
    ...(defaultRow === 0 ? {} : { default: lowering.expression(defaultRow) }),
  };
}

function lowerBinding(
  lowering: Lowering,
  row: Row,
  plainForm: Parameter["form"],
  index: number,
): Pick<Parameter, "form" | "name" | "pattern"> | undefined {
  const start = lowering.start[row]!;
  const end = lowering.end[row]!;
  switch (lowering.kind[row]) {
    case identifierKind:
      return { form: plainForm, name: nameOf(lowering, row, start) };
    case listSplatPatternKind:
      return { form: "star", name: nameOf(lowering, firstChild(lowering, row), end) };
    case dictionarySplatPatternKind:
      return { form: "doubleStar", name: nameOf(lowering, firstChild(lowering, row), end) };
    case tuplePatternKind:
      return {
        form: plainForm,
        name: { kind: "name", start, end: start, id: `.${index}` },
        pattern: lowering.expression(row),
      };
    default:
      return undefined;
  }
}

export const definitionLowerers = byKind<LowerStatement>({
  function_definition: (lowering, row) => lowerFunction(lowering, row, lowering.start[row]!, []),
  class_definition: (lowering, row) => lowerClass(lowering, row, lowering.start[row]!, []),
  decorated_definition: lowerDecorated,
});

export const lambdaLowerers = byKind<LowerExpression>({ lambda: lowerLambda });
