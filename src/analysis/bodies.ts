// The bodies of a module: what is defined in it, at any depth.
import type { Body, ModuleBody } from "./body.js";
import type { World } from "./world.js";

/** Which of the bodies are wanted, by what is known before any is interpreted. */
export interface Wanted {
  has(body: Body): boolean;
  /** Is one inside `body`? */
  isInside(body: Body): boolean;
}

const ALL: Wanted = { has: () => true, isInside: () => true };

/**
 * The wanted bodies of `module`, itself included, enclosing ones before those they hold. Each is interpreted on the way,
 * and with them the module and its classes, which may register any.
 */
export function bodiesIn(world: World, module: ModuleBody, wanted: Wanted = ALL): readonly Body[] {
  const found = new Set<Body>();
  const pending: Body[] = [module];
  for (let body = pending.pop(); body; body = pending.pop()) {
    const isWanted = wanted.has(body);
    if (isWanted) found.add(body);
    if (isWanted || body.kind !== "function") world.interpretation(body);
    if (isWanted || body.kind !== "function" || wanted.isInside(body))
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
