// Which steps of Python can raise: the widest answer that is still useful. An analysis narrows it by `Problem.raise`.
import { assertNever } from "../base/assert.js";
import type { Instruction, Terminator } from "./instruction.js";

/**
 * Reads of names never count (a missing name is a defect of another kind, and every line would have an exception
 * edge); neither do `is`, displays without `*`, `def` without decorators, and storing into a variable.
 */
export function mayRaise(instruction: Instruction): boolean {
  switch (instruction.op) {
    case "constant":
    case "parameter":
    case "read":
    case "write":
    case "unbind":
    case "choose":
    case "collect":
    case "caught":
      return false;
    case "compare":
      return instruction.operator !== "is" && instruction.operator !== "is not";
    case "compose":
      return composingMayRaise(instruction);
    case "define":
      return instruction.definition.kind === "class" || instruction.decorators.length > 0;
    case "member":
    case "setMember":
    case "deleteMember":
    case "element":
    case "setElement":
    case "deleteElement":
    case "call":
    case "iterate":
    case "unpack":
    case "enter":
    case "exit":
    case "suspend":
    case "import":
    case "unknown":
      return true;
    default:
      return assertNever(instruction);
  }
}

/** Taking the next element runs the iterator's code; conditions and patterns are taken as safe. */
export function terminatorMayRaise(terminator: Terminator): boolean {
  return terminator.kind === "next" || terminator.kind === "raise";
}

function composingMayRaise(instruction: Instruction & { op: "compose" }): boolean {
  switch (instruction.form) {
    case "list":
    case "tuple":
    case "set":
    case "dict":
    case "slice":
    case "template":
    case "iterator":
      return false;
    case "unary":
      return instruction.operator !== "not";
    case "binary":
    case "format":
    case "interpolation":
    case "starred":
      return true;
    default:
      return assertNever(instruction.form);
  }
}
