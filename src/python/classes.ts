// Classes: bases, method resolution order, methods and attributes, each computed when first asked for.
import type { ClassDefinition, Decorator, Expression, FunctionDefinition, Statement } from "./ast.js";
import {
  type BaseClass,
  baseName,
  type ClassAttribute,
  type ClassEntity,
  type FunctionEntity,
} from "./entities.js";
import { topLevel } from "./exports.js";
import type { Module } from "./module.js";
import { mroOf } from "./mro.js";
import type { Program } from "./program.js";
import { qualifiedName, resolveExpression } from "./resolve.js";
import type { Scope } from "./scopes.js";
import { resultName } from "./types.js";

export function createClass(
  program: Program,
  module: Module,
  definition: ClassDefinition,
  name: string,
  outer: ClassEntity | undefined,
): ClassEntity {
  /** Where the bases and decorators are read. */
  const around = module.scopes.scopeOf(definition).parent!;
  const bases = lazy<readonly BaseClass[]>([], () => basesOf(program, module, around, definition));
  const mro = lazy<readonly BaseClass[]>([], () => mroOf(entity));
  const methods = lazy(new Map<string, FunctionEntity>(), () => methodsOf(program, module, definition));
  const attributes = lazy(new Map<string, ClassAttribute>(), () => attributesOf(entity));
  const hasBase = (names: ReadonlySet<string>) => mro().some((base) => names.has(baseName(base)));
  const metaclass = definition.bases.find((base) => base.name?.id === "metaclass");
  const metaclassName = metaclass && qualifiedName(program, module, around, metaclass.value);
  const entity: ClassEntity = {
    module,
    definition,
    qualifiedName: name,
    ...(outer === undefined ? {} : { class: outer }),
    ...(metaclassName === undefined ? {} : { metaclass: metaclassName }),
    get bases() {
      return bases();
    },
    get mro() {
      return mro();
    },
    get methods() {
      return methods();
    },
    get attributes() {
      return attributes();
    },
    get isDataclass() {
      return definition.decorators.some((decorator) =>
        isDataclassDecorator(program, module, around, decorator),
      );
    },
    get isNamedTuple() {
      return hasBase(namedTuples);
    },
    get isEnum() {
      return hasBase(enums);
    },
  };
  return entity;
}

/** `compute` once; `whileComputing` for who asks in a cycle. */
function lazy<T>(whileComputing: T, compute: () => T): () => T {
  let state: "new" | "computing" | "done" = "new";
  let value = whileComputing;
  return () => {
    if (state !== "new") return value;
    state = "computing";
    value = compute();
    state = "done";
    return value;
  };
}

const namedTuples = new Set(["typing.NamedTuple", "collections.namedtuple()", "collections.namedtuple"]);
const enums = new Set(["enum.Enum", "enum.IntEnum", "enum.StrEnum", "enum.Flag", "enum.IntFlag"]);
const dataclassDecorators =
  /^(?:dataclasses\.dataclass|attr\.(?:s|attrs|dataclass|define|frozen|mutable)|attrs\.\w+|pydantic\.dataclasses\.dataclass)$/;
const ignoredBases = new Set([
  "builtins.object",
  "typing.Generic",
  "typing.Protocol",
  "typing_extensions.Protocol",
]);

function isDataclassDecorator(
  program: Program,
  module: Module,
  scope: Scope,
  { expression }: Decorator,
): boolean {
  const named = expression.kind === "call" ? expression.callee : expression;
  const name = qualifiedName(program, module, scope, named);
  return name !== undefined && dataclassDecorators.test(name);
}

function basesOf(
  program: Program,
  module: Module,
  scope: Scope,
  definition: ClassDefinition,
): readonly BaseClass[] {
  return definition.bases
    .filter((base) => base.form === "positional")
    .flatMap(({ value }) => baseOf(program, module, scope, value))
    .filter((base) => typeof base !== "string" || !ignoredBases.has(base));
}

