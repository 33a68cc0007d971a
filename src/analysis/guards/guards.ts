// What a branch proves: on the way where the condition held, the data it tested is harmless.
import type { Instruction, Value } from "../../flow/instruction.js";
import { ALL_KINDS, type KindSet, kindSet, NO_KINDS } from "../../models/kinds.js";
import type { ArgumentPlace, CallModel, WrittenArgument } from "../../models/model.js";
import type { SyntaxNode } from "../../python/ast.js";
import type { FunctionBody } from "../body.js";
import { argumentsAt } from "../calls/arguments.js";
import type { CallInstruction, CallSite } from "../calls/call-site.js";
import type { Frame } from "../frame.js";
import { provedByPattern } from "../regex/pattern.js";
import { type Environment, type Path, readPath, writePath } from "../values/environment.js";
import { isTainted } from "../values/read.js";
import { allTaints, cleansed, constantIn, NOTHING } from "../values/value.js";
import { onlyWrite } from "../values/written.js";
import { containedByCall, containedByComparison, formsOf, PATH } from "./containment.js";
import { PLAIN_TEXT, testedForEach } from "./every.js";
import { narrowedTo } from "./narrow.js";
import type { Outcome } from "./proofs.js";

/**
 * The environment on the edge on which `condition` came out as `truth`.
 * @param within the names of the kept tests that are looked into: `found = found or test(x)` in a loop rests on itself
 */
export function refine(
  frame: Frame,
  condition: Value,
  truth: boolean,
  environment: Environment,
  within: readonly string[] = [],
): Environment {
  const definition = frame.cfg.definitions[condition];
  switch (definition?.op) {
    case "compare": {
      const contained = containedByComparison(frame, definition, truth);
      const refined = refineComparison(frame, definition, truth, environment);
      return proveAll(frame, contained, PATH, refined);
    }
    case "call": {
      const contained = containedByCall(frame, definition, truth);
      return proveAll(frame, contained, PATH, refineCall(frame, definition, truth, environment));
    }
    case "read":
      return refineKept(frame, definition.variable.name, truth, environment, within);
    case "choose":
      return refineChain(frame, definition, truth, environment, within);
    default:
      return environment;
  }
}

/** `a and b` came out true, so both did; `a or b` false, likewise. Chains with other questions inside say nothing. */
function refineChain(
  frame: Frame,
  { node, operands }: Extract<Instruction, { op: "choose" }>,
  truth: boolean,
  environment: Environment,
  within: readonly string[],
): Environment {
  if (node.kind !== "boolean" || truth !== (node.operator === "and")) return environment;
  if (node.operands.some(({ kind }) => kind === "boolean" || kind === "conditional")) return environment;
  return operands.reduce((refined, operand) => refine(frame, operand, truth, refined, within), environment);
}

/**
 * `found = NAME.match(text)`, then `if not found:`: a test that is kept, and set once. What it tested is set once too,
 * or holds what it held then, so that the test is about what is used.
 */
function refineKept(
  frame: Frame,
  name: string,
  truth: boolean,
  environment: Environment,
  within: readonly string[],
): Environment {
  if (within.includes(name)) return environment;
  const kept = onlyWrite(frame.cfg, name);
  const definition = kept === undefined ? undefined : frame.cfg.definitions[kept];
  if (!definition || !["call", "compare", "choose"].includes(definition.op)) return environment;
  const refined = refine(frame, kept!, truth, environment, [...within, name]);
  const isStable = [...refined].every(
    ([variable, value]) =>
      environment.get(variable) === value ||
      onlyWrite(frame.cfg, variable) !== undefined ||
      isAsRead(frame, variable, definition.node, environment),
  );
  return isStable ? refined : environment;
}

