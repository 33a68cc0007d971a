// All bodies of a module: what is defined in it, at any depth.
import type { Body, ModuleBody } from "./body.js";
import type { World } from "./world.js";

/** Every body of `module`, itself included, enclosing ones before those they hold; each is interpreted on the way. */
export function bodiesIn(world: World, module: ModuleBody): readonly Body[] {
  const found = new Set<Body>();
  const pending: Body[] = [module];
  for (let body = pending.pop(); body; body = pending.pop()) {
    found.add(body);
    world.interpretation(body);
    for (const { instructions } of world.cfg(body).blocks) {
      for (const instruction of instructions) {
        if (instruction.op !== "define") continue;
        const { definition } = instruction;
        pending.push(
          definition.kind === "class" ? world.bodyOf(definition, body) : world.bodyOf(definition, body),
        );
      }
    }
  }
  return [...found];
}
