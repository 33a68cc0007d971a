// Names of a body: parameters, imports, definitions, and what lies outside the body.
import type { Instruction, Variable } from "../flow/instruction.js";
import { NO_KINDS } from "../models/kinds.js";
import type { FunctionDefinition, Lambda, Parameter } from "../python/ast.js";
import { typeOfAnnotation } from "./annotation.js";
import { classOf, type FunctionBody } from "./body.js";
import { entryOf } from "./entry.js";
import type { Frame } from "./interpret.js";
import { moduleMember } from "./module-member.js";
import { sourceTaint } from "./source.js";
import { type Abstract, join, NOTHING, refTo, type Taint, UNKNOWN, withTaints } from "./value.js";

/** The value with which parameter `index` enters: the client's, where the function is an entry point. */
export function parameterValue(frame: Frame, index: number): Abstract {
  const { body, world } = frame;
  if (body.kind !== "function") return UNKNOWN;
  const parameter = body.definition.parameters[index]!;
  const owner = classOf(body);
  if (owner && index === 0 && !isStatic(body.definition)) {
    return refTo(
      isClassMethod(body.definition) ? { kind: "class", body: owner } : { kind: "instance", body: owner },
    );
  }
  const declared = parameter.annotation ? typeOfAnnotation(frame, parameter.annotation) : UNKNOWN;
  const fallback = world.factsOf(body).defaults.get(parameter.name.id) ?? NOTHING;
  const value = join(declared, { ...fallback, taints: [] });
  const entry = entryOf(world, body);
  if (!entry) return withTaints(value, [callerTaint(frame, parameter, index)]);
  const source = entry.parameterSource(parameter);
  return source ? withTaints(value, [sourceTaint(frame, parameter.name, source)]) : value;
}

/** Stands for whatever the caller passes. */
function callerTaint(frame: Frame, parameter: Parameter, index: number): Taint {
  const place = { syntax: frame.body.module.syntax, node: parameter.name };
  return {
    origin: { kind: "parameter", index, path: "", key: `parameter ${index}` },
    clean: NO_KINDS,
    uncertain: false,
    trail: {
      place,
      role: "source",
      note: `\`${parameter.name.id}\` is passed in by the caller`,
      earlier: undefined,
      length: 1,
    },
  };
}

function hasDecorator(definition: FunctionDefinition | Lambda, name: string): boolean {
  return (
    definition.kind === "function" &&
    definition.decorators.some(({ expression }) => expression.kind === "name" && expression.id === name)
  );
}
const isStatic = (definition: FunctionDefinition | Lambda): boolean =>
  hasDecorator(definition, "staticmethod");
const isClassMethod = (definition: FunctionDefinition | Lambda): boolean =>
  hasDecorator(definition, "classmethod") ||
  (definition.kind === "function" && definition.name.id === "__init_subclass__");

/** A name that this body does not bind: of an enclosing function, of the module, or built in. */
export function readOuter(frame: Frame, variable: Variable): Abstract {
  const { world, body } = frame;
  switch (variable.storage) {
    case "builtin":
      return refTo({ kind: "symbol", name: `builtins.${variable.name}` });
    case "global": {
      const module = world.moduleBody(body.module.path);
      return (module && moduleMember(world, module, variable.name)) ?? UNKNOWN;
    }
    case "free":
      return readEnclosing(frame, variable.name);
    case "local":
      return UNKNOWN;
  }
}

function readEnclosing(frame: Frame, name: string): Abstract {
  let { body } = frame;
  while (body.kind !== "module") {
    body = body.enclosing;
    if (body.kind === "class") continue;
    const found = frame.world.environment(body).get(name);
    // Taint that stands for the enclosing function's parameters means nothing in this one.
    if (found)
      return withTaints(
        found,
        found.taints.filter(({ origin }) => origin.kind === "source"),
      );
  }
  return UNKNOWN;
}

/** The function or class that a definition makes; decorators are taken to give it back unchanged. */
export function define(frame: Frame, instruction: Extract<Instruction, { op: "define" }>): Abstract {
  const { world, values } = frame;
  const { definition } = instruction;
  const facts = {
    decorators: instruction.decorators.map((value) => values[value]!),
    defaults: new Map(instruction.defaults.map(({ parameter, value }) => [parameter, values[value]!])),
    bases: instruction.bases.filter(({ form }) => form === "positional").map(({ value }) => values[value]!),
  };
  if (definition.kind === "class") {
    const body = world.bodyOf(definition, frame.body);
    world.define(body, facts);
    return refTo({ kind: "class", body });
  }
  const body: FunctionBody = world.bodyOf(definition, frame.body);
  world.define(body, facts);
  return refTo({ kind: "function", body });
}
