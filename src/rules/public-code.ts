// Which functions code outside the repository may call, and which of their parameters it may fill with anything.

import type { Body, FunctionBody } from "../analysis/body.js";
import { isNoText } from "../analysis/names/annotation.js";
import type { Origin } from "../analysis/values/value.js";
import type { World } from "../analysis/world.js";

/** Whatever the caller passes, or keeps in a field of what it passes. */
export type ParameterOrigin = Extract<Origin, { kind: "parameter" }>;

/** Code that nobody imports: tests, scripts of the repository, migrations, examples, documentation, packaging. */
const OUTSIDE =
  /(^|\/)(tests?|testing|testsuite|unittests?|scripts?|tools?|bin|examples?|samples?|demos?|docs?|benchmarks?|migrations|alembic|versions|fixtures|conftest\.py|setup\.py|manage\.py|__main__\.py|test_[^/]*\.py|[^/]*_tests?\.py|tests\.py)(\/|$)/i;

/** A function of a module or of a public class, whose name is not private, in a module that others import. */
export function isPublicFunction(body: Body): boolean {
  if (OUTSIDE.test(body.module.path)) return false;
  for (let part: Body = body; part.kind !== "module"; part = part.enclosing) {
    const own = part.name.slice(part.name.lastIndexOf(".") + 1);
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
