// Variables that a body writes once: what they hold is what was written there.
import type { Cfg } from "../../flow/cfg.js";
import type { Value } from "../../flow/instruction.js";
import type { Frame } from "../frame.js";

/** By graph, since calls ask again and again. */
const known = new WeakMap<Cfg, ReadonlyMap<string, Value | undefined>>();

/** What the body's one write to the variable `name` puts there; undefined where there are more, or none. */
export function onlyWrite(cfg: Cfg, name: string): Value | undefined {
  let writes = known.get(cfg);
  if (!writes) {
    writes = writesIn(cfg);
    known.set(cfg, writes);
  }
  return writes.get(name);
}

function writesIn({ blocks }: Cfg): ReadonlyMap<string, Value | undefined> {
  const writes = new Map<string, Value | undefined>();
  for (const { instructions } of blocks) {
    for (const instruction of instructions) {
      if (instruction.op !== "write") continue;
      const { name } = instruction.variable;
      writes.set(name, writes.has(name) ? undefined : instruction.value);
    }
  }
  return writes;
}

/** Where `value` is read from a variable that is written once: what was written. */
export function onlyValueOf({ cfg }: Frame, value: Value): Value | undefined {
  const definition = cfg.definitions[value];
  return definition?.op === "read" ? onlyWrite(cfg, definition.variable.name) : undefined;
}
