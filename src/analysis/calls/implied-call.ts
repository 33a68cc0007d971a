// Calls that nobody wrote: syntax or a model stands for them.
import type { Value } from "../../flow/instruction.js";
import type { SyntaxNode } from "../../python/ast.js";
import type { Frame } from "../frame.js";
import { type Environment, readPath } from "../values/environment.js";
import type { CallSite } from "./call-site.js";

/** A call that nobody wrote: its arguments are values of the frame, all positional. */
export function impliedCall(
  frame: Frame,
  node: SyntaxNode,
  receiver: Value | undefined,
  given: readonly Value[],
  environment: Environment,
): CallSite {
  const written = given.map((value) => ({ form: "positional", value }) as const);
  return {
    frame,
    instruction: { op: "call", node, result: -1, callee: -1, arguments: written },
    receiver,
    valueOf: (value) => readPath(environment, frame.paths[value]) ?? frame.values[value]!,
    reached: new Map(),
  };
}
