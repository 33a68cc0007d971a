// Calls and assignments that are wrong whatever data they are given: an option switched off, a broken algorithm.
import type { MisuseKind } from "../models/kinds.js";
import type { SyntaxNode } from "../python/ast.js";
import type { Body } from "./body.js";
import type { Frame } from "./interpret.js";
import type { Place } from "./place.js";

export interface Misuse {
  readonly kind: MisuseKind;
  /** The call or assignment. */
  readonly call: Place;
  readonly body: Body;
}

/** Notes a misuse, once for each place. */
export function recordMisuse(frame: Frame, kind: MisuseKind, node: SyntaxNode): void {
  const key = `${kind} ${node.start}:${node.end}`;
  const call = { syntax: frame.body.module.syntax, node };
  frame.misuses.set(key, { kind, call, body: frame.body });
}
