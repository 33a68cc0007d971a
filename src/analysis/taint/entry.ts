// Entry points: functions that a client reaches, because a decorator, a call or a base class registers them.
import { lastPart } from "../../base/words.js";
import type { SourceKind } from "../../models/kinds.js";
import type { EntryModel, SymbolModel, WrittenArgument } from "../../models/model.js";
import type { Argument, Expression, Parameter } from "../../python/ast.js";
import { type ClassBody, classOf, type FunctionBody } from "../body.js";
import type { Frame } from "../frame.js";
import { arrivesConverted, mentionsCallOf, typeOfAnnotation } from "../names/annotation.js";
import type { World } from "../world.js";

/** How a client reaches a function. */
export interface Entry {
  readonly model: EntryModel;
  /** The URL rule (`/orders/<int:id>`), where one is written. */
  readonly route: string | undefined;
}

/** What a parameter of an entry point is when the framework calls it. */
export interface Filled {
  /** What the client fills it with; undefined where the framework does, or where no attack gets through. */
  readonly source: SourceKind | undefined;
  /** The type that the framework fixes. */
  readonly type: string | undefined;
}

/** How a client reaches `body`; undefined when no known framework calls it. */
export function entryOf(world: World, body: FunctionBody): Entry | undefined {
  const { definition } = body;
  const registered = world.registrationOf(body);
  if (registered) return registered;
  if (definition.kind !== "function") return undefined;
  return decoratedEntry(world, body) ?? inheritedEntry(world, body, definition.name.id);
}

function decoratedEntry(world: World, body: FunctionBody): Entry | undefined {
  const { definition } = body;
  if (definition.kind !== "function") return undefined;
  for (const [index, models] of world.factsOf(body).decoratorModels.entries()) {
    const model = models.find(({ decorates }) => decorates)?.decorates;
    if (!model) continue;
    const expression = definition.decorators[index]?.expression;
    const rule =
      expression?.kind === "call" && model.routeArgument !== undefined
        ? writtenArgument(expression.arguments, model.routeArgument)
        : undefined;
    return { model, route: rule?.kind === "string" ? rule.value : undefined };
  }
  return undefined;
}

/** A method that a framework's base class calls with what the client sent. */
function inheritedEntry(world: World, body: FunctionBody, name: string): Entry | undefined {
  const owner = classOf(body);
  if (!owner) return undefined;
  for (const { subclassEntries } of libraryBases(world, owner)) {
    if (!subclassEntries) continue;
    const { entry, methods, prefixes } = subclassEntries;
    const called = methods.includes(name) || prefixes?.some((prefix) => name.startsWith(prefix));
    if (called) return { model: entry, route: undefined };
  }
  return undefined;
}

const MAX_BASES = 16;

/** The models of the library classes that `body` derives from, nearest first. */
export function libraryBases(world: World, body: ClassBody, depth = 0): readonly SymbolModel[] {
  if (depth > MAX_BASES) return [];
  return world.factsOf(body).bases.flatMap(({ refs }) =>
    refs.flatMap((ref) => {
      if (ref.kind === "class") return libraryBases(world, ref.body, depth + 1);
      const name = ref.kind === "symbol" ? ref.name : ref.kind === "object" ? ref.type : undefined;
      return name === undefined ? [] : withParents(world, name, 0);
    }),
  );
}

function withParents(world: World, name: string, depth: number): readonly SymbolModel[] {
  const model = world.catalogue.symbol(name);
  if (!model || depth > MAX_BASES) return [];
  return [model, ...(model.extends ?? []).flatMap((parent) => withParents(world, parent, depth + 1))];
}

/** @param position of the parameter, the receiver not counted */
export function filledBy(frame: Frame, entry: Entry, parameter: Parameter, position: number): Filled {
  const { model, route } = entry;
  const name = parameter.name.id;
  const type =
    model.types?.[name] ?? (parameter.form === "keywordOnly" ? undefined : model.types?.[position]);
  if (type !== undefined) return { source: undefined, type };
  if (route !== undefined && convertedNames(route).has(name)) return { source: undefined, type: undefined };
  const injected = injectedType(frame, model, parameter);
  if (injected !== undefined) return { source: undefined, type: injected };
  if (isInjected(frame, model, parameter)) return { source: undefined, type: undefined };
  const converted =
    model.convertsByAnnotation && parameter.annotation && arrivesConverted(frame, parameter.annotation);
  return { source: converted ? undefined : model.parameters, type: undefined };
}

function injectedType(frame: Frame, model: EntryModel, { annotation }: Parameter): string | undefined {
  if (!model.injectedTypes || !annotation) return undefined;
  for (const ref of typeOfAnnotation(frame, annotation).refs) {
    if (ref.kind === "object" && model.injectedTypes.includes(ref.type)) return ref.type;
  }
  return undefined;
}

/** `settings = Depends(read)`, or the same inside `Annotated[…]`. */
function isInjected(frame: Frame, model: EntryModel, { name, annotation }: Parameter): boolean {
  const { body, world } = frame;
  if (!model.injectedBy || body.kind !== "function") return false;
  const called = world.factsOf(body).defaultCalls.get(name.id) ?? [];
  if (called.some((symbol) => model.injectedBy!.includes(symbol))) return true;
  const words = model.injectedBy.map((symbol) => lastPart(symbol));
  return annotation !== undefined && mentionsCallOf(annotation, words);
}

function writtenArgument(written: readonly Argument[], place: WrittenArgument): Expression | undefined {
  const positional = written.filter(({ form }) => form === "positional");
  const named = written.find(({ name }) => name !== undefined && name.id === place.name);
  return named?.value ?? (place.position === undefined ? undefined : positional[place.position]?.value);
}

/** Names in a URL rule whose converter admits no quotes, slashes or letters of an attack: `<int:id>`, `<id:int>`, `{id:int}`. */
function convertedNames(rule: string): Set<string> {
  const angled = rule.matchAll(/<(?:int|float|uuid)(?:\([^)]*\))?:(\w+)>/g);
  const named = rule.matchAll(/<(\w+):(?:int|float|uuid)>/g);
  const braced = rule.matchAll(/\{(\w+):(?:int|float|uuid)\}/g);
  return new Set([...angled, ...named, ...braced].map((match) => match[1]!));
}
