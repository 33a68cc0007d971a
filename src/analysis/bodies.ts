// The bodies of a module: what is defined in it, at any depth.
import type { Body, ModuleBody } from "./body.js";
import type { World } from "./world.js";

/** Every body of `module`, itself included, enclosing ones before those they hold; each is interpreted on the way. */
export function bodiesIn(world: World, module: ModuleBody): readonly Body[] {
  const found = new Set<Body>();
  const pending: Body[] = [module];
  for (let body = pending.pop(); body; body = pending.pop()) {
    found.add(body);
    world.interpretation(body);
    pending.push(...definedIn(world, body));
  }
  return [...found];
}

/** The functions, lambdas and classes that `body` itself defines; a `finally` that is copied names them more than once. */
export function definedIn(world: World, body: Body): readonly Body[] {
  return world.cfg(body).blocks.flatMap(({ instructions }) =>
    instructions.flatMap((instruction) => {
      if (instruction.op !== "define") return [];
      const { definition } = instruction;
      return definition.kind === "class" ? world.bodyOf(definition, body) : world.bodyOf(definition, body);
    }),
  );
}
