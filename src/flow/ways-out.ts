// Leaving statements early: return, break and continue undo what they pass, innermost first.
import { emit, jump, newLabel, setHandler, terminate } from "./block-writer.js";
import type { Body, Loop, WayOut } from "./body.js";

/** Writes all that happens on `way` from here, as far as it is known; the block is closed afterwards. */
export function leave(body: Body, way: WayOut): void {
  const writer = body.writer;
  const handler = writer.handler;
  if (!leaveEnclosing(body, way)) {
    if (way.kind !== "return") throw new Error(`${way.kind} left its loop`);
    terminate(writer, {
      kind: "return",
      implicit: false,
      node: way.node,
      ...(way.value === undefined ? {} : { value: way.value }),
    });
  }
  writer.handler = handler;
}

/** The loop that `break` and `continue` mean here; undefined outside of any, where Python rejects them. */
export function innermostLoop(body: Body): Loop | undefined {
  let enclosing = body.enclosing;
  while (enclosing !== undefined && enclosing.kind !== "loop") enclosing = enclosing.outer;
  return enclosing;
}

/** @returns false when nothing stops the way before the end of the body */
function leaveEnclosing(body: Body, way: WayOut): boolean {
  const writer = body.writer;
  for (let enclosing = body.enclosing; enclosing !== undefined; enclosing = enclosing.outer) {
    switch (enclosing.kind) {
      case "loop":
        if (way.kind === "return" || way.loop !== enclosing) break;
        jump(writer, way.kind === "break" ? enclosing.onBreak : enclosing.onContinue);
        return true;
      case "finally": {
        if (writer.current === undefined) return true;
        const label = newLabel(writer);
        enclosing.ways.push({ way, label });
        jump(writer, label);
        return true;
      }
      case "with":
        setHandler(writer, enclosing.outerHandler);
        emit(writer, {
          op: "exit",
          node: enclosing.node,
          manager: enclosing.manager,
          isAsync: enclosing.isAsync,
          raising: false,
        });
        break;
      case "caughtName":
        emit(writer, { op: "unbind", node: enclosing.node, variable: enclosing.variable });
        break;
    }
  }
  return false;
}
