// One revision as analyses know it: bodies, their graphs and what interpreting them gave, each made once, on demand.
import { buildCfg } from "../flow/build.js";
import type { Cfg } from "../flow/cfg.js";
import type { Catalogue } from "../models/catalogue.js";
import type { SymbolModel } from "../models/model.js";
import type { ClassDefinition, FunctionDefinition, Lambda } from "../python/ast.js";
import type { Module } from "../python/module.js";
import type { Program } from "../python/program.js";
import { anyCall, type Body, type ClassBody, type FunctionBody, type ModuleBody } from "./body.js";
import type { Callee } from "./calls/call-graph.js";
import type { Given, ParameterUse } from "./calls/given.js";
import { parameterUses } from "./calls/parameter-use.js";
import { interpret } from "./interpret.js";
import type { Interpretation } from "./interpretation.js";
import { type ClassInOrder, mroOf } from "./names/mro.js";
import { membersUsed } from "./names/overrides.js";
import { createProgress } from "./progress.js";
import type { Entry } from "./taint/entry.js";
import type { Environment } from "./values/environment.js";
import { fieldWriters } from "./values/fields.js";
import { type Abstract, joinRefs } from "./values/value.js";

/** What the place that defines a function or class knows of it. */
export interface DefinitionFacts {
  readonly decorators: readonly Abstract[];
  /** For each decorator, the models of what is applied or called there. */
  readonly decoratorModels: readonly (readonly SymbolModel[])[];
  /** By parameter name: the symbols whose call gives the default (`Depends`). */
  readonly defaultCalls: ReadonlyMap<string, readonly string[]>;
  /** By parameter name. */
  readonly defaults: ReadonlyMap<string, Abstract>;
  /** Base classes, in order; without keyword arguments. */
  readonly bases: readonly Abstract[];
}

/** More ways to call one function than these are one way. */
const MAX_GIVEN = 16;

export interface World {
  readonly program: Program;
  readonly catalogue: Catalogue;
  /** The module at `path`; undefined when there is none or it cannot be read. */
  moduleBody(path: string): ModuleBody | undefined;
  /** The body that `definition` has inside `enclosing`; the same object each time. */
  bodyOf(definition: FunctionDefinition | Lambda, enclosing: Body): FunctionBody;
  bodyOf(definition: ClassDefinition, enclosing: Body): ClassBody;
  cfg(body: Body): Cfg;
  /** `body` as calls reach it that pass what `given` says, `key` names them; undefined when there are too many. */
  bodyGiven(body: FunctionBody, key: string, given: Given): FunctionBody | undefined;
  /** By the name of the parameter. */
  parameterUses(body: FunctionBody): ReadonlyMap<string, ParameterUse>;
  /** Interprets `body` (and first what encloses it). While that is under way, what asks again gets NOT_YET. */
  interpretation(body: Body): Interpretation;
  /** The variables of `body` at its end or, while it is under way, as bound so far. */
  environment(body: Body): Environment;
  /** Called by the interpreter where the body under way binds a variable. */
  bind(name: string, value: Abstract): void;
  /** Called by the interpreter where a definition is evaluated. */
  define(body: FunctionBody | ClassBody, facts: DefinitionFacts): void;
  factsOf(body: FunctionBody | ClassBody): DefinitionFacts;
  /** A call makes `body` an entry point; what was said of it before is forgotten. */
  register(body: FunctionBody, entry: Entry): void;
  registrationOf(body: FunctionBody): Entry | undefined;
  /** The class and those above it, in the order in which members are looked up. */
  mro(body: ClassBody): readonly ClassInOrder[];
  /** The members that a method, and the methods of its class that it calls, read from their receiver. */
  membersUsed(method: FunctionBody): ReadonlySet<string>;
  /** The methods of a class that assign to `self.name`. */
  writersOf(owner: ClassBody, name: string): readonly FunctionBody[];
  /** The first words of the modules that a file imports, anywhere in it. */
  importsOf(module: Module): ReadonlySet<string>;
  /** Called by the interpreter where a call in `caller` reaches `callee`. */
  called(caller: Body, callee: Callee): void;
}

const NO_FACTS: DefinitionFacts = {
  decorators: [],
  decoratorModels: [],
  defaultCalls: new Map(),
  defaults: new Map(),
  bases: [],
};

