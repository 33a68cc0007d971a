// Annotations to types: unions, containers, `typing`'s special forms, strings, aliases and type variables.
import type { Expression } from "./ast.js";
import { type ClassEntity, type Entity, entityName } from "./entities.js";
import type { Module } from "./module.js";
import type { Program } from "./program.js";
import { resolveExpression } from "./resolve.js";
import type { Scope } from "./scopes.js";
import { externalType, type Types, union, unknownTypes } from "./types.js";

const deepest = 12;
const wrappers = new Set([
  "Annotated",
  "ClassVar",
  "Final",
  "InitVar",
  "Mapped",
  "NotRequired",
  "ReadOnly",
  "Required",
]);
const aliases: Readonly<Record<string, string>> = {
  "typing.List": "builtins.list",
  "typing.Dict": "builtins.dict",
  "typing.Set": "builtins.set",
  "typing.FrozenSet": "builtins.frozenset",
  "typing.Tuple": "builtins.tuple",
  "typing.Text": "builtins.str",
  "typing.DefaultDict": "collections.defaultdict",
  "typing.OrderedDict": "collections.OrderedDict",
  "typing.Counter": "collections.Counter",
  "typing.Deque": "collections.deque",
};

/** The types that `annotation`, read in `scope` of `module`, names; none for `Any` and what is not known. */
export function typeOfAnnotation(
  program: Program,
  module: Module,
  scope: Scope,
  annotation: Expression,
): Types {
  return annotated({ program, module, scope }, annotation, 0);
}

interface Reading {
  readonly program: Program;
  readonly module: Module;
  readonly scope: Scope;
}

function annotated(reading: Reading, annotation: Expression, depth: number): Types {
  if (depth > deepest) return unknownTypes;
  switch (annotation.kind) {
    case "name":
    case "attribute": {
      const [entity] = resolveExpression(reading.program, reading.module, reading.scope, annotation);
      return entity === undefined ? unknownTypes : entityTypes(reading, entity, [], depth);
    }
    case "string": {
      const parsed = reading.program.expression(annotation.value);
      return parsed === undefined ? unknownTypes : annotated(reading, parsed, depth + 1);
    }
    case "constant":
      return annotation.value === null ? [{ kind: "none" }] : unknownTypes;
    case "binary": {
      const { left, right, operator } = annotation;
      if (operator !== "|") return unknownTypes;
      return union(annotated(reading, left, depth + 1), annotated(reading, right, depth + 1));
    }
    case "subscript":
      return subscripted(reading, annotation, depth);
    default:
      return unknownTypes;
  }
}

function subscripted(
  reading: Reading,
  { object, index }: Extract<Expression, { kind: "subscript" }>,
  depth: number,
): Types {
  const [entity] = resolveExpression(reading.program, reading.module, reading.scope, object);
  if (entity === undefined) return unknownTypes;
  const name = entityName(entity);
  const form = name.slice(name.lastIndexOf(".") + 1);
  const parts = index.kind === "display" && index.form === "tuple" ? index.elements : [index];
  const inner = (part: Expression) => annotated(reading, part, depth + 1);
  if (form === "Optional") return union(...parts.map(inner), [{ kind: "none" }]);
  if (form === "Union") return union(...parts.map(inner));
  if (wrappers.has(form)) return parts[0] === undefined ? unknownTypes : inner(parts[0]);
  if (form === "Literal") return union(...parts.map(literalTypes));
  if (form === "Type" || name === "builtins.type") return union(...parts.map(inner)).flatMap(classOfType);
  if (form === "Callable") return externalType("typing.Callable");
  return entityTypes(reading, entity, parts.map(inner), depth);
}

function classOfType(type: Types[number]): Types {
  if (type.kind === "instance") return [{ kind: "class", class: type.class }];
  return type.kind === "external" ? [{ kind: "externalClass", name: type.name }] : [];
}

function literalTypes(part: Expression): Types {
  if (part.kind === "string") return externalType(part.isBytes ? "builtins.bytes" : "builtins.str");
  if (part.kind === "number") return externalType("builtins.int");
  return unknownTypes;
}

/** An object of what `entity` names: a class, a type alias, a type variable. */
function entityTypes(
  reading: Reading,
  entity: Entity,
  typeArguments: readonly Types[],
  depth: number,
): Types {
  switch (entity.kind) {
    case "class":
      return [{ kind: "instance", class: entity.class, arguments: typeArguments }];
    case "external": {
      const { name } = entity;
      if (name.endsWith(".Any")) return unknownTypes;
      if (name === "typing.Self" || name === "typing_extensions.Self") return selfTypes(reading);
      return externalType(aliases[name] ?? name, ...typeArguments);
    }
    case "variable": {
      const [value] = entity.values;
      if (value === undefined) return unknownTypes;
      const there = { ...reading, module: entity.module, scope: entity.module.scopes.module };
      return value.kind === "call" ? boundOf(there, value, depth) : annotated(there, value, depth + 1);
    }
    default:
      return unknownTypes;
  }
}

/** `T = TypeVar("T", bound=B)`, `UserId = NewType("UserId", int)` */
function boundOf(reading: Reading, call: Extract<Expression, { kind: "call" }>, depth: number): Types {
  const name =
    call.callee.kind === "attribute"
      ? call.callee.name.id
      : call.callee.kind === "name"
        ? call.callee.id
        : "";
  const bound =
    name === "NewType"
      ? call.arguments[1]?.value
      : call.arguments.find((passed) => passed.name?.id === "bound")?.value;
  const isKnown = name === "NewType" || name === "TypeVar";
  return isKnown && bound !== undefined ? annotated(reading, bound, depth + 1) : unknownTypes;
}

/** An object of the class around the scope of `reading`. */
function selfTypes(reading: Reading): Types {
  const self = classAround(reading.program, reading.module, reading.scope);
  return self === undefined ? unknownTypes : [{ kind: "instance", class: self, arguments: [] }];
}

/** The innermost class that `scope` lies in. */
export function classAround(program: Program, module: Module, scope: Scope): ClassEntity | undefined {
  for (let outer: Scope | undefined = scope; outer !== undefined; outer = outer.parent) {
    const { owner } = outer;
    if ("kind" in owner && owner.kind === "class") return program.memory.classEntity(module, owner).class;
  }
  return undefined;
}