/** Does `variable` hold what each read of it inside `test` found? */
function isAsRead(frame: Frame, variable: string, test: SyntaxNode, environment: Environment): boolean {
  const { definitions } = frame.cfg;
  const reads = definitions.filter(
    (each) =>
      each?.op === "read" &&
      each.variable.name === variable &&
      each.node.start >= test.start &&
      each.node.end <= test.end,
  );
  return (
    reads.length > 0 &&
    reads.every((each) => each?.op === "read" && frame.values[each.result] === environment.get(variable))
  );
}

function refineComparison(
  frame: Frame,
  { operator, left, right }: Extract<Instruction, { op: "compare" }>,
  truth: boolean,
  environment: Environment,
): Environment {
  switch (operator) {
    case "in":
    case "not in":
      // A string on the right is a search for a substring, not an allow-list.
      if (truth !== (operator === "in") || isTainted(frame.values[right]!)) return environment;
      if (typeof constantIn(frame.values[right]!) === "string") return environment;
      return prove(frame, left, ALL_KINDS, environment);
    case "==":
    case "!=":
      if (truth !== (operator === "==")) return environment;
      if (!isTainted(frame.values[right]!)) return prove(frame, left, ALL_KINDS, environment);
      if (!isTainted(frame.values[left]!)) return prove(frame, right, ALL_KINDS, environment);
      return environment;
    case "is":
    case "is not": {
      const tested = frame.cfg.definitions[left];
      if (tested?.op !== "call" || constantIn(frame.values[right]!) !== null) return environment;
      return refineCall(frame, tested, truth === (operator === "is not"), environment);
    }
    default:
      return environment;
  }
}

const PLAIN_TYPES = new Set(["int", "float", "bool", "complex", "Decimal", "UUID", "date", "datetime"]);

function refineCall(
  frame: Frame,
  call: Extract<Instruction, { op: "call" }>,
  truth: boolean,
  environment: Environment,
): Environment {
  const callee = frame.cfg.definitions[call.callee];
  const [first, second] = call.arguments;
  if (callee?.op === "member" && PLAIN_TEXT.has(callee.name) && truth) {
    return prove(frame, callee.object, ALL_KINDS, environment);
  }
  for (const ref of frame.values[call.callee]!.refs) {
    if (ref.kind !== "symbol") continue;
    if (first && ref.name === (truth ? "builtins.all" : "builtins.any")) {
      const text = testedForEach(frame, first.value, truth ? "in" : "not in");
      return text === undefined ? environment : prove(frame, text, ALL_KINDS, environment);
    }
    if (ref.name === "builtins.isinstance" && truth && first && second) {
      return namesPlainTypes(frame, second.value)
        ? prove(frame, first.value, ALL_KINDS, environment)
        : narrowedTo(frame, first.value, second.value, environment);
    }
    const model = frame.world.catalogue.symbol(ref.name)?.call;
    if (model) return provedByCall(frame, call, model, truth, environment);
  }
  const [only] = frame.values[call.callee]!.refs;
  if (only?.kind !== "function" || frame.values[call.callee]!.refs.length > 1) return environment;
  const site = {
    frame,
    instruction: call,
    receiver: undefined,
    valueOf: (value: Value) => frame.values[value]!,
    reached: new Map(),
  };
  const proved = provedBySummary(site, only.body, only.receiver !== undefined, truth, environment);
  return only.wraps ? provedBySummary(site, only.wraps, only.receiver !== undefined, truth, proved) : proved;
}

/** What a modelled call proves of its arguments by coming out as `outcome`, or by returning at all. */
export function provedByCall(
  frame: Frame,
  call: CallInstruction,
  { validates, confines, matches, returns }: CallModel,
  outcome: Outcome,
  environment: Environment,
): Environment {
  let proved = environment;
  if (validates?.when === outcome) {
    const kinds = validates.kinds === "all" ? ALL_KINDS : kindSet(validates.kinds);
    for (const value of valuesAt(frame, call, validates.argument))
      proved = prove(frame, value, kinds, proved);
  }
  if (matches && returns === "re.Match" && outcome === true) {
    const kinds = kindsOfMatch(frame, call, matches);
    for (const value of valuesAt(frame, call, matches.text)) proved = prove(frame, value, kinds, proved);
  }
  if (confines?.when === outcome) {
    const kinds = kindSet([confines.kind]);
    for (const value of valuesAt(frame, call, confines.argument)) {
      const present = readPath(proved, pathOf(frame, value)) ?? frame.values[value]!;
      const isNormal = allTaints(present).every(({ normal }) => (normal & kinds) === kinds);
      if (isNormal) proved = proveAll(frame, formsOf(frame, value), kinds, proved);
    }
  }
  return proved;
}

