// `try`: handlers are asked in order, and every way out of a `finally` has its own copy of it.
//
//     try:            [body] ----------> [else] ------------------------> (finally) -> after
//         body           | raises                                             ^
//     except A as e:     v                                                    |
//         handler     <A?> --matched--> [caught, e = …, handler, del e] ------/
//     else: …            | unmatched           | raises
//     finally: …         v                     v
//                     (finally) -> raise again, to the outer handler
//
//     return, break, continue in body, handler or else:  -> (finally) -> return, break, continue, further out
//
// "(finally)" is one copy each. So nothing in a copy depends on how it was reached, and an analysis needs no gates
// to keep an exception from going on after the `try`. Copies multiply where a `finally` holds a `finally`: past a
// budget all ways share one copy, and behind it an unknown condition decides how it goes on.
import type { ExceptHandler, Expression, Try } from "../python/ast.js";
import {
  beginGuarded,
  emit,
  emitValue,
  endGuarded,
  jump,
  type Label,
  meetAt,
  newLabel,
  nextValue,
  place,
  terminate,
} from "./block-writer.js";
import { type Body, type Finalizer, variableOf, type WayOut } from "./body.js";
import type { Value } from "./instruction.js";
import { leave } from "./ways-out.js";

export function executeTry(body: Body, statement: Try): void {
  if (statement.finalizer.length === 0) {
    executeHandled(body, statement);
    return;
  }
  const raising = newLabel(body.writer);
  const finalizer: Finalizer = { kind: "finally", ways: [], outer: body.enclosing };
  const guarded = beginGuarded(body.writer, raising);
  body.enclosing = finalizer;
  executeHandled(body, statement);
  body.enclosing = finalizer.outer;
  endGuarded(body.writer, guarded);
  writeFinalizer(body, statement, finalizer, raising);
}

// ---------------------------------------------------------------- except

function executeHandled(body: Body, statement: Try): void {
  if (statement.handlers.length === 0) {
    body.execute(statement.body);
    body.execute(statement.otherwise);
    return;
  }
  const writer = body.writer;
  const dispatch = newLabel(writer);
  const after = newLabel(writer);
  const guarded = beginGuarded(writer, dispatch);
  body.execute(statement.body);
  endGuarded(writer, guarded);
  body.execute(statement.otherwise);
  jump(writer, after);
  place(writer, dispatch);
  for (const handler of statement.handlers) executeHandler(body, handler, after);
  if (writer.current !== undefined) terminate(writer, { kind: "raise", node: statement });
  meetAt(writer, after);
}

/** Asks whether the handler matches; the block left open is the one where it does not. */
function executeHandler(body: Body, handler: ExceptHandler, after: Label): void {
  const writer = body.writer;
  let unmatched: Label | undefined;
  if (handler.type !== undefined) {
    const types = exceptionTypes(handler.type).map((type) => body.evaluate(type));
    const matched = newLabel(writer);
    unmatched = newLabel(writer);
    terminate(writer, { kind: "catch", types, matched, unmatched, node: handler });
    place(writer, matched);
  }
  executeHandlerBody(body, handler);
  jump(writer, after);
  if (unmatched !== undefined) place(writer, unmatched);
}

function executeHandlerBody(body: Body, handler: ExceptHandler): void {
  const writer = body.writer;
  const exception = emitValue(writer, { op: "caught", node: handler, result: nextValue(writer) });
  if (handler.name === undefined) {
    body.execute(handler.body);
    return;
  }
  const node = handler.name;
  const variable = variableOf(body, node.id);
  emit(writer, { op: "write", node, variable, value: exception });
  const outer = body.enclosing;
  body.enclosing = { kind: "caughtName", variable, node, outer };
  body.execute(handler.body);
  body.enclosing = outer;
  if (writer.current !== undefined) emit(writer, { op: "unbind", node, variable });
}

function exceptionTypes(type: Expression): readonly Expression[] {
  const isPlainTuple =
    type.kind === "display" && type.form === "tuple" && type.elements.every((it) => it.kind !== "starred");
  return isPlainTuple ? type.elements : [type];
}

// ---------------------------------------------------------------- finally

/** One way through a `finally`: where it comes in and how it goes on. */
interface Passage {
  readonly label: Label;
  readonly goOn: () => void;
}

/** More `return`s than this in one `try` share a copy. */
const RETURN_COPIES = 4;
/** What second and later copies may add to one body, in blocks and values. */
const COPY_BUDGET = 4_000;

