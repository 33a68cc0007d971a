// Lowering of displays and comprehensions.
import type { Comprehension, ComprehensionClause, DictDisplay, Display, Expression } from "./ast.js";
import { byKind, kindOf } from "./kinds.js";
import {
  childrenOf,
  expressionsOf,
  type LowerExpression,
  type Lowering,
  type Row,
  required,
  tupleOrSingle,
  unparsedRow,
} from "./lowering.js";
import { startsWithWord } from "./text.js";

const dictionarySplatKind = kindOf("dictionary_splat");
const forInKind = kindOf("for_in_clause");
const pairKind = kindOf("pair");

function display(form: Display["form"]): LowerExpression {
  return (lowering, row) => ({
    kind: "display",
    start: lowering.start[row]!,
    end: lowering.end[row]!,
    form,
    elements: expressionsOf(lowering, row),
  });
}

/** `{a, b}`; Python 2's `` `a, b` ``, which the grammar was given as a set, is `repr((a, b))`. */
function lowerSet(lowering: Lowering, row: Row): Expression {
  const start = lowering.start[row]!;
  const end = lowering.end[row]!;
  if (lowering.text.charAt(start) !== "`") return display("set")(lowering, row);
  const value = tupleOrSingle(lowering, childrenOf(lowering, row), row);
  return {
    kind: "call",
    start,
    end,
    callee: { kind: "name", start, end: start, id: "repr" },
    arguments: [{ kind: "argument", start: value.start, end: value.end, form: "positional", value }],
  };
}

function lowerDict(lowering: Lowering, row: Row): Expression {
  const entries: DictDisplay["entries"][number][] = [];
  for (const child of childrenOf(lowering, row)) {
    const [first = 0, second = 0] = childrenOf(lowering, child);
    if (lowering.kind[child] === dictionarySplatKind) {
      entries.push({ value: required(lowering, first, child) });
    } else if (lowering.kind[child] === pairKind) {
      entries.push({ key: required(lowering, first, child), value: required(lowering, second, child) });
    } else {
      entries.push({ value: unparsedRow(lowering, child) });
    }
  }
  return { kind: "dict", start: lowering.start[row]!, end: lowering.end[row]!, entries };
}

function comprehension(form: Comprehension["form"]): LowerExpression {
  return (lowering, row) => {
    const start = lowering.start[row]!;
    const end = lowering.end[row]!;
    const [body = 0, ...clauseRows] = childrenOf(lowering, row);
    const [first = 0, second = 0] = form === "dict" ? childrenOf(lowering, body) : [0, body];
    const key = form === "dict" ? { key: required(lowering, first, row) } : {};
    const element = required(lowering, second, row);
    const clauses = clauseRows.map((clause) => lowerClause(lowering, clause));
    return { kind: "comprehension", start, end, form, ...key, element, clauses };
  };
}

/** `for a, b in c, d` (the tuple without parentheses is Python 2's) or `if test`. */
function lowerClause(lowering: Lowering, row: Row): ComprehensionClause {
  const start = lowering.start[row]!;
  const end = lowering.end[row]!;
  const [first = 0, ...rest] = childrenOf(lowering, row);
  if (lowering.kind[row] !== forInKind) {
    return { kind: "if", start, end, test: required(lowering, first, row) };
  }
  const isAsync = startsWithWord(lowering.text, "async", start);
  const target = required(lowering, first, row);
  return { kind: "for", start, end, isAsync, target, iterable: tupleOrSingle(lowering, rest, row) };
}

export const collectionLowerers = byKind<LowerExpression>({
  list: display("list"),
  set: lowerSet,
  tuple: display("tuple"),
  expression_list: display("tuple"),
  pattern_list: display("tuple"),
  list_pattern: display("list"),
  tuple_pattern: display("tuple"),
  dictionary: lowerDict,
  list_comprehension: comprehension("list"),
  set_comprehension: comprehension("set"),
  dictionary_comprehension: comprehension("dict"),
  generator_expression: comprehension("generator"),
});
