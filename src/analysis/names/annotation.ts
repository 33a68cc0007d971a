// The type that an annotation names, as far as calls on the value need it.
import type { Expression, Parameter } from "../../python/ast.js";
import type { Module } from "../../python/module.js";
import type { Frame } from "../frame.js";
import { type Abstract, join, NOTHING, type Ref, refTo, UNKNOWN, withField } from "../values/value.js";
import type { World } from "../world.js";
import { namedValue } from "./named.js";

/** Where an annotation stands. */
type Scope = Pick<Frame, "world" | "body">;

const WRAPPERS = new Set([
  ..."Optional Union Annotated Final ClassVar Required NotRequired ReadOnly InitVar Mapped".split(" "),
]);
/** What one gets out of them is of the last of their arguments but these. */
const CONTAINERS = new Set([
  ..."list List set Set frozenset FrozenSet deque Deque Sequence MutableSequence Collection Iterable Iterator".split(
    " ",
  ),
  ..."AsyncIterable AsyncIterator dict Dict Mapping MutableMapping defaultdict DefaultDict OrderedDict".split(
    " ",
  ),
]);
/** A call gives the first of their arguments to who iterates. */
const GENERATORS = new Set(["Generator", "AsyncGenerator"]);
/** Awaiting them gives the last of their arguments. */
const AWAITED = new Set(["Awaitable", "Coroutine", "Future", "Task"]);
const MAX_DEPTH = 8;

/** An object of the annotated type; UNKNOWN when the annotation says nothing that matters. */
export function typeOfAnnotation({ world, body }: Scope, annotation: Expression): Abstract {
  return annotatedIn(world, body.module, annotation);
}

/** The same, for an annotation of `module`. */
export function annotatedIn(world: World, module: Module, annotation: Expression): Abstract {
  const type = named({ world, module, depth: 0 }, annotation);
  return type === NOTHING ? UNKNOWN : type;
}

interface Reading {
  readonly world: World;
  readonly module: Module;
  readonly depth: number;
}

function named(reading: Reading, annotation: Expression): Abstract {
  if (reading.depth > MAX_DEPTH) return NOTHING;
  switch (annotation.kind) {
    case "name":
    case "attribute": {
      const type = instanceOf(lookUp(reading, annotation));
      return type === NOTHING ? aliased(reading, annotation) : type;
    }
    case "string": {
      const expression = reading.world.program.expression(annotation.value);
      return expression ? named(deeper(reading), expression) : NOTHING;
    }
    case "binary":
      return annotation.operator === "|"
        ? join(named(reading, annotation.left), named(reading, annotation.right))
        : NOTHING;
    case "subscript":
      return parameterized(reading, annotation);
    default:
      return NOTHING;
  }
}

const deeper = (reading: Reading): Reading => ({ ...reading, depth: reading.depth + 1 });

function parameterized(reading: Reading, annotation: Extract<Expression, { kind: "subscript" }>): Abstract {
  const { object, index } = annotation;
  const name = lastName(object);
  const parts = index.kind === "display" ? index.elements : [index];
  const first = parts[0];
  const last = parts.at(-1);
  if (!first || !last) return NOTHING;
  const inside = deeper(reading);
  if (name === "Annotated") return named(inside, first);
  if (WRAPPERS.has(name))
    return parts.reduce((type: Abstract, part) => join(type, named(inside, part)), NOTHING);
  if (AWAITED.has(name)) return named(inside, last);
  if (CONTAINERS.has(name))
    return holding(/dict|mapping/i.test(name) ? "dict" : "list", "[*]", named(inside, last));
  if (GENERATORS.has(name)) return holding("list", "[*]", named(inside, first));
  if (name === "tuple" || name === "Tuple") {
    return parts.reduce((type: Abstract, part, at) => {
      const element = named(inside, part);
      return element === NOTHING ? type : withField(type === NOTHING ? TUPLE : type, `[${at}]`, element);
    }, NOTHING);
  }
  if (name === "type" || name === "Type") return classesOf(named(inside, first));
  return instanceOf(lookUp(reading, object));
}

const TUPLE = refTo({ kind: "object", type: "builtins.tuple" });

function holding(type: "list" | "dict", key: string, element: Abstract): Abstract {
  return element === NOTHING
    ? NOTHING
    : withField(refTo({ kind: "object", type: `builtins.${type}` }), key, element);
}

function lastName(expression: Expression): string {
  return expression.kind === "attribute"
    ? expression.name.id
    : expression.kind === "name"
      ? expression.id
      : "";
}

