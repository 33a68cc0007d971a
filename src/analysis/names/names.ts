// Names of a body: parameters, imports, definitions, and what lies outside the body.
import type { Variable } from "../../flow/instruction.js";
import type { Parameter } from "../../python/ast.js";
import { isBuiltin } from "../../python/builtins.js";
import { classOf, type FunctionBody, isClassMethod, isStatic } from "../body.js";
import type { Frame } from "../frame.js";
import { type Entry, entryOf, filledBy } from "../taint/entry.js";
import { withoutCaller } from "../values/fields.js";
import { sourceTaint } from "../values/source.js";
import {
  type Abstract,
  beginningTaint,
  join,
  NOTHING,
  refTo,
  type Taint,
  UNKNOWN,
  withField,
  withTaints,
} from "../values/value.js";
import { typeOfAnnotation } from "./annotation.js";
import { moduleMember } from "./module-member.js";

/** The value with which parameter `index` enters: the client's, where the function is an entry point. */
export function parameterValue(frame: Frame, index: number): Abstract {
  const { body, world } = frame;
  if (body.kind !== "function") return UNKNOWN;
  const parameter = body.definition.parameters[index]!;
  const owner = classOf(body);
  const given = body.given?.values.get(index);
  if (owner && index === 0 && !isStatic(body.definition)) {
    if (given) return withCallerTaints(frame, parameter, index, given, []);
    return refTo(
      isClassMethod(body.definition) ? { kind: "class", body: owner } : { kind: "instance", body: owner },
    );
  }
  const declared = declaredType(frame, parameter);
  const fallback = given ?? world.factsOf(body).defaults.get(parameter.name.id) ?? NOTHING;
  const certain = given && declared === UNKNOWN ? NOTHING : declared;
  const value = join(certain, withCallerTaints(frame, parameter, index, { ...fallback, taints: [] }, []));
  const entry = entryOf(world, body);
  if (entry) return atEntry(frame, entry, parameter, index, value);
  const known = value.refs.some(({ kind }) => kind !== "unknown")
    ? undefined
    : knownByName(frame, parameter, index);
  const typed = known === undefined ? value : { ...value, refs: [{ kind: "object", type: known } as const] };
  return withTaints(typed, [callerTaint(frame, parameter, index, [])]);
}

/** `*rows: Row` is a tuple of rows, `**named: Row` a mapping to them. */
function declaredType(frame: Frame, { annotation, form }: Parameter): Abstract {
  if (!annotation) return UNKNOWN;
  const type = typeOfAnnotation(frame, annotation);
  if (type === UNKNOWN || (form !== "star" && form !== "doubleStar")) return type;
  const packed = form === "star" ? "builtins.tuple" : "builtins.dict";
  return withField(refTo({ kind: "object", type: packed }), "[*]", type);
}

function atEntry(frame: Frame, entry: Entry, parameter: Parameter, index: number, value: Abstract): Abstract {
  const { body } = frame;
  const shift = classOf(body) && body.kind === "function" && !isStatic(body.definition) ? 1 : 0;
  const { type, source } = filledBy(frame, entry, parameter, index - shift);
  if (type !== undefined) return refTo({ kind: "object", type });
  return source ? withTaints(value, [sourceTaint(frame, parameter.name, source)]) : value;
}

/** The type of a parameter whose name says what it is where a library is imported: `def view(request)` in Django. */
function knownByName(frame: Frame, { name }: Parameter, index: number): string | undefined {
  const { body, world } = frame;
  const named = world.catalogue.parameters.filter((candidate) => candidate.name.test(name.id));
  if (named.length === 0 || body.kind !== "function") return undefined;
  const imported = world.importsOf(body.module);
  const later = body.definition.parameters.slice(index + 1);
  return named.find(
    ({ followedBy, whenImporting }) =>
      (whenImporting === undefined || imported.has(whenImporting)) &&
      (followedBy === undefined || areCalled(later, followedBy)),
  )?.type;
}

function areCalled(parameters: readonly Parameter[], names: readonly RegExp[]): boolean {
  return (
    parameters.length === names.length && names.every((name, index) => name.test(parameters[index]!.name.id))
  );
}

/** What is inside `value` stands for what is inside the argument. */
function withCallerTaints(
  frame: Frame,
  parameter: Parameter,
  index: number,
  value: Abstract,
  path: readonly string[],
): Abstract {
  if (value.fields.size === 0) return value;
  const fields = new Map<string, Abstract>();
  for (const [key, content] of value.fields) {
    const below = [...path, key];
    const inside = withCallerTaints(frame, parameter, index, content, below);
    fields.set(key, withTaints(inside, [callerTaint(frame, parameter, index, below)]));
  }
  return { ...value, fields };
}

/** Stands for whatever the caller passes: for all of it, or for what is at `path` inside it. */
function callerTaint(frame: Frame, parameter: Parameter, index: number, path: readonly string[]): Taint {
  const place = { syntax: frame.body.module.syntax, node: parameter.name };
  const key = `parameter ${index} ${path.join(" ")}`;
  const note = `\`${parameter.name.id}\` is passed in by the caller`;
  return beginningTaint({ kind: "parameter", index, path, key }, place, note);
}

/** A name that this body does not bind: of an enclosing function, of the module, or built in. */
export function readOuter(frame: Frame, variable: Variable): Abstract {
  const { world, body } = frame;
  switch (variable.storage) {
    case "builtin":
      return isBuiltin(variable.name)
        ? refTo({ kind: "symbol", name: `builtins.${variable.name}` })
        : unbound(frame, variable.name);
    case "global": {
      const module = world.moduleBody(body.module.path);
      return (module && moduleMember(world, module, variable.name)) ?? unbound(frame, variable.name);
    }
    case "free":
      return readEnclosing(frame, variable.name);
    case "local":
      return UNKNOWN;
  }
}

/**
 * A name that nothing in the file binds: `from common import *` brings modules along, cells of a notebook lean on one
 * another, and embedding programs provide some. What is called like a library that the models know is that library.
 */
function unbound({ world, body }: Frame, name: string): Abstract {
  if (body.module.scopes.module.bindings.has(name) || !world.catalogue.knows(name)) return UNKNOWN;
  return refTo({ kind: "symbol", name });
}

function readEnclosing(frame: Frame, name: string): Abstract {
  let { body } = frame;
  while (body.kind !== "module") {
    body = body.enclosing;
    if (body.kind === "class") continue;
    const found = frame.world.environment(body).get(name);
    if (found) return body.kind === "function" ? captured(found, body) : withoutCaller(found);
  }
  return UNKNOWN;
}

/** What a function nested in `holder` sees of its variables: the parameters are still those of `holder`. */
function captured(value: Abstract, holder: FunctionBody): Abstract {
  if (value.taints.length === 0 && value.fields.size === 0) return value;
  const taints = value.taints.map((taint): Taint => {
    const { origin } = taint;
    if (origin.kind === "source" || origin.of) return taint;
    const key = `${origin.key} of ${holder.name} ${holder.definition.start}`;
    return { ...taint, origin: { ...origin, of: holder, key } };
  });
  const fields = new Map([...value.fields].map(([key, content]) => [key, captured(content, holder)]));
  return { ...value, taints, fields };
}
