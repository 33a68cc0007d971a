// Lowering of string literals: prefixes, escapes, adjacent literals, f-strings and t-strings.
import type { Expression, FormattedString, Interpolation, StringLiteral } from "./ast.js";
import { byKind, kindOf } from "./kinds.js";
import {
  childrenOf,
  firstChild,
  type LowerExpression,
  type Lowering,
  type Row,
  required,
  unparsedRow,
} from "./lowering.js";
import { decodeEscapes, type LiteralStyle, literalAt } from "./string-literal.js";
import { skipTrivia } from "./text.js";

const specifierKind = kindOf("format_specifier");

type Part = StringLiteral | Interpolation;

function lowerString(lowering: Lowering, row: Row): Expression {
  const start = lowering.start[row]!;
  const end = lowering.end[row]!;
  // Where masking them leaves an error.
  if (lowering.text.charAt(start) === "`") return unparsedRow(lowering, row, "backquotes");
  const style = literalAt(lowering.text, start, end);
  if (style.isFormatted) return formatted(start, end, style.isTemplate, formattedParts(lowering, row, style));
  const value = decodeEscapes(lowering.text.slice(style.bodyStart, style.bodyEnd), style);
  return { kind: "string", start, end, value, isBytes: style.isBytes };
}

function formatted(start: number, end: number, isTemplate: boolean, parts: readonly Part[]): FormattedString {
  return { kind: "formatted", start, end, isTemplate, parts };
}

/** `"a" f"{b}"`: one string if nothing is interpolated, else the parts of all. */
function lowerConcatenated(lowering: Lowering, row: Row): Expression {
  const start = lowering.start[row]!;
  const end = lowering.end[row]!;
  const strings: (StringLiteral | FormattedString)[] = [];
  for (const child of childrenOf(lowering, row)) {
    const string = lowering.expression(child);
    if (string.kind === "string" || string.kind === "formatted") strings.push(string);
  }
  if (strings.every((string) => string.kind === "string")) {
    const value = strings.map((string) => string.value).join("");
    return { kind: "string", start, end, value, isBytes: strings[0]?.isBytes ?? false };
  }
  const parts = strings.flatMap((string) => (string.kind === "string" ? [string] : string.parts));
  const isTemplate = strings.some((string) => string.kind === "formatted" && string.isTemplate);
  return formatted(start, end, isTemplate, parts);
}

function formattedParts(lowering: Lowering, row: Row, style: LiteralStyle): readonly Part[] {
  return interleaved(lowering, childrenOf(lowering, row), style);
}

/** The literal text around `interpolations`, and these, from the body's start to its end. */
function interleaved(
  lowering: Lowering,
  interpolations: readonly Row[],
  style: LiteralStyle,
): readonly Part[] {
  const parts: Part[] = [];
  let at = style.bodyStart;
  const literalUpTo = (end: number) => {
    if (end <= at) return;
    const value = decodeEscapes(lowering.text.slice(at, end), style);
    parts.push({ kind: "string", start: at, end, value, isBytes: false });
  };
  for (const row of interpolations) {
    const start = lowering.start[row]!;
    literalUpTo(start);
    parts.push(...lowerInterpolation(lowering, row, style));
    at = lowering.end[row]!;
  }
  literalUpTo(style.bodyEnd);
  return parts;
}

/** `{value!r:format}`; `{value=}` is its own text, then the value's `repr`. */
function lowerInterpolation(lowering: Lowering, row: Row, style: LiteralStyle): readonly Part[] {
  const { text } = lowering;
  const start = lowering.start[row]!;
  const end = lowering.end[row]!;
  const [valueRow = 0, formatRow = 0] = childrenOf(lowering, row);
  const value = required(lowering, valueRow, row);
  let at = skipTrivia(text, lowering.end[valueRow === 0 ? row : valueRow]!);
  const isSelfDocumenting = text.charAt(at) === "=" && at < end;
  if (isSelfDocumenting) at = skipTrivia(text, at + 1);
  const conversion = text.charAt(at) === "!" ? conversionOf(text.charAt(at + 1)) : undefined;
  const format =
    lowering.kind[formatRow] === specifierKind && formatRow !== 0
      ? lowerFormat(lowering, formatRow, style)
      : undefined;
  const shown = conversion ?? (isSelfDocumenting && format === undefined ? "r" : undefined);
  const interpolation: Interpolation = {
    kind: "interpolation",
    start,
    end,
    value,
    ...(shown === undefined ? {} : { conversion: shown }),
    ...(format === undefined ? {} : { format }),
  };
  if (!isSelfDocumenting) return [interpolation];
  const own = text.slice(start + 1, at);
  return [{ kind: "string", start, end: start, value: own, isBytes: false }, interpolation];
}

function conversionOf(letter: string): "s" | "r" | "a" | undefined {
  return letter === "s" || letter === "r" || letter === "a" ? letter : undefined;
}

/** `:>{width}`: a formatted string of its own, from after the colon. */
function lowerFormat(lowering: Lowering, row: Row, style: LiteralStyle): FormattedString {
  const start = lowering.start[row]! + 1;
  const end = lowering.end[row]!;
  const inner = { ...style, bodyStart: start, bodyEnd: end };
  return formatted(start, end, false, interleaved(lowering, childrenOf(lowering, row), inner));
}

/** A stray interpolation in broken source: what it holds. */
function lowerStray(lowering: Lowering, row: Row): Expression {
  return required(lowering, firstChild(lowering, row), row);
}

export const stringLowerers = byKind<LowerExpression>({
  string: lowerString,
  concatenated_string: lowerConcatenated,
  interpolation: lowerStray,
  format_expression: lowerStray,
});
