// What the calls of a body call, after its interpretation: for stages that look at syntax and need to know what it means.
import type { CallModel } from "../../models/model.js";
import type { Call } from "../../python/ast.js";
import type { Body } from "../body.js";
import { UNREACHABLE } from "../values/environment.js";
import type { Ref } from "../values/value.js";
import type { World } from "../world.js";

/** What `call`, a node of `body`, may call; empty when no path arrives there. */
export function calleesOf(world: World, body: Body, call: Call): readonly Ref[] {
  return world.interpretation(body).callees.get(call) ?? [];
}

/** The models of what `call` may call; those that its name alone suggests too. */
export function modelsOf(world: World, body: Body, call: Call): readonly CallModel[] {
  const known = calleesOf(world, body, call).flatMap((ref) =>
    ref.kind === "symbol" ? (world.catalogue.symbol(ref.name)?.call ?? []) : [],
  );
  const { callee } = call;
  if (known.length > 0 || callee.kind !== "attribute") return known;
  const duck = world.catalogue.duck(callee.name.id, lastWordOf(body, callee.object))?.call;
  return duck ? [duck] : [];
}

/** "self.db.cursor()" gives "cursor()". */
function lastWordOf({ module }: Body, { start, end }: Call["callee"]): string {
  const text = module.syntax.text.slice(start, end).replace(/\s+/g, " ");
  return (
    text
      .replace(/\(.*\)$/, "()")
      .split(".")
      .at(-1) ?? ""
  );
}

/** Does a call of this raise or end the process, whatever it is given? */
export function neverReturns(world: World, ref: Ref): boolean {
  if (ref.kind === "symbol") return world.catalogue.symbol(ref.name)?.call?.neverReturns ?? false;
  if (ref.kind !== "function") return false;
  return world.interpretation(ref.body).environment === UNREACHABLE && !world.cfg(ref.body).isGenerator;
}

/** The last word of what is called: "verify" of `self.keys.verify(x)`; "" where it has no name. */
export function calledName({ callee }: Call): string {
  if (callee.kind === "name") return callee.id;
  return callee.kind === "attribute" ? callee.name.id : "";
}
