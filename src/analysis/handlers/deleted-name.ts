// The name of a handler (`except E as error`) used where it is gone: Python 3 deletes it at the end of the handler.
import { solve } from "../../flow/solver.js";
import type { ExceptHandler, Name } from "../../python/ast.js";
import type { Body } from "../body.js";
import type { World } from "../world.js";
import { attemptsIn } from "./handlers.js";

/** A use of a handler's name that no way reaches with a value. */
export interface DeletedName {
  readonly handler: ExceptHandler;
  readonly use: Name;
}

const GONE = 1;
const BOUND = 2;

/** The first such use of each name, in source order; none in code that only Python 2 reads, which keeps the name. */
export function deletedNamesIn(world: World, body: Body): readonly DeletedName[] {
  if (body.kind !== "function" || body.module.syntax.dialect === "python2") return [];
  const handlers = new Map<string, ExceptHandler>();
  for (const { statement } of attemptsIn(body)) {
    for (const handler of statement.handlers) {
      if (handler.name && !handlers.has(handler.name.id)) handlers.set(handler.name.id, handler);
    }
  }
  if (handlers.size === 0) return [];
  const cfg = world.cfg(body);
  const solution = solve<ReadonlyMap<string, number>>(cfg, {
    direction: "forward",
    initial: new Map([...handlers.keys()].map((name) => [name, GONE])),
    join: (left, right) => new Map([...left].map(([name, state]) => [name, state | (right.get(name) ?? 0)])),
    equals: (left, right) => [...left].every(([name, state]) => right.get(name) === state),
    transfer: (instruction, states) => {
      if (instruction.op !== "write" && instruction.op !== "unbind") return states;
      const { name } = instruction.variable;
      const state = instruction.op === "write" ? BOUND : GONE;
      return states.get(name) === undefined || states.get(name) === state
        ? states
        : new Map(states).set(name, state);
    },
  });
  const found = new Map<string, DeletedName>();
  for (const block of cfg.blocks) {
    const states = solution.statesOf(block);
    for (const [index, instruction] of block.instructions.entries()) {
      if (instruction.op !== "read" || instruction.variable.storage !== "local") continue;
      const { node, variable } = instruction;
      const handler = handlers.get(variable.name);
      if (!handler || node.kind !== "name" || states[index]?.get(variable.name) !== GONE) continue;
      const known = found.get(variable.name);
      const isBehind = node.start > handler.end;
      if (isBehind && (!known || node.start < known.use.start))
        found.set(variable.name, { handler, use: node });
    }
  }
  return [...found.values()];
}
