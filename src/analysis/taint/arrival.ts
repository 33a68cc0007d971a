// Untrusted data at the place where it does harm: what taint analysis finds, before any rule judges it.
import { hasKind, type SinkKind } from "../../models/kinds.js";
import type { Body } from "../body.js";
import type { Frame } from "../frame.js";
import type { Place } from "../values/place.js";
import { isSecret, type Taint } from "../values/value.js";

/** Untrusted data that reached a place where it does harm. */
export interface Arrival {
  readonly kind: SinkKind;
  readonly taint: Taint;
  /** The call that does the harm, and the argument that carries the data. */
  readonly call: Place;
  readonly argument: Place;
  /** Where that call stands; another body than `root` when a callee does it. */
  readonly body: Body;
  /** The body that was interpreted: a parameter in `taint` is one of its parameters. */
  readonly root: Body;
}

/** Where a secret leaks; elsewhere it may go. */
const LEAKS: ReadonlySet<SinkKind> = new Set([
  "log",
  "response",
  "html",
  "url",
  "redirect",
  "program-argument",
  "shell",
  "metric",
  "message",
]);

/** Notes an arrival unless the data is harmless there; of several ways, the shortest is kept. */
export function record(frame: Frame, arrival: Omit<Arrival, "root">): void {
  if (hasKind(arrival.taint.clean, arrival.kind)) return;
  if (isSecret(arrival.taint) && !LEAKS.has(arrival.kind)) return;
  const { node } = arrival.argument;
  const key = `${arrival.kind} ${arrival.taint.origin.key} ${arrival.call.syntax.path}:${node.start}:${node.end}`;
  const known = frame.arrivals.get(key);
  if (known && known.taint.trail.length <= arrival.taint.trail.length) return;
  frame.arrivals.set(key, { ...arrival, root: frame.body });
}
