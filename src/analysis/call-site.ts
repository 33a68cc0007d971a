// One call as the transfer functions see it.
import type { Instruction, Value } from "../flow/instruction.js";
import type { Frame } from "./interpret.js";
import type { Abstract } from "./value.js";

export type CallInstruction = Extract<Instruction, { op: "call" }>;

/** One call as the transfer sees it. */
export interface CallSite {
  readonly frame: Frame;
  readonly instruction: CallInstruction;
  /** The object whose method is called. */
  readonly receiver: Value | undefined;
  /** The present value of an argument, refinements of its variable included. */
  valueOf(value: Value): Abstract;
}
