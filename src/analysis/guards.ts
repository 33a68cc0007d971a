// What a branch proves: on the way where the condition held, the data it tested is harmless.
import type { Instruction, Value } from "../flow/instruction.js";
import { ALL_KINDS, type KindSet, kindSet } from "../models/kinds.js";
import { argumentsAt } from "./arguments.js";
import { type Environment, type Path, readPath, writePath } from "./environment.js";
import type { Frame } from "./interpret.js";
import { isTainted } from "./read.js";
import { cleansed, constantIn } from "./value.js";

/** The environment on the edge on which `condition` came out as `truth`. */
export function refine(
  frame: Frame,
  condition: Value,
  truth: boolean,
  environment: Environment,
): Environment {
  const definition = frame.cfg.definitions[condition];
  switch (definition?.op) {
    case "compare":
      return refineComparison(frame, definition, truth, environment);
    case "call":
      return refineCall(frame, definition, truth, environment);
    default:
      return environment;
  }
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

/** Methods of str that are true only of text without punctuation. */
const PLAIN_TEXT = new Set(["isalnum", "isalpha", "isdecimal", "isdigit", "isidentifier", "isnumeric"]);
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
    if (ref.name === "builtins.isinstance" && truth && first && second) {
      return namesPlainTypes(frame, second.value)
        ? prove(frame, first.value, ALL_KINDS, environment)
        : environment;
    }
    const validates = frame.world.catalogue.symbol(ref.name)?.call?.validates;
    if (!validates || validates.when !== truth) continue;
    const kinds: KindSet = validates.kinds === "all" ? ALL_KINDS : kindSet(validates.kinds);
    if (validates.argument === "receiver") {
      return callee?.op === "member" ? prove(frame, callee.object, kinds, environment) : environment;
    }
    return argumentsAt(call.arguments, validates.argument).reduce(
      (proved, { value }) => prove(frame, value, kinds, proved),
      environment,
    );
  }
  return environment;
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

/** Where `value` is kept: also through `x.lower()`, which is as harmless as x. */
function pathOf(frame: Frame, value: Value): Path | undefined {
  const own = frame.paths[value];
  if (own) return own;
  const definition = frame.cfg.definitions[value];
  if (definition?.op !== "call") return undefined;
  const callee = frame.cfg.definitions[definition.callee];
  return callee?.op === "member" && KEEPS_MEANING.has(callee.name) ? pathOf(frame, callee.object) : undefined;
}
