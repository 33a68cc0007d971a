// The type that an annotation names, as far as calls on the value need it.
import type { Expression, Parameter } from "../python/ast.js";
import type { Frame } from "./interpret.js";
import { moduleMember } from "./module-member.js";
import { type Abstract, join, NOTHING, type Ref, UNKNOWN } from "./value.js";

/** Where an annotation stands. */
type Scope = Pick<Frame, "world" | "body">;

const WRAPPERS = new Set(["Optional", "Union", "Annotated", "Final", "ClassVar", "Required", "NotRequired"]);

/** An object of the annotated type; UNKNOWN when the annotation says nothing that matters. */
export function typeOfAnnotation(frame: Frame, annotation: Expression): Abstract {
  const type = named(frame, annotation);
  return type === NOTHING ? UNKNOWN : type;
}

function named(frame: Frame, annotation: Expression): Abstract {
  switch (annotation.kind) {
    case "name":
    case "attribute":
      return instanceOf(lookUp(frame, annotation));
    case "binary":
      return annotation.operator === "|"
        ? join(named(frame, annotation.left), named(frame, annotation.right))
        : NOTHING;
    case "subscript": {
      const { object, index } = annotation;
      const name = object.kind === "attribute" ? object.name.id : object.kind === "name" ? object.id : "";
      if (!WRAPPERS.has(name)) return NOTHING;
      const parts = index.kind === "display" ? index.elements : [index];
      const used = name === "Annotated" ? parts.slice(0, 1) : parts;
      return used.reduce((type: Abstract, part) => join(type, named(frame, part)), NOTHING);
    }
    default:
      return NOTHING;
  }
}

/** The value of a dotted name in the module's scope. */
function lookUp(frame: Scope, expression: Expression): Abstract {
  const { world, body } = frame;
  if (expression.kind === "name") {
    const module = world.moduleBody(body.module.path);
    return (module && moduleMember(world, module, expression.id)) ?? NOTHING;
  }
  if (expression.kind !== "attribute") return NOTHING;
  const refs = lookUp(frame, expression.object).refs.flatMap((ref): readonly Ref[] => {
    if (ref.kind === "symbol") return [{ kind: "symbol", name: `${ref.name}.${expression.name.id}` }];
    if (ref.kind === "module") {
      return moduleMember(world, ref.module, expression.name.id)?.refs ?? [];
    }
    return [];
  });
  return { ...NOTHING, refs };
}

function instanceOf(type: Abstract): Abstract {
  const refs = type.refs.flatMap((ref): readonly Ref[] => {
    if (ref.kind === "symbol") return [{ kind: "object", type: ref.name }];
    if (ref.kind === "class") return [{ kind: "instance", body: ref.body }];
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
  return lookUp(frame, annotation).refs.some(
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
