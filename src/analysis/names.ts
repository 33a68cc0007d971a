// Names of a body: parameters, imports, definitions, and what lies outside the body.
import type { Instruction, Value, Variable } from "../flow/instruction.js";
import { NO_KINDS } from "../models/kinds.js";
import type { SymbolModel } from "../models/model.js";
import type { FunctionDefinition, Lambda, Parameter } from "../python/ast.js";
import { typeOfAnnotation } from "./annotation.js";
import { classOf, type FunctionBody, hasDecorator, isStatic } from "./body.js";
import { type Entry, entryOf, filledBy } from "./entry.js";
import { withoutCaller } from "./fields.js";
import type { Frame } from "./interpret.js";
import { lastWord } from "./last-word.js";
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
  if (entry) return atEntry(frame, entry, parameter, index, value);
  const known = value.refs.some(({ kind }) => kind !== "unknown") ? undefined : knownByName(frame, parameter);
  const typed = known === undefined ? value : { ...value, refs: [{ kind: "object", type: known } as const] };
  return withTaints(typed, [callerTaint(frame, parameter, index)]);
}

function atEntry(frame: Frame, entry: Entry, parameter: Parameter, index: number, value: Abstract): Abstract {
  const { body } = frame;
  const shift = classOf(body) && body.kind === "function" && !isStatic(body.definition) ? 1 : 0;
  const { type, source } = filledBy(frame, entry, parameter, index - shift);
  if (type !== undefined) return refTo({ kind: "object", type });
  return source ? withTaints(value, [sourceTaint(frame, parameter.name, source)]) : value;
}

/** The type of a parameter whose name says what it is where a library is imported: `def view(request)` in Django. */
function knownByName(frame: Frame, { name }: Parameter): string | undefined {
  const models = frame.world.catalogue.parameters;
  const model = models.find((candidate) => candidate.name.test(name.id));
  if (!model) return undefined;
  const imported = frame.world.importsOf(frame.body.module);
  return models.find((candidate) => candidate.name.test(name.id) && imported.has(candidate.whenImporting))
    ?.type;
}

/** Stands for whatever the caller passes. */
function callerTaint(frame: Frame, parameter: Parameter, index: number): Taint {
  const place = { syntax: frame.body.module.syntax, node: parameter.name };
  return {
    origin: { kind: "parameter", index, path: "", key: `parameter ${index}` },
    clean: NO_KINDS,
    uncertain: false,
    normal: NO_KINDS,
    trail: {
      place,
      role: "source",
      note: `\`${parameter.name.id}\` is passed in by the caller`,
      earlier: undefined,
      length: 1,
    },
  };
}

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
    if (found) return withoutCaller(found);
  }
  return UNKNOWN;
}

/** The function or class that a definition makes; decorators are taken to give it back unchanged. */
export function define(frame: Frame, instruction: Extract<Instruction, { op: "define" }>): Abstract {
  const { world, values } = frame;
  const { definition } = instruction;
  const facts = {
    decorators: instruction.decorators.map((value) => values[value]!),
    decoratorModels: instruction.decorators.map((value) => modelsNamedBy(frame, value)),
    defaultCalls: new Map(
      instruction.defaults.map(({ parameter, value }) => [parameter, symbolsCalled(frame, value)]),
    ),
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

/** The models of a decorator, written bare or called. */
function modelsNamedBy(frame: Frame, decorator: Value): readonly SymbolModel[] {
  const { catalogue } = frame.world;
  const definition = frame.cfg.definitions[decorator];
  const applied = definition?.op === "call" ? definition.callee : decorator;
  const models = symbolsIn(frame.values[applied]!).flatMap((name) => catalogue.symbol(name) ?? []);
  const member = frame.cfg.definitions[applied];
  if (models.length > 0 || member?.op !== "member") return models;
  const duck = catalogue.duck(member.name, lastWord(frame, member.object));
  return duck ? [duck] : [];
}

function symbolsCalled(frame: Frame, value: Value): readonly string[] {
  const definition = frame.cfg.definitions[value];
  return definition?.op === "call" ? symbolsIn(frame.values[definition.callee]!) : [];
}

function symbolsIn({ refs }: Abstract): readonly string[] {
  return refs.flatMap((ref) => (ref.kind === "symbol" ? [ref.name] : []));
}
