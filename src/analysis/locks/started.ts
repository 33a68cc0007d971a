// The functions of the repository that a class, or a module, runs in threads of its own.
import type { Call, Expression } from "../../python/ast.js";
import { nodesIn } from "../../python/walk.js";
import { bodiesIn } from "../bodies.js";
import { type Body, classOf, type FunctionBody, moduleBodyOf } from "../body.js";
import { modelsOf } from "../calls/callees.js";
import { statementsOf } from "../handlers/handlers.js";
import { namedValue } from "../names/named.js";
import type { Place } from "../values/place.js";
import type { World } from "../world.js";
import { ownerOf } from "./lock-identity.js";

export interface Started {
  readonly run: FunctionBody;
  /** `Thread(target=self._run)`, `self._executor.submit(work)` */
  readonly at: Place;
}

/** What the class around `body` starts, or the functions of its module that belong to no class. */
export function startedBeside(world: World, body: Body): readonly Started[] {
  const owner = ownerOf(body);
  return bodiesIn(world, moduleBodyOf(body))
    .filter((each) => ownerOf(each) === owner)
    .flatMap((each) =>
      nodesIn(statementsOf(each)).flatMap((node) =>
        node.kind === "call" ? startedAt(world, each, node) : [],
      ),
    );
}

function startedAt(world: World, body: Body, call: Call): readonly Started[] {
  return modelsOf(world, body, call).flatMap(({ calls, callsIn }) => {
    if (!calls || callsIn !== "thread") return [];
    const { position, name } = calls.callback;
    const positional = call.arguments.filter(({ form }) => form === "positional");
    const given =
      call.arguments.find((each) => each.name !== undefined && each.name.id === name) ??
      (position === undefined ? undefined : positional[position]);
    const run = given && functionAt(world, body, given.value);
    return run ? [{ run, at: { syntax: body.module.syntax, node: call } }] : [];
  });
}

/** `work`, `module.work`, `self._run` */
function functionAt(world: World, body: Body, expression: Expression): FunctionBody | undefined {
  const isOwn =
    expression.kind === "attribute" &&
    expression.object.kind === "name" &&
    (expression.object.id === "self" || expression.object.id === "cls");
  const owner = isOwn ? ownerOf(body) : undefined;
  const refs = owner
    ? world
        .mro(owner)
        .flatMap((each) => (each.body && isOwn ? memberOf(world, each.body, expression.name.id) : []))
    : namedValue(world, body, expression).refs;
  for (const ref of refs) {
    if (ref.kind === "function" && (isOwn || !classOf(ref.body))) return ref.body;
  }
  return undefined;
}

function memberOf(world: World, owner: Body, name: string) {
  return world.environment(owner).get(name)?.refs ?? [];
}
