// Comprehensions, written where they stand as the loops they are; their targets are variables of their own.
//
//     [f(x) for x in xs if x]      collection = []; for x in xs: if x: collect f(x)
//
// A generator expression runs later and as far as somebody asks; it is written the same way (form "iterator").
import type { Comprehension, ComprehensionClause, Expression } from "../python/ast.js";
import { emit, emitValue, jump, newItem, newLabel, nextValue, place, terminate } from "./block-writer.js";
import { type Body, type ComprehensionNames, variableOf } from "./body.js";
import { assign } from "./build-assignment.js";
import { branchOn } from "./build-condition.js";
import type { Value, Variable } from "./instruction.js";

export function evaluateComprehension(body: Body, comprehension: Comprehension): Value {
  const writer = body.writer;
  const outer = body.comprehension;
  const [first, ...later] = comprehension.clauses;
  const iterable = first?.kind === "for" ? body.evaluate(first.iterable) : undefined;
  const collection = emitValue(writer, {
    op: "compose",
    node: comprehension,
    result: nextValue(writer),
    form: comprehension.form === "generator" ? "iterator" : comprehension.form,
    operands: [],
  });
  body.comprehension = { variables: ownVariables(body, comprehension), outer };
  const after = newLabel(writer);
  let onExhausted = after;
  if (first?.kind === "for" && iterable !== undefined) onExhausted = loopOver(body, first, iterable, after);
  for (const clause of later) {
    if (clause.kind === "for") {
      onExhausted = loopOver(body, clause, body.evaluate(clause.iterable), onExhausted);
    } else {
      const next = newLabel(writer);
      branchOn(body, clause.test, { label: next }, { label: onExhausted });
      place(writer, next);
    }
  }
  collect(body, comprehension, collection);
  jump(writer, onExhausted);
  body.comprehension = outer;
  place(writer, after);
  return collection;
}

/** Opens a loop and goes on inside it. @returns its header: where the next round begins */
function loopOver(
  body: Body,
  clause: ComprehensionClause & { readonly kind: "for" },
  iterable: Value,
  exhausted: number,
): number {
  const writer = body.writer;
  const iterator = emitValue(writer, {
    op: "iterate",
    node: clause,
    result: nextValue(writer),
    iterable,
    isAsync: clause.isAsync,
  });
  const header = newLabel(writer);
  const inside = newLabel(writer);
  place(writer, header);
  const item = newItem(writer);
  terminate(writer, { kind: "next", iterator, item, body: inside, exhausted, node: clause });
  place(writer, inside);
  assign(body, clause.target, item);
  return header;
}

function collect(body: Body, comprehension: Comprehension, collection: Value): void {
  const key = comprehension.key === undefined ? undefined : body.evaluate(comprehension.key);
  const value = body.evaluate(comprehension.element);
  emit(
    body.writer,
    key === undefined
      ? { op: "collect", node: comprehension.element, collection, value }
      : { op: "collect", node: comprehension.element, collection, key, value },
  );
}

/**
 * The names that the clauses bind, as local variables. One that the body around has too is written `x'`, so that
 * the two are not the same variable.
 */
function ownVariables(body: Body, comprehension: Comprehension): Map<string, Variable> {
  const variables: ComprehensionNames["variables"] = new Map();
  for (const clause of comprehension.clauses) {
    if (clause.kind !== "for") continue;
    forEachName(clause.target, (name) => {
      const around = variableOf(body, name);
      const isTaken = around.storage !== "builtin";
      variables.set(name, { name: isTaken ? `${around.name}'` : name, storage: "local" });
    });
  }
  return variables;
}

function forEachName(target: Expression, visit: (name: string) => void): void {
  if (target.kind === "name") visit(target.id);
  else if (target.kind === "starred") forEachName(target.value, visit);
  else if (target.kind === "display") for (const element of target.elements) forEachName(element, visit);
}
