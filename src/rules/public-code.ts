// Which functions code outside the repository may call, and which of their parameters it may fill with anything.

import type { Body, FunctionBody } from "../analysis/body.js";
import { isNoText } from "../analysis/names/annotation.js";
import type { Origin } from "../analysis/values/value.js";
import type { World } from "../analysis/world.js";
import { lastPart } from "../base/words.js";
import { isTestCode } from "../python/test-code.js";
import { showsOrInstalls } from "./beside-product.js";

/** Whatever the caller passes, or keeps in a field of what it passes. */
export type ParameterOrigin = Extract<Origin, { kind: "parameter" }>;

/** Code that nobody imports: scripts of the repository, migrations. */
const APART = /(^|\/)(scripts?|tools?|bin|migrations|alembic|versions|manage\.py|__main__\.py)(\/|$)/i;

/** A function of a module or of a public class, whose name is not private, in a module of the product that others import. */
export function isPublicFunction({ program }: World, body: Body): boolean {
  const { module } = body;
  if (APART.test(module.path) || showsOrInstalls(module.path)) return false;
  return hasPublicName(body) && !isTestCode(module, program.tree.paths);
}

/** May other modules name it? Not where it, or what it stands in, has a private name or is a function. */
export function hasPublicName(body: Body): boolean {
  for (let part: Body = body; part.kind !== "module"; part = part.enclosing) {
    const own = lastPart(part.name);
    if (own.startsWith("<") || (own.startsWith("_") && !/^__\w+__$/.test(own))) return false;
    if (part.kind === "function" && part !== body) return false;
  }
  return true;
}

/** What the function calls it: "name", or the field "caption" of its object. */
export function parameterName({ definition }: FunctionBody, { index, path }: ParameterOrigin): string {
  return path.length === 0 ? (definition.parameters[index]?.name.id ?? "") : path.join("").slice(1);
}

/** A parameter in which no text arrives. Of a field, that was asked where it is set. */
export function isTrustedParameter(
  world: World,
  body: FunctionBody,
  { index, path }: ParameterOrigin,
): boolean {
  const parameter = body.definition.parameters[index];
  return path.length === 0 && parameter !== undefined && isNoText({ world, body }, parameter);
}
