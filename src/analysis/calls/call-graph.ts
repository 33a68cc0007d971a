// Who calls whom: the callees that calls resolved to while bodies were interpreted.
import type { Catalogue } from "../../models/catalogue.js";
import type { Program } from "../../python/program.js";
import { definedIn } from "../bodies.js";
import type { Body, FunctionBody } from "../body.js";
import { createWorld, type World } from "../world.js";

/** What a call reaches: a function of the repository, or a symbol of a library by its dotted name. */
export type Callee =
  | { readonly kind: "function"; readonly body: FunctionBody }
  | { readonly kind: "symbol"; readonly name: string };

export interface CallEdge {
  readonly caller: Body;
  readonly callee: Callee;
}

/**
 * Every call in the files at `paths`, and in what they call, each pair of caller and callee once. The files' own code
 * runs first, with the functions it calls; a function that nothing calls is then a root of its own.
 */
export function callGraph(
  program: Program,
  catalogue: Catalogue,
  paths: readonly string[],
): readonly CallEdge[] {
  const edges = new Map<unknown, Map<unknown, CallEdge>>();
  const reached = new Set<unknown>();
  const world = createWorld(program, catalogue, (caller, callee) => {
    const from = edges.get(caller.definition) ?? new Map<unknown, CallEdge>();
    edges.set(caller.definition, from);
    const to = callee.kind === "function" ? callee.body.definition : callee.name;
    reached.add(to);
    if (!from.has(to)) from.set(to, { caller, callee });
  });
  const modules = paths.flatMap((path) => world.moduleBody(path) ?? []);
  for (const module of modules) world.interpretation(module);
  for (const module of modules) interpretUnreached(world, module, reached);
  return [...edges.values()].flatMap((from) => [...from.values()]);
}

/** Enclosing bodies first; a function inside one that was called was reached from there, or is called by nobody. */
function interpretUnreached(world: World, body: Body, reached: ReadonlySet<unknown>): void {
  if (body.kind !== "function" || !reached.has(body.definition)) world.interpretation(body);
  for (const defined of definedIn(world, body)) interpretUnreached(world, defined, reached);
}