/** What a match proves; the pattern of a compiled one is what it was compiled from. */
function kindsOfMatch(
  frame: Frame,
  call: CallInstruction,
  { pattern, anchors }: NonNullable<CallModel["matches"]>,
): KindSet {
  const [written] = valuesAt(frame, call, pattern ?? "receiver");
  const value = written === undefined ? undefined : frame.values[written];
  const text = value && constantIn(pattern ? value : (value.fields.get(".pattern") ?? NOTHING));
  return typeof text === "string" ? provedByPattern(text, anchors) : NO_KINDS;
}

function valuesAt(frame: Frame, call: CallInstruction, place: ArgumentPlace): readonly Value[] {
  if (place !== "receiver") return argumentsAt(call.arguments, place).map(({ value }) => value);
  const callee = frame.cfg.definitions[call.callee];
  return callee?.op === "member" ? [callee.object] : [];
}

/** What a function of the repository proves of its arguments: it raises otherwise, or answers False. */
export function provedBySummary(
  { frame, instruction }: CallSite,
  body: FunctionBody,
  isBound: boolean,
  outcome: Outcome,
  environment: Environment,
): Environment {
  const proofs = frame.world.interpretation(body).proofs.get(outcome);
  let proved = environment;
  for (const [index, kinds] of proofs ?? []) {
    const written = parameterPlace(body, index, isBound);
    for (const { value } of argumentsAt(instruction.arguments, written)) {
      proved = prove(frame, value, kinds, proved);
    }
  }
  return proved;
}

function parameterPlace(body: FunctionBody, index: number, isBound: boolean): WrittenArgument {
  const name = body.definition.parameters[index]?.name.id ?? "";
  const position = index - (isBound ? 1 : 0);
  return position < 0 ? { name } : { position, name };
}

function namesPlainTypes(frame: Frame, types: Value): boolean {
  const definition = frame.cfg.definitions[types];
  if (definition?.op === "compose")
    return definition.operands.every((operand) => namesPlainTypes(frame, operand));
  if (definition?.op === "member") return PLAIN_TYPES.has(definition.name);
  return definition?.op === "read" && PLAIN_TYPES.has(definition.variable.name);
}

const KEEPS_MEANING = new Set(["strip", "lstrip", "rstrip", "lower", "upper", "casefold", "title", "get"]);

/** Marks the variable (or field) that `value` was read from as harmless. */
function prove(frame: Frame, value: Value, kinds: KindSet, environment: Environment): Environment {
  const path = pathOf(frame, value);
  if (!path) return environment;
  const present = readPath(environment, path) ?? frame.values[value]!;
  return writePath(environment, path, cleansed(present, kinds));
}

function proveAll(
  frame: Frame,
  values: readonly Value[],
  kinds: KindSet,
  environment: Environment,
): Environment {
  return values.reduce((proved, value) => prove(frame, value, kinds, proved), environment);
}

/** Where `value` is kept: also through `x.lower()`, which is as harmless as x. */
function pathOf(frame: Frame, value: Value): Path | undefined {
  const own = frame.paths[value];
  if (own) return own;
  const definition = frame.cfg.definitions[value];
  if (definition?.op !== "call") return undefined;
  const callee = frame.cfg.definitions[definition.callee];
  return callee?.op === "member" && KEEPS_MEANING.has(callee.name) ? pathOf(frame, callee.object) : undefined;
}