/** `Base`, `Generic[T]`, `with_metaclass(Meta, Base)`, `namedtuple("P", "x y")`, `db.Model`. */
function baseOf(
  program: Program,
  module: Module,
  scope: Scope,
  expression: Expression,
): readonly BaseClass[] {
  if (expression.kind === "subscript") return baseOf(program, module, scope, expression.object);
  if (expression.kind === "call") {
    const callee = qualifiedName(program, module, scope, expression.callee);
    if (callee === undefined) return [];
    if (!callee.endsWith("with_metaclass")) return [resultName(callee)];
    return expression.arguments.slice(1).flatMap(({ value }) => baseOf(program, module, scope, value));
  }
  const [entity] = resolveExpression(program, module, scope, expression);
  switch (entity?.kind) {
    case "class":
      return [entity.class];
    case "external":
      return [entity.name];
    case "variable": {
      const [value] = entity.values;
      const isAlias = value?.kind === "call" || value?.kind === "subscript";
      return isAlias ? baseOf(program, entity.module, entity.module.scopes.module, value) : [];
    }
    default:
      return [];
  }
}

function methodsOf(
  program: Program,
  module: Module,
  definition: ClassDefinition,
): Map<string, FunctionEntity> {
  const methods = new Map<string, FunctionEntity>();
  for (const [name, bindings] of module.scopes.scopeOf(definition).bindings) {
    const definitions = bindings.flatMap(({ node }) =>
      node.kind === "function" && !isAccessory(node) ? [node] : [],
    );
    const last = definitions.at(-1);
    if (last !== undefined) methods.set(name, program.memory.functionEntity(module, last).function);
  }
  return methods;
}

/** `@overload` and `@name.setter` definitions stand beside the one that counts. */
function isAccessory({ decorators }: FunctionDefinition): boolean {
  return decorators.some(({ expression }) => {
    const last =
      expression.kind === "attribute" ? expression.name.id : expression.kind === "name" ? expression.id : "";
    return last === "overload" || (expression.kind === "attribute" && /^(?:setter|deleter)$/.test(last));
  });
}

interface OpenAttribute {
  annotation?: Expression;
  readonly values: Expression[];
  readonly assigned: { readonly method: FunctionEntity; readonly value: Expression }[];
}

/** What the class body and `self.name = …` in its methods assign, in source order. */
function attributesOf(entity: ClassEntity): Map<string, ClassAttribute> {
  const open = new Map<string, OpenAttribute>();
  const attribute = (name: string): OpenAttribute => {
    const known = open.get(name) ?? { values: [], assigned: [] };
    open.set(name, known);
    return known;
  };
  for (const statement of topLevel(entity.definition.body)) {
    for (const { target, value } of assignmentsIn(statement)) {
      if (target.kind !== "name") continue;
      const own = attribute(target.id);
      if (value !== undefined) own.values.push(value);
      if (statement.kind === "assign" && statement.annotation) own.annotation ??= statement.annotation;
    }
  }
  for (const method of entity.methods.values()) {
    if (method.definition.kind === "lambda" || method.role === "static") continue;
    const self = method.definition.parameters[0]?.name.id;
    for (const statement of topLevel(method.definition.body)) {
      for (const { target, value } of assignmentsIn(statement)) {
        if (target.kind !== "attribute" || target.object.kind !== "name" || target.object.id !== self)
          continue;
        const own = attribute(target.name.id);
        if (value !== undefined) own.assigned.push({ method, value });
        if (statement.kind === "assign" && statement.annotation) own.annotation ??= statement.annotation;
      }
    }
  }
  return new Map([...open].map(([name, own]) => [name, { name, ...own }]));
}

/** Each target of an assignment or `with … as`, with what it gets where that is one expression. */
function* assignmentsIn(
  statement: Statement,
): Generator<{ readonly target: Expression; readonly value: Expression | undefined }> {
  if (statement.kind === "assign") {
    for (const target of statement.targets) yield* paired(target, statement.value);
  } else if (statement.kind === "for") yield* paired(statement.target, undefined);
  else if (statement.kind === "with") {
    for (const { target } of statement.items) if (target) yield* paired(target, undefined);
  }
}

function* paired(
  target: Expression,
  value: Expression | undefined,
): Generator<{ readonly target: Expression; readonly value: Expression | undefined }> {
  if (target.kind !== "display") return yield { target, value };
  const isPairwise = value?.kind === "display" && value.elements.length === target.elements.length;
  for (const [index, element] of target.elements.entries()) {
    yield* paired(element, isPairwise ? value.elements[index] : undefined);
  }
}
