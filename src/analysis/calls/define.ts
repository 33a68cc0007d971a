// Functions and classes coming into being, and what their decorators make of them.
import type { Instruction, Value } from "../../flow/instruction.js";
import type { SymbolModel } from "../../models/model.js";
import type { Decorator } from "../../python/ast.js";
import type { FunctionBody } from "../body.js";
import type { Frame } from "../frame.js";
import { recordMisuse } from "../taint/misuse.js";
import { lastWord } from "../values/last-word.js";
import { type Abstract, NOTHING, type Ref, refTo } from "../values/value.js";
import { impliedCall } from "./implied-call.js";
import { definitionRef } from "./own-model.js";

type Definition = Extract<Instruction, { op: "define" }>;

/** The function or class that a definition makes, decorated. */
export function define(frame: Frame, instruction: Definition): Abstract {
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
  if (definition.kind !== "lambda")
    recordWrongDecorators(frame, definition.decorators, facts.decoratorModels);
  if (definition.kind === "class") {
    const body = world.bodyOf(definition, frame.body);
    world.define(body, facts);
    return decorated(frame, instruction, definitionRef(world, body), undefined);
  }
  const body: FunctionBody = world.bodyOf(definition, frame.body);
  world.define(body, facts);
  const getter = getterBeside(frame, instruction);
  if (getter) return getter;
  return decorated(frame, instruction, definitionRef(world, body), body);
}

/** `@csrf_exempt`: a decorator that is wrong by itself. One with arguments is a call, and noted as that. */
function recordWrongDecorators(
  frame: Frame,
  decorators: readonly Decorator[],
  models: readonly (readonly SymbolModel[])[],
): void {
  for (const [index, { expression }] of decorators.entries()) {
    if (expression.kind === "call") continue;
    const wrong = (models[index] ?? []).flatMap(({ call }) => call?.misuses ?? []);
    for (const { kind, when } of wrong) if (!when) recordMisuse(frame, kind, expression);
  }
}

/** Under `@name.setter` the name stays the property that it was. */
function getterBeside({ cfg, values }: Frame, { decorators }: Definition): Abstract | undefined {
  for (const decorator of decorators) {
    const member = cfg.definitions[decorator];
    if (member?.op !== "member" || (member.name !== "setter" && member.name !== "deleter")) continue;
    const property = values[member.object]!;
    if (property.refs.some(({ kind }) => kind === "function")) return property;
  }
  return undefined;
}

/** Decorators of the repository are called; others, and those of which nothing is known, give back what they take. */
function decorated(
  frame: Frame,
  { decorators, node }: Definition,
  defined: Ref,
  body: FunctionBody | undefined,
): Abstract {
  let value = refTo(defined);
  // What the users say of it they say of what the decorators made.
  if (defined.kind === "symbol") return value;
  for (const decorator of [...decorators].reverse()) {
    const result = applied(frame, node, frame.values[decorator]!, value);
    const refs = result.refs.filter(({ kind }) => APPLIED.has(kind));
    if (refs.length > 0) value = { ...result, refs: body ? refs.map((ref) => wrapping(ref, body)) : refs };
  }
  return value;
}

function wrapping(ref: Ref, body: FunctionBody): Ref {
  return ref.kind === "function" && ref.body !== body ? { ...ref, wraps: body } : ref;
}

/** What can be called as far as is known. */
const APPLIED: ReadonlySet<Ref["kind"]> = new Set(["function", "class", "partial", "instance"]);

/** `decorator(value)` */
function applied(frame: Frame, node: Definition["node"], decorator: Abstract, value: Abstract): Abstract {
  const callable = decorator.refs.filter(({ kind }) => APPLIED.has(kind));
  if (callable.length !== 1 || decorator.refs.length !== 1) return NOTHING;
  const first = frame.values.length;
  frame.values.push(value);
  const site = impliedCall(frame, node, undefined, [first], new Map());
  const result = frame.callRef(site, callable[0]!);
  frame.values.length = first;
  return result;
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