/** @param onCall is told of every call that is resolved, as often as it is */
export function createWorld(
  program: Program,
  catalogue: Catalogue,
  onCall: World["called"] = () => {},
): World {
  const modules = new Map<Module, ModuleBody>();
  const bodies = new Map<
    Body,
    Map<FunctionDefinition | Lambda | ClassDefinition, FunctionBody | ClassBody>
  >();
  const given = new Map<FunctionBody, Map<string, FunctionBody>>();
  const givenCounts = new Map<FunctionBody["definition"], number>();
  const uses = new Map<FunctionBody["definition"], ReadonlyMap<string, ParameterUse>>();
  const orders = new Map<ClassBody, { readonly version: number; readonly order: readonly ClassInOrder[] }>();
  const used = new Map<FunctionBody["definition"], ReadonlySet<string>>();
  let ids = 0;
  /** Counts the changes of base classes. */
  let version = 0;
  const graphs = new Map<Body["definition"], Cfg>();
  const progress = createProgress((body) => interpret(world, body));
  const facts = new Map<Body, DefinitionFacts>();
  const registrations = new Map<FunctionBody, Entry>();
  const writers = new Map<ClassBody, ReadonlyMap<string, readonly FunctionBody[]>>();
  const imports = new Map<Module, ReadonlySet<string>>();

  function bodyOf(definition: FunctionDefinition | Lambda, enclosing: Body): FunctionBody;
  function bodyOf(definition: ClassDefinition, enclosing: Body): ClassBody;
  function bodyOf(definition: FunctionDefinition | Lambda | ClassDefinition, enclosing: Body) {
    const inside = bodies.get(enclosing) ?? new Map<typeof definition, FunctionBody | ClassBody>();
    bodies.set(enclosing, inside);
    const known = inside.get(definition);
    if (known) return known;
    const own = definition.kind === "lambda" ? "<lambda>" : definition.name.id;
    const name = enclosing.name === "" ? own : `${enclosing.name}.${own}`;
    const { module } = enclosing;
    const body: FunctionBody | ClassBody =
      definition.kind === "class"
        ? { kind: "class", module, definition, name, enclosing, id: ids++ }
        : { kind: "function", module, definition, name, enclosing, id: ids++ };
    inside.set(definition, body);
    return body;
  }

  const world: World = {
    program,
    catalogue,
    called: onCall,
    bodyOf,
    moduleBody(path) {
      const module = program.module(path);
      if (!module) return undefined;
      let body = modules.get(module);
      if (!body) {
        body = { kind: "module", module, definition: module.syntax, name: "" };
        modules.set(module, body);
      }
      return body;
    },
    cfg(body) {
      let graph = graphs.get(body.definition);
      if (!graph) {
        graph = buildCfg(body.definition, body.module.scopes);
        graphs.set(body.definition, graph);
      }
      return graph;
    },
    interpretation: progress.interpretation,
    environment: progress.environment,
    bind: progress.bind,
    bodyGiven(body, key, values) {
      const known = given.get(body) ?? new Map<string, FunctionBody>();
      given.set(body, known);
      const same = known.get(key);
      if (same) return same;
      const count = givenCounts.get(body.definition) ?? 0;
      if (count >= MAX_GIVEN) return undefined;
      givenCounts.set(body.definition, count + 1);
      const special = { ...body, id: ids++, given: values };
      known.set(key, special);
      return special;
    },
    parameterUses(body) {
      let known = uses.get(body.definition);
      if (!known) {
        known = parameterUses(world, body);
        uses.set(body.definition, known);
      }
      return known;
    },
    define(body, known) {
      if (!sameBases(facts.get(body) ?? NO_FACTS, known)) version++;
      facts.set(body, known);
    },
    factsOf: (body) => facts.get(body.kind === "function" ? anyCall(body) : body) ?? NO_FACTS,
    mro(body) {
      const known = orders.get(body);
      if (known?.version === version) return known.order;
      const order = mroOf(world, body);
      orders.set(body, { version, order });
      return order;
    },
    membersUsed(method) {
      let known = used.get(method.definition);
      if (!known) {
        known = membersUsed(world, method);
        used.set(method.definition, known);
      }
      return known;
    },
    register(called, entry) {
      const body = anyCall(called);
      if (registrations.has(body)) return;
      registrations.set(body, entry);
      progress.forget(body);
    },
    registrationOf: (body) => registrations.get(anyCall(body)),
    writersOf(owner, name) {
      let known = writers.get(owner);
      if (!known) {
        known = fieldWriters(world, owner);
        writers.set(owner, known);
      }
      return known.get(name) ?? [];
    },
    importsOf(module) {
      let words = imports.get(module);
      if (!words) {
        words = firstWordsImported(module);
        imports.set(module, words);
      }
      return words;
    },
  };
  return world;
}

function sameBases(before: DefinitionFacts, after: DefinitionFacts): boolean {
  return (
    before.bases.length === after.bases.length &&
    before.bases.every(({ refs }, index) => {
      const other = after.bases[index]!.refs;
      return refs.length === other.length && joinRefs(refs, other) === refs;
    })
  );
}

function firstWordsImported(module: Module): ReadonlySet<string> {
  const words = new Set<string>();
  for (const { bindings, starImports } of module.scopes.all) {
    for (const { module: name } of starImports) words.add(name.split(".")[0]!);
    for (const binding of [...bindings.values()].flat()) {
      if (binding.form !== "import") continue;
      const { statement } = binding;
      const names =
        statement.kind === "import" ? statement.names.map(({ name }) => name) : [statement.module];
      for (const name of names) words.add(name.split(".")[0]!);
    }
  }
  return words;
}
