// `for` and `while` with `else`: the `else` runs when the loop ends by itself, so `break` jumps past it.
import type { For, Statement, While } from "../python/ast.js";
import {
  emitValue,
  jump,
  type Label,
  meetAt,
  newItem,
  newLabel,
  nextValue,
  place,
  terminate,
} from "./block-writer.js";
import type { Body, Loop } from "./body.js";
import { assign } from "./build-assignment.js";
import { branchOn } from "./build-condition.js";

export function executeFor(body: Body, statement: For): void {
  const writer = body.writer;
  const iterable = body.evaluate(statement.iterable);
  const iterator = emitValue(writer, {
    op: "iterate",
    node: statement,
    result: nextValue(writer),
    iterable,
    isAsync: statement.isAsync,
  });
  const header = newLabel(writer);
  const inside = newLabel(writer);
  const exhausted = newLabel(writer);
  place(writer, header);
  const item = newItem(writer);
  terminate(writer, { kind: "next", iterator, item, body: inside, exhausted, node: statement });
  place(writer, inside);
  assign(body, statement.target, item);
  finishLoop(body, statement, header, exhausted);
}

export function executeWhile(body: Body, statement: While): void {
  const writer = body.writer;
  const header = newLabel(writer);
  const inside = newLabel(writer);
  const exhausted = newLabel(writer);
  place(writer, header);
  branchOn(body, statement.test, { label: inside }, { label: exhausted });
  place(writer, inside);
  finishLoop(body, statement, header, exhausted);
}

/** Writes the body in the open block, the way back to `header`, and what follows the loop. */
function finishLoop(
  body: Body,
  statement: { readonly body: readonly Statement[]; readonly otherwise: readonly Statement[] },
  header: Label,
  exhausted: Label,
): void {
  const writer = body.writer;
  const after = newLabel(writer);
  const outer = body.enclosing;
  const loop: Loop = { kind: "loop", onBreak: after, onContinue: header, outer };
  body.enclosing = loop;
  body.execute(statement.body);
  body.enclosing = outer;
  jump(writer, header);
  meetAt(writer, exhausted);
  body.execute(statement.otherwise);
  meetAt(writer, after);
}
