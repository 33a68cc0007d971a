// One call as the transfer functions see it.
import type { Instruction, Value } from "../../flow/instruction.js";
import type { FunctionBody } from "../body.js";
import type { Frame } from "../frame.js";
import type { Abstract, Ref } from "../values/value.js";

export type CallInstruction = Extract<Instruction, { op: "call" }>;

/** A function of the repository as a call reaches it. */
export interface Reached {
  readonly body: FunctionBody;
  /** What its parameters take. */
  readonly bound: ReadonlyMap<number, Abstract>;
}

/** One call as the transfer sees it. */
export interface CallSite {
  readonly frame: Frame;
  readonly instruction: CallInstruction;
  /** The object whose method is called. */
  readonly receiver: Value | undefined;
  /** The present value of an argument, refinements of its variable included. */
  valueOf(value: Value): Abstract;
  /** What the call was found to reach, by callee. */
  readonly reached: Map<Ref, Reached>;
}
