// Names and dotted expressions to entities, through imports, re-exports, star imports and simple aliases.
import type { Assign, Expression } from "./ast.js";
import { isBuiltin } from "./builtins.js";
import { type ClassEntity, type Entity, entityName } from "./entities.js";
import { exportsName } from "./exports.js";
import { importedModuleName, importRequest, resolveModule, submodule } from "./imports.js";
import type { Module } from "./module.js";
import type { Program } from "./program.js";
import { type Binding, bindingScope, moduleScope, type Scope } from "./scopes.js";
import { resultName } from "./types.js";

/**
 * What `name` may mean in `scope` of `module`: all alternatives in source order (as `try: import a` comes before
 * `except ImportError: import b`), but plain variables last. Names that only a function binds resolve if it imports or defines them; else they give nothing.
 */
function resolveName(program: Program, module: Module, scope: Scope, name: string): readonly Entity[] {
  const binding = bindingScope(scope, name);
  if (binding === undefined) return resolveUnbound(program, module, scope, name);
  if (binding.kind === "module") return moduleMember(program, module, name);
  const owner = binding.kind === "class" ? classOf(program, module, binding) : undefined;
  return ranked(bindingEntities(program, module, binding, name, binding.bindings.get(name) ?? [], owner));
}

function resolveUnbound(program: Program, module: Module, scope: Scope, name: string): readonly Entity[] {
  const starred = starMember(program, module, moduleScope(scope), name);
  if (starred.length > 0) return starred;
  if (isBuiltin(name)) return [{ kind: "external", name: `builtins.${name}` }];
  return dynamicMember(program, module, moduleScope(scope), name);
}

/** What `import moduleName` or `from moduleName import member` means in `from`; relative dots are kept ("..m"). */
export function resolveImport(
  program: Program,
  from: Module,
  moduleName: string,
  member?: string,
): readonly Entity[] {
  const modules = resolveModule(program, from, moduleName);
  if (member === undefined || member === "*") return modules;
  return ranked(modules.flatMap((module) => memberOf(program, module, member)));
}

/** What `entity.name` may mean: a module's binding or submodule, a class's attribute through its MRO. */
export function memberOf(program: Program, entity: Entity, name: string): readonly Entity[] {
  switch (entity.kind) {
    case "module":
      return moduleMember(program, entity.module, name);
    case "namespace":
      return submodule(program, entity, name);
    case "class":
      return classMember(program, entity.class.mro, name);
    case "external":
      return [{ kind: "external", name: `${entity.name}.${name}` }];
    case "variable":
      return entity.values.flatMap((value) => memberOfValue(program, entity, value, name));
    case "function":
      return [];
  }
}

type Variable = Extract<Entity, { kind: "variable" }>;

/** `db = SQLAlchemy()` at the top of a module: `db.Model` is a member of what the call gives. */
function memberOfValue(
  program: Program,
  variable: Variable,
  value: Expression,
  name: string,
): readonly Entity[] {
  if (value.kind !== "call") return [];
  const { module } = variable;
  const scope =
    variable.class === undefined ? module.scopes.module : module.scopes.scopeOf(variable.class.definition);
  return program.memory.guarded(value, () =>
    resolveExpression(program, module, scope, value.callee).flatMap((callee): readonly Entity[] => {
      if (callee.kind === "class") return classMember(program, callee.class.mro, name);
      if (callee.kind !== "external") return [];
      return [{ kind: "external", name: `${resultName(callee.name)}.${name}` }];
    }),
  );
}

/** What `super().name` means in a method of `inside`, called on an object whose MRO is `mro`. */
export function memberAfter(
  program: Program,
  mro: ClassEntity["mro"],
  inside: ClassEntity,
  name: string,
): readonly Entity[] {
  return classMember(program, mro.slice(mro.indexOf(inside) + 1), name);
}

/** The first class of the repository that has the member; else whatever base outside it may. */
function classMember(program: Program, mro: ClassEntity["mro"], name: string): readonly Entity[] {
  for (const base of mro) {
    const own = typeof base === "string" ? [] : ownMember(program, base, name);
    if (own.length > 0) return own;
  }
  const outside = mro.filter((base) => typeof base === "string");
  return outside.map((base) => ({ kind: "external", name: `${base}.${name}` }));
}

/** What the body of `entity` itself, or `self.name = …` in its methods, binds. */
function ownMember(program: Program, entity: ClassEntity, name: string): readonly Entity[] {
  const method = entity.methods.get(name);
  if (method !== undefined) return [program.memory.functionEntity(method.module, method.definition)];
  const scope = entity.module.scopes.scopeOf(entity.definition);
  const bound = scope.bindings.get(name);
  if (bound !== undefined) {
    return ranked(bindingEntities(program, entity.module, scope, name, bound, entity));
  }
  const attribute = entity.attributes.get(name);
  if (attribute === undefined) return [];
  const values = attribute.assigned.map(({ value }) => value);
  return [{ kind: "variable", module: entity.module, class: entity, name, values }];
}

/** A module's own binding, then what its star imports bring, then a submodule; import cycles end in the submodule. */
function moduleMember(program: Program, module: Module, name: string): readonly Entity[] {
  return program.memory.member(
    module,
    name,
    () => {
      const scope = module.scopes.module;
      const own = bindingEntities(program, module, scope, name, scope.bindings.get(name) ?? [], undefined);
      const known = own.length > 0 ? own : starMember(program, module, scope, name);
      const inside = known.length > 0 ? [] : submodule(program, program.memory.moduleEntity(module), name);
      const found = ranked([...known, ...inside]);
      if (found.length > 0 || scope.bindings.has(name)) return found;
      return isBuiltin(name) ? [] : dynamicMember(program, module, scope, name);
    },
    () => submodule(program, program.memory.moduleEntity(module), name),
  );
}

