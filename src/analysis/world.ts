// One revision as analyses know it: bodies, their graphs and what interpreting them gave, each made once, on demand.
import { buildCfg } from "../flow/build.js";
import type { Cfg } from "../flow/cfg.js";
import type { Catalogue } from "../models/catalogue.js";
import type { ClassDefinition, FunctionDefinition, Lambda } from "../python/ast.js";
import type { Module } from "../python/module.js";
import type { Program } from "../python/program.js";
import type { Body, ClassBody, FunctionBody, ModuleBody } from "./body.js";
import type { Environment } from "./environment.js";
import { type Interpretation, interpret } from "./interpret.js";
import { createProgress } from "./progress.js";
import type { Abstract } from "./value.js";

/** What the place that defines a function or class knows of it. */
export interface DefinitionFacts {
  readonly decorators: readonly Abstract[];
  /** By parameter name. */
  readonly defaults: ReadonlyMap<string, Abstract>;
  /** Base classes, in order; without keyword arguments. */
  readonly bases: readonly Abstract[];
}

export interface World {
  readonly program: Program;
  readonly catalogue: Catalogue;
  /** The module at `path`; undefined when there is none or it cannot be read. */
  moduleBody(path: string): ModuleBody | undefined;
  /** The body that `definition` has inside `enclosing`; the same object each time. */
  bodyOf(definition: FunctionDefinition | Lambda, enclosing: Body): FunctionBody;
  bodyOf(definition: ClassDefinition, enclosing: Body): ClassBody;
  cfg(body: Body): Cfg;
  /** Interprets `body` (and first what encloses it). While that is under way, what asks again gets NOT_YET. */
  interpretation(body: Body): Interpretation;
  /** The variables of `body` at its end or, while it is under way, as bound so far. */
  environment(body: Body): Environment;
  /** Called by the interpreter where the body under way binds a variable. */
  bind(name: string, value: Abstract): void;
  /** Called by the interpreter where a definition is evaluated. */
  define(body: FunctionBody | ClassBody, facts: DefinitionFacts): void;
  factsOf(body: FunctionBody | ClassBody): DefinitionFacts;
}

const NO_FACTS: DefinitionFacts = { decorators: [], defaults: new Map(), bases: [] };

export function createWorld(program: Program, catalogue: Catalogue): World {
  const modules = new Map<Module, ModuleBody>();
  const bodies = new Map<FunctionDefinition | Lambda | ClassDefinition, FunctionBody | ClassBody>();
  const graphs = new Map<Body, Cfg>();
  const progress = createProgress((body) => interpret(world, body));
  const facts = new Map<Body, DefinitionFacts>();

  function bodyOf(definition: FunctionDefinition | Lambda, enclosing: Body): FunctionBody;
  function bodyOf(definition: ClassDefinition, enclosing: Body): ClassBody;
  function bodyOf(definition: FunctionDefinition | Lambda | ClassDefinition, enclosing: Body) {
    const known = bodies.get(definition);
    if (known) return known;
    const own = definition.kind === "lambda" ? "<lambda>" : definition.name.id;
    const name = enclosing.name === "" ? own : `${enclosing.name}.${own}`;
    const { module } = enclosing;
    const body: FunctionBody | ClassBody =
      definition.kind === "class"
        ? { kind: "class", module, definition, name, enclosing }
        : { kind: "function", module, definition, name, enclosing };
    bodies.set(definition, body);
    return body;
  }

  const world: World = {
    program,
    catalogue,
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
      let graph = graphs.get(body);
      if (!graph) {
        graph = buildCfg(body.definition, body.module.scopes);
        graphs.set(body, graph);
      }
      return graph;
    },
    interpretation: progress.interpretation,
    environment: progress.environment,
    bind: progress.bind,
    define(body, known) {
      facts.set(body, known);
    },
    factsOf: (body) => facts.get(body) ?? NO_FACTS,
  };
  return world;
}
