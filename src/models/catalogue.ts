// All models behind one look-up by dotted name, with aliases and inherited members resolved.
import type { LibraryModel, ParameterModel, SettingModel, SymbolModel } from "./model.js";

export interface Catalogue {
  /** The model of a dotted name, aliases followed; undefined when no library model knows it. */
  symbol(name: string): SymbolModel | undefined;
  /** The model of the member `name` of instances of `type`, inherited ones included, with its full dotted name. */
  member(type: string, name: string): { readonly name: string; readonly model: SymbolModel | undefined };
  /** What `choose` says of `type` or, failing that, of the types whose members it has; undefined when none says it. */
  inherited<Said>(type: string, choose: (model: SymbolModel) => Said | undefined): Said | undefined;
  /** What a method of this name does on an object of unknown type whose written name speaks for it. */
  duck(method: string, receiverText: string): SymbolModel | undefined;
  /** Parameters that are known by their name. */
  readonly parameters: readonly ParameterModel[];
  /** Settings that are wrong with some values, by name. */
  readonly settings: ReadonlyMap<string, SettingModel>;
  /** Is this dotted name, or anything below it, modelled? */
  knows(name: string): boolean;
  /**
   * What the users of the repository say, by dotted name. It is stronger than what the repository's own code under that
   * name does; a library's model never is.
   */
  readonly own: ReadonlyMap<string, SymbolModel>;
  /** Names, in lower case, of which the users of the repository say that what they hold is secret. */
  readonly secretNames: ReadonlySet<string>;
}

/** @throws Error when two libraries model one name, or an alias leads nowhere. */
export function createCatalogue(libraries: readonly LibraryModel[]): Catalogue {
  const symbols = new Map<string, SymbolModel>();
  for (const { library, symbols: entries } of libraries) {
    for (const [name, model] of Object.entries(entries)) {
      if (symbols.has(name)) throw new Error(`models/${library}: ${name} is modelled twice`);
      symbols.set(name, model);
    }
  }
  for (const [name, { alias }] of symbols) {
    if (alias !== undefined && !symbols.has(alias))
      throw new Error(`${name}: alias ${alias} is not modelled`);
  }
  const prefixes = prefixesOf(symbols.keys());
  const ducks = new Map<string, { readonly receiver: RegExp; readonly model: SymbolModel }[]>();
  for (const { ducks: entries } of libraries) {
    for (const duck of entries ?? []) {
      for (const method of duck.methods) ducks.set(method, [...(ducks.get(method) ?? []), duck]);
    }
  }
  return {
    ...lookups((name) => symbols.get(name)),
    duck: (method, receiverText) =>
      ducks.get(method)?.find(({ receiver }) => receiver.test(receiverText))?.model,
    parameters: libraries.flatMap((library) => library.parameters ?? []),
    settings: new Map(libraries.flatMap(({ settings = [] }) => settings.map((each) => [each.name, each]))),
    knows: (name) => symbols.has(name) || prefixes.has(name),
    own: new Map(),
    secretNames: new Set(),
  };
}

/** The same with the users' own models, by dotted name: where both model a name, theirs counts. */
export function withOwnModels(
  catalogue: Catalogue,
  models: Readonly<Record<string, SymbolModel>>,
): Catalogue {
  const own = new Map(Object.entries(models));
  if (own.size === 0) return catalogue;
  const prefixes = prefixesOf(own.keys());
  return {
    ...catalogue,
    ...lookups((name) => own.get(name) ?? catalogue.symbol(name)),
    knows: (name) => own.has(name) || prefixes.has(name) || catalogue.knows(name),
    own,
  };
}

/** The same with names that the users call secret. */
export function withSecretNames(catalogue: Catalogue, names: readonly string[]): Catalogue {
  if (names.length === 0) return catalogue;
  return { ...catalogue, secretNames: new Set(names.map((name) => name.toLowerCase())) };
}

/** "a.b.c" has the prefixes "a" and "a.b". */
function prefixesOf(names: Iterable<string>): ReadonlySet<string> {
  const prefixes = new Set<string>();
  for (const name of names) {
    for (let dot = name.indexOf("."); dot >= 0; dot = name.indexOf(".", dot + 1))
      prefixes.add(name.slice(0, dot));
  }
  return prefixes;
}

/** How deep types inherit, at most. */
const MAX_PARENTS = 8;

/** Aliases and inherited members over a table of models. */
function lookups(
  find: (name: string) => SymbolModel | undefined,
): Pick<Catalogue, "symbol" | "member" | "inherited"> {
  const symbol = (name: string): SymbolModel | undefined => {
    const model = find(name);
    return model?.alias === undefined ? model : find(model.alias);
  };
  const member = (
    type: string,
    name: string,
    seen = 0,
  ): { readonly name: string; readonly model: SymbolModel | undefined } => {
    const own = `${type}.${name}`;
    const model = symbol(own);
    if (model || seen > MAX_PARENTS) return { name: own, model };
    for (const parent of symbol(type)?.extends ?? []) {
      const inherited = member(parent, name, seen + 1);
      if (inherited.model) return inherited;
    }
    return { name: own, model: undefined };
  };
  const inherited = <Said>(
    type: string,
    choose: (model: SymbolModel) => Said | undefined,
    seen = 0,
  ): Said | undefined => {
    const model = symbol(type);
    if (!model || seen > MAX_PARENTS) return undefined;
    const own = choose(model);
    if (own !== undefined) return own;
    for (const parent of model.extends ?? []) {
      const said = inherited(parent, choose, seen + 1);
      if (said !== undefined) return said;
    }
    return undefined;
  };
  return {
    symbol,
    member: (type, name) => member(type, name),
    inherited: (type, choose) => inherited(type, choose),
  };
}
