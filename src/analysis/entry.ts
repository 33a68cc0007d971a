// Entry points: functions that a client reaches, because a decorator registers them with a framework.

import type { SourceKind } from "../models/kinds.js";
import type { EntryModel, WrittenArgument } from "../models/model.js";
import type { Argument, Expression, Parameter } from "../python/ast.js";
import type { FunctionBody } from "./body.js";
import type { World } from "./world.js";

export interface Entry {
  readonly model: EntryModel;
  /** What the client fills `parameter` with; undefined where a converter (`<int:id>`) lets no attack through. */
  parameterSource(parameter: Parameter): SourceKind | undefined;
}

/** How a client reaches `body`; undefined when no decorator of a known framework registers it. */
export function entryOf(world: World, body: FunctionBody): Entry | undefined {
  const { definition } = body;
  if (definition.kind !== "function") return undefined;
  const facts = world.factsOf(body);
  for (const [index, decorator] of definition.decorators.entries()) {
    for (const ref of facts.decorators[index]?.refs ?? []) {
      if (ref.kind !== "object" || !ref.type.endsWith("()")) continue;
      const model = world.catalogue.symbol(ref.type.slice(0, -2))?.decorates;
      if (!model) continue;
      const { expression } = decorator;
      const route =
        expression.kind === "call" && model.routeArgument !== undefined
          ? writtenArgument(expression.arguments, model.routeArgument)
          : undefined;
      const safe = route?.kind === "string" ? convertedNames(route.value) : new Set<string>();
      return {
        model,
        parameterSource: ({ name }) => (safe.has(name.id) ? undefined : model.parameters),
      };
    }
  }
  return undefined;
}

function writtenArgument(written: readonly Argument[], place: WrittenArgument): Expression | undefined {
  const positional = written.filter(({ form }) => form === "positional");
  const named = written.find(({ name }) => name !== undefined && name.id === place.name);
  return named?.value ?? (place.position === undefined ? undefined : positional[place.position]?.value);
}

/** Names in a URL rule whose converter admits no quotes, slashes or letters of an attack: `<int:id>`. */
function convertedNames(rule: string): Set<string> {
  return new Set([...rule.matchAll(/<(?:int|float|uuid)(?:\([^)]*\))?:(\w+)>/g)].map((match) => match[1]!));
}