/** `Rows = list[Row]`, `type Rows = list[Row]`, `T = TypeVar("T", bound=Row)` of the same module. */
function aliased(reading: Reading, annotation: Expression): Abstract {
  if (annotation.kind !== "name") return NOTHING;
  const bindings = reading.module.scopes.module.bindings.get(annotation.id);
  const node = bindings?.length === 1 ? bindings[0]!.node : undefined;
  if (node?.kind === "typeAlias") return named(deeper(reading), node.value);
  if (node?.kind !== "assign" || !node.value) return NOTHING;
  if (node.value.kind !== "call") return named(deeper(reading), node.value);
  const bound = node.value.arguments.find(({ name }) => name?.id === "bound");
  if (lastName(node.value.callee) === "TypeVar") return bound ? named(deeper(reading), bound.value) : NOTHING;
  const base = node.value.arguments[1];
  return lastName(node.value.callee) === "NewType" && base ? named(deeper(reading), base.value) : NOTHING;
}

/** The value of a dotted name in the module's scope. */
function lookUp({ world, module }: Reading, expression: Expression): Abstract {
  const body = world.moduleBody(module.path);
  return body ? namedValue(world, body, expression) : NOTHING;
}

function instanceOf(type: Abstract): Abstract {
  const refs = type.refs.flatMap((ref): readonly Ref[] => {
    if (ref.kind === "symbol") return ANYTHING.has(ref.name) ? [] : [{ kind: "object", type: ref.name }];
    if (ref.kind === "class") return [{ kind: "instance", body: ref.body }];
    return [];
  });
  return refs.length === 0 ? NOTHING : { ...NOTHING, refs };
}

const ANYTHING = new Set(["typing.Any", "typing_extensions.Any", "builtins.object"]);

function classesOf(type: Abstract): Abstract {
  const refs = type.refs.flatMap((ref): readonly Ref[] => {
    if (ref.kind === "object") return [{ kind: "symbol", name: ref.type }];
    if (ref.kind === "instance") return [{ kind: "class", body: ref.body }];
    return [];
  });
  return refs.length === 0 ? NOTHING : { ...NOTHING, refs };
}

const CONVERTED = new Set([
  "int",
  "float",
  "bool",
  "UUID",
  "date",
  "datetime",
  "time",
  "timedelta",
  "Decimal",
]);

/** Is the annotation a number, UUID, date, enumeration or literal, so that a framework admits nothing else? */
export function arrivesConverted(frame: Scope, annotation: Expression): boolean {
  switch (annotation.kind) {
    case "name":
      return CONVERTED.has(annotation.id) || isEnumeration(frame, annotation);
    case "attribute":
      return CONVERTED.has(annotation.name.id) || isEnumeration(frame, annotation);
    case "constant":
      return true;
    case "binary":
      return arrivesConverted(frame, annotation.left) && arrivesConverted(frame, annotation.right);
    case "subscript": {
      const { object, index } = annotation;
      const name = object.kind === "attribute" ? object.name.id : object.kind === "name" ? object.id : "";
      if (name === "Literal") return true;
      const parts = index.kind === "display" ? index.elements : [index];
      if (name === "Annotated") return parts[0] !== undefined && arrivesConverted(frame, parts[0]);
      return WRAPPERS.has(name) && parts.every((part) => arrivesConverted(frame, part));
    }
    default:
      return false;
  }
}

/** Is the parameter a number, a date or a choice by its annotation or its default, so that no text arrives in it? */
export function isNoText(scope: Scope, { annotation, default: fallback }: Parameter): boolean {
  if (annotation) return arrivesConverted(scope, annotation);
  return (
    fallback?.kind === "number" || (fallback?.kind === "constant" && typeof fallback.value === "boolean")
  );
}

function isEnumeration(frame: Scope, annotation: Expression): boolean {
  return lookUp({ world: frame.world, module: frame.body.module, depth: 0 }, annotation).refs.some(
    (ref) =>
      ref.kind === "class" &&
      frame.world
        .factsOf(ref.body)
        .bases.some(({ refs }) =>
          refs.some((base) => base.kind === "symbol" && /^enum\.\w*(Enum|Flag)$/.test(base.name)),
        ),
  );
}

/** Does `Annotated[…, f(…)]` call a function of one of these names? */
export function mentionsCallOf(annotation: Expression, names: readonly string[]): boolean {
  if (annotation.kind !== "subscript") return false;
  const parts = annotation.index.kind === "display" ? annotation.index.elements : [annotation.index];
  return parts.some((part) => {
    if (part.kind !== "call") return false;
    const { callee } = part;
    const name = callee.kind === "name" ? callee.id : callee.kind === "attribute" ? callee.name.id : "";
    return names.includes(name);
  });
}
