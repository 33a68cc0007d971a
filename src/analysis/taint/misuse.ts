// Calls and assignments that are wrong whatever data they are given: an option switched off, a broken algorithm.
import type { CallArgument } from "../../flow/instruction.js";
import type { MisuseKind } from "../../models/kinds.js";
import type { Condition } from "../../models/model.js";
import type { SyntaxNode } from "../../python/ast.js";
import type { Body } from "../body.js";
import { argumentsAt } from "../calls/arguments.js";
import type { CallSite } from "../calls/call-site.js";
import type { Frame } from "../frame.js";
import type { Place } from "../values/place.js";

export interface Misuse {
  readonly kind: MisuseKind;
  /** The call or assignment. */
  readonly call: Place;
  /** The written argument that makes it one, with its keyword; absent where the call alone, or a default, does. */
  readonly option?: { readonly keyword?: string; readonly value: Place };
  readonly body: Body;
}

/** Notes a misuse, once for each place. */
export function recordMisuse(
  frame: Frame,
  kind: MisuseKind,
  node: SyntaxNode,
  option?: Misuse["option"],
): void {
  const key = `${kind} ${node.start}:${node.end}`;
  const call = { syntax: frame.body.module.syntax, node };
  frame.misuses.set(key, { kind, call, body: frame.body, ...(option ? { option } : {}) });
}

/** The first written argument that one of `conditions` is about. */
export function optionOf(
  { frame, instruction }: CallSite,
  conditions: readonly Condition[],
): Misuse["option"] {
  const written = conditions.flatMap((condition): readonly CallArgument[] =>
    argumentsAt(instruction.arguments, condition.argument),
  );
  const [given] = written;
  const node = given && frame.cfg.definitions[given.value]?.node;
  if (!given || !node) return undefined;
  const value = { syntax: frame.body.module.syntax, node };
  return given.name === undefined ? { value } : { keyword: given.name, value };
}