/** A module that star-imports what is outside may have any name. */
function dynamicMember(program: Program, module: Module, scope: Scope, name: string): readonly Entity[] {
  return scope.starImports.flatMap((statement) =>
    resolveModule(program, module, importedModuleName(statement)).flatMap((source) =>
      source.kind === "external" ? memberOf(program, source, name) : [],
    ),
  );
}

function starMember(program: Program, module: Module, scope: Scope, name: string): readonly Entity[] {
  for (const statement of [...scope.starImports].reverse()) {
    for (const source of resolveModule(program, module, importedModuleName(statement))) {
      if (source.kind !== "module" || source.module === module) continue;
      if (!exportsName(source.module, name)) continue;
      const found = moduleMember(program, source.module, name);
      if (found.length > 0) return found;
    }
  }
  return [];
}

function bindingEntities(
  program: Program,
  module: Module,
  scope: Scope,
  name: string,
  bindings: readonly Binding[],
  owner: ClassEntity | undefined,
): readonly Entity[] {
  const { memory } = program;
  const values: Expression[] = [];
  const entities: Entity[] = [];
  let annotation: Expression | undefined;
  for (const { form, node, ...rest } of bindings) {
    if (form === "import" && "statement" in rest) {
      const request = importRequest(rest.statement, node);
      if (request) entities.push(...resolveImport(program, module, request.module, request.member));
    } else if (node.kind === "function") {
      if (!isOverload(node.decorators.map((decorator) => decorator.expression))) {
        entities.push(memory.functionEntity(module, node));
      }
    } else if (node.kind === "class") {
      entities.push(memory.classEntity(module, node));
    } else if (node.kind === "assign") {
      annotation ??= node.annotation;
      const value = valueFor(node, name);
      const alias = value && aliased(program, module, scope, name, value);
      if (alias && alias.length > 0) entities.push(...alias);
      else if (value) values.push(value);
    } else if (node.kind === "typeAlias") values.push(node.value);
  }
  const isVariable =
    (scope.kind === "module" || scope.kind === "class") && bindings.some(({ form }) => form !== "import");
  if (entities.length > 0 || !isVariable) return entities;
  const ownerPart = owner === undefined ? {} : { class: owner };
  const annotationPart = annotation === undefined ? {} : { annotation };
  return [{ kind: "variable", module, ...ownerPart, name, values, ...annotationPart }];
}

/** The value that `a = b = value` gives to `name`; undefined for one target of an unpacking. */
function valueFor(statement: Assign, name: string): Expression | undefined {
  return statement.targets.some((target) => target.kind === "name" && target.id === name)
    ? statement.value
    : undefined;
}

/** `json = simplejson`, `get = requests.get`: the name is another's. */
function aliased(
  program: Program,
  module: Module,
  scope: Scope,
  name: string,
  value: Expression,
): readonly Entity[] {
  if (value.kind !== "name" && value.kind !== "attribute") return [];
  if (value.kind === "name" && value.id === name) return [];
  return program.memory.guarded(value, () => {
    return resolveExpression(program, module, scope, value).filter((entity) => entity.kind !== "variable");
  });
}

function isOverload(decorators: readonly Expression[]): boolean {
  return decorators.some(
    (expression) =>
      (expression.kind === "name" && expression.id === "overload") ||
      (expression.kind === "attribute" && expression.name.id === "overload"),
  );
}

/** What a name or a dotted expression may mean; nothing for any other expression. */
export function resolveExpression(
  program: Program,
  module: Module,
  scope: Scope,
  expression: Expression,
): readonly Entity[] {
  const members: string[] = [];
  let root = expression;
  while (root.kind === "attribute") {
    members.push(root.name.id);
    root = root.object;
  }
  if (root.kind !== "name") return [];
  let entities = resolveName(program, module, scope, root.id);
  for (const member of members.reverse()) {
    entities = ranked(entities.flatMap((entity) => memberOf(program, entity, member)));
  }
  return entities;
}

/** The dotted name of a name or dotted expression ("flask.request.args.get"); undefined when nothing is known of it. */
export function qualifiedName(
  program: Program,
  module: Module,
  scope: Scope,
  expression: Expression,
): string | undefined {
  const [entity] = resolveExpression(program, module, scope, expression);
  if (entity !== undefined) return entityName(entity);
  if (expression.kind !== "attribute") return undefined;
  const object = qualifiedName(program, module, scope, expression.object);
  return object === undefined ? undefined : `${object}.${expression.name.id}`;
}

/** The class whose body has `scope`. */
function classOf(program: Program, module: Module, scope: Scope): ClassEntity | undefined {
  const { owner } = scope;
  if (!("kind" in owner) || owner.kind !== "class") return undefined;
  const entity = program.memory.classEntity(module, owner);
  return entity.kind === "class" ? entity.class : undefined;
}

/** Each entity once, in source order, but plain variables after the rest. */
function ranked(entities: readonly Entity[]): readonly Entity[] {
  if (entities.length < 2) return entities;
  const seen = new Set<string>();
  const unique = entities.filter((entity) => {
    const key = `${entity.kind} ${entityName(entity)} ${entity.kind === "module" ? entity.module.path : ""}`;
    if (seen.has(key)) return false;
    seen.add(key);
    return true;
  });
  return unique
    .map((entity, index) => ({ entity, index, rank: rankOf(entity) }))
    .sort((left, right) => left.rank - right.rank || left.index - right.index)
    .map(({ entity }) => entity);
}

/** Plain variables last: an `x = None` is where an import failed. */
function rankOf(entity: Entity): number {
  return entity.kind === "variable" ? 1 : 0;
}
