// `with`: every item is entered before the next is evaluated, and exited on every way out of the body.
//
//     with A() as a:          [A(); enter] -> [a = …; body] -> [exit] -> after
//         body                                   | raises        (return, break, continue: their own [exit])
//                                          [exit raising] -> outer handler
//                                                \-> after, when the manager suppresses the exception
import type { Expression, With, WithItem } from "../python/ast.js";
import {
  beginGuarded,
  emit,
  emitValue,
  endGuarded,
  type Guarded,
  jump,
  type Label,
  meetAt,
  newLabel,
  nextValue,
  place,
  terminate,
} from "./block-writer.js";
import type { Body, Managed } from "./body.js";
import { assign } from "./build-assignment.js";
import type { Value } from "./instruction.js";

export function executeWith(body: Body, statement: With): void {
  const entered = statement.items.map((item) => enter(body, item, statement.isAsync));
  body.execute(statement.body);
  for (let index = entered.length - 1; index >= 0; index--) exit(body, entered[index]!);
}

/** Managers that are made to swallow exceptions, by the last part of what is called. */
const SUPPRESSORS = new Set([
  "suppress",
  "raises",
  "ignored",
  "move_on_after",
  "move_on_at",
  "assertRaises",
  "assertRaisesRegex",
  "assertRaisesRegexp",
  "assertRaisesMessage",
]);

/** Is the item a call of `contextlib.suppress`, `pytest.raises`, `assertRaises…`, `trio.move_on_after` or the like? */
function isKnownSuppressor(item: WithItem): boolean {
  if (item.context.kind !== "call") return false;
  const callee = item.context.callee;
  if (callee.kind === "attribute") return SUPPRESSORS.has(callee.name.id);
  return callee.kind === "name" && SUPPRESSORS.has(callee.id);
}

interface Entered {
  readonly managed: Managed;
  readonly raising: Label;
  readonly guarded: Guarded;
}

function enter(body: Body, item: WithItem, isAsync: boolean): Entered {
  const writer = body.writer;
  const manager = body.evaluate(item.context);
  const value = emitValue(writer, { op: "enter", node: item, result: nextValue(writer), manager, isAsync });
  const raising = newLabel(writer);
  const managed: Managed = {
    kind: "with",
    manager,
    isAsync,
    node: item,
    outerHandler: writer.handler,
    outer: body.enclosing,
  };
  const guarded = beginGuarded(writer, raising);
  body.enclosing = managed;
  if (item.target !== undefined) assign(body, item.target, value);
  return { managed, raising, guarded };
}

function exit(body: Body, { managed, raising, guarded }: Entered): void {
  const writer = body.writer;
  const after = newLabel(writer);
  const { manager, isAsync, node } = managed;
  body.enclosing = managed.outer;
  endGuarded(writer, guarded);
  if (writer.current !== undefined) {
    emit(writer, { op: "exit", node, manager, isAsync, raising: false });
    jump(writer, after);
  }
  place(writer, raising);
  emit(writer, { op: "exit", node, manager, isAsync, raising: true });
  if (suppresses(body, node)) {
    const unmatched = newLabel(writer);
    const types = suppressedTypes(writer, node.context, manager);
    terminate(writer, { kind: "catch", types, matched: after, unmatched, node });
    place(writer, unmatched);
  }
  terminate(writer, { kind: "raise", node });
  meetAt(writer, after);
}

function suppresses(body: Body, item: WithItem): boolean {
  return body.hooks.suppresses?.(item) ?? isKnownSuppressor(item);
}

/** The exception types given to the manager's call: they were evaluated with it. */
function suppressedTypes(writer: Body["writer"], context: Expression, manager: Value): readonly Value[] {
  const call = writer.definitions[manager];
  if (context.kind !== "call" || call?.op !== "call") return [manager];
  const types = call.arguments.filter((argument) => argument.form === "positional");
  return types.length === 0 ? [manager] : types.map((argument) => argument.value);
}