function writeFinalizer(body: Body, statement: Try, finalizer: Finalizer, raising: Label): void {
  const writer = body.writer;
  const after = newLabel(writer);
  const passages: Passage[] = [];
  if (writer.current !== undefined) {
    const label = newLabel(writer);
    jump(writer, label);
    passages.push({ label, goOn: () => jump(writer, after) });
  }
  passages.push({ label: raising, goOn: () => terminate(writer, { kind: "raise", node: statement }) });
  if (body.copied > COPY_BUDGET) writeSharedCopy(body, statement, passages, finalizer);
  else writeCopies(body, statement, [...passages, ...passagesOf(body, finalizer)]);
  meetAt(writer, after);
}

function writeCopies(body: Body, statement: Try, passages: readonly Passage[]): void {
  passages.forEach((passage, index) => {
    const size = sizeOf(body);
    place(body.writer, passage.label);
    body.execute(statement.finalizer);
    if (body.writer.current !== undefined) passage.goOn();
    if (index > 0) body.copied += sizeOf(body) - size;
  });
}

function sizeOf(body: Body): number {
  return body.writer.drafts.length + body.writer.definitions.length;
}

/** Each way that waits at `finalizer` is a passage; many returns are one, of any of their values. */
function passagesOf(body: Body, finalizer: Finalizer): readonly Passage[] {
  const { returns, others } = waitingAt(finalizer);
  const passages = others.map(({ way, label }) => ({ label, goOn: () => leave(body, way) }));
  if (returns.length <= RETURN_COPIES) {
    return [...returns.map(({ way, label }) => ({ label, goOn: () => leave(body, way) })), ...passages];
  }
  const label = newLabel(body.writer);
  const values = gather(body, returns, label);
  place(body.writer, label);
  const way = joinedReturn(body, values, returns[0]!.way);
  const behind = newLabel(body.writer);
  jump(body.writer, behind);
  return [{ label: behind, goOn: () => leave(body, way) }, ...passages];
}

function writeSharedCopy(
  body: Body,
  statement: Try,
  passages: readonly Passage[],
  finalizer: Finalizer,
): void {
  const writer = body.writer;
  const shared = newLabel(writer);
  const { returns, others } = waitingAt(finalizer);
  const values = gather(body, returns, shared);
  for (const { label } of [...passages, ...others]) {
    place(writer, label);
    jump(writer, shared);
  }
  place(writer, shared);
  const continuations = passages.map((passage) => passage.goOn);
  for (const { way } of others) continuations.push(() => leave(body, way));
  if (returns.length > 0) {
    const way = joinedReturn(body, values, returns[0]!.way);
    continuations.push(() => leave(body, way));
  }
  body.execute(statement.finalizer);
  if (writer.current !== undefined) goOnSomehow(body, statement, continuations);
}

/** Behind a shared copy nobody knows how it was reached: every way on is possible. */
function goOnSomehow(body: Body, statement: Try, continuations: readonly (() => void)[]): void {
  const writer = body.writer;
  const last = continuations.length - 1;
  for (let index = 0; index < last; index++) {
    const result = nextValue(writer);
    const condition = emitValue(writer, { op: "unknown", node: statement, result, operands: [] });
    const thisWay = newLabel(writer);
    const otherWay = newLabel(writer);
    terminate(writer, { kind: "branch", condition, whenTrue: thisWay, whenFalse: otherWay, node: statement });
    place(writer, thisWay);
    continuations[index]!();
    place(writer, otherWay);
  }
  continuations[last]!();
}

type WaitingWay<Way extends WayOut> = { readonly way: Way; readonly label: Label };
type ReturnWay = WayOut & { readonly kind: "return" };

function waitingAt(finalizer: Finalizer) {
  const returns: WaitingWay<ReturnWay>[] = [];
  const others: WaitingWay<WayOut>[] = [];
  for (const { way, label } of finalizer.ways) {
    if (way.kind === "return") returns.push({ way, label });
    else others.push({ way, label });
  }
  return { returns, others };
}

/** Leads all `returns` to `target`. @returns what they return; nothing when no one returns a value */
function gather(body: Body, returns: readonly WaitingWay<ReturnWay>[], target: Label): readonly Value[] {
  const isValued = returns.some(({ way }) => way.value !== undefined);
  const values: Value[] = [];
  for (const { way, label } of returns) {
    place(body.writer, label);
    if (isValued) values.push(way.value ?? none(body, way));
    jump(body.writer, target);
  }
  return values;
}

function none(body: Body, way: ReturnWay): Value {
  const result = nextValue(body.writer);
  return emitValue(body.writer, { op: "constant", node: way.node, result, value: null, type: "constant" });
}

function joinedReturn(body: Body, values: readonly Value[], first: ReturnWay): ReturnWay {
  if (values.length === 0) return { kind: "return", value: undefined, node: first.node };
  const result = nextValue(body.writer);
  const value = emitValue(body.writer, { op: "choose", node: first.node, result, operands: values });
  return { kind: "return", value, node: first.node };
}
