// `object.name = value` where a library gives the assignment a meaning: `response.location = ...`.
import type { Instruction } from "../../flow/instruction.js";
import type { Frame } from "../frame.js";
import { record } from "../taint/arrival.js";
import { recordMisuse } from "../taint/misuse.js";
import { allTaints, constantIn } from "./value.js";

/** Records what the assignment does by itself; the field is written elsewhere. */
export function storeMember(frame: Frame, instruction: Extract<Instruction, { op: "setMember" }>): void {
  const { catalogue } = frame.world;
  const { name, node } = instruction;
  const value = frame.values[instruction.value]!;
  const place = { syntax: frame.body.module.syntax, node };
  for (const ref of frame.values[instruction.object]!.refs) {
    if (ref.kind !== "object" && ref.kind !== "symbol") continue;
    const type = ref.kind === "object" ? ref.type : (catalogue.symbol(ref.name)?.member?.type ?? ref.name);
    const member = catalogue.member(type, name).model?.member;
    for (const kind of member?.stores ?? []) {
      for (const taint of allTaints(value)) {
        record(frame, { kind, taint, call: place, argument: place, body: frame.body });
      }
    }
    for (const { kind, is, refersTo } of member?.misuses ?? []) {
      const constant = constantIn(value);
      const names = value.refs.flatMap((given) => (given.kind === "symbol" ? [given.name] : []));
      const isOne = is !== undefined && constant !== undefined && is.includes(constant);
      if (isOne || refersTo?.some((symbol) => names.includes(symbol))) recordMisuse(frame, kind, node);
    }
  }
}
