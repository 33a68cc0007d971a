// Values put together from others: text, containers, arithmetic.
import type { Instruction } from "../../flow/instruction.js";
import { kindSet } from "../../models/kinds.js";
import type { Frame } from "../frame.js";
import { elementKey, KEYS } from "./read.js";
import {
  type Abstract,
  allTaints,
  cleansed,
  constantIn,
  constantOf,
  extended,
  join,
  joinTaints,
  NOTHING,
  refTo,
  type Taint,
  UNKNOWN,
  withField,
  withTaints,
} from "./value.js";

type Compose = Extract<Instruction, { op: "compose" }>;

const TEXT: Abstract = refTo({ kind: "object", type: "builtins.str" });
/** Fixed by what comes before: the host of a URL. */
export const HOST_KINDS = kindSet(["url", "redirect"]);
const REDIRECT = kindSet(["redirect"]);

export function compose(frame: Frame, instruction: Compose): Abstract {
  const operands = instruction.operands.map((value) => (value < 0 ? NOTHING : frame.values[value]!));
  switch (instruction.form) {
    case "list":
    case "tuple":
    case "set":
      return sequence(frame, instruction, operands);
    case "dict":
      return mapping(instruction, operands);
    case "format":
    case "template":
      return text(frame, instruction, operands);
    case "binary":
      return binary(frame, instruction, operands);
    case "unary":
      return unary(instruction, operands[0] ?? UNKNOWN);
    case "interpolation":
      return operands[0] ?? UNKNOWN;
    case "starred":
      return operands[0] ?? UNKNOWN;
    case "slice":
    case "iterator":
      return UNKNOWN;
  }
}

function sequence(frame: Frame, instruction: Compose, operands: readonly Abstract[]): Abstract {
  let result: Abstract = refTo({ kind: "object", type: `builtins.${instruction.form}` });
  let exact = true;
  for (const [index, operand] of operands.entries()) {
    const definition = frame.cfg.definitions[instruction.operands[index]!];
    const starred = definition?.op === "compose" && definition.form === "starred";
    exact &&= !starred;
    if (starred) result = withTaints(result, joinTaints(result.taints, allTaints(operand)));
    else if (exact && instruction.form !== "set") result = withField(result, `[${index}]`, operand);
    else result = withField(result, "[*]", join(result.fields.get("[*]") ?? NOTHING, operand));
  }
  return result;
}

function mapping(instruction: Compose, operands: readonly Abstract[]): Abstract {
  let result: Abstract = refTo({ kind: "object", type: "builtins.dict" });
  for (let index = 0; index + 1 < operands.length; index += 2) {
    const value = operands[index + 1]!;
    if (instruction.operands[index]! < 0) {
      result = withTaints(result, joinTaints(result.taints, value.taints));
      for (const [key, content] of value.fields) result = withField(result, key, content);
      continue;
    }
    const key = elementKey(operands[index]!);
    const named = allTaints(operands[index]!);
    if (named.length > 0) {
      result = withField(result, KEYS, join(result.fields.get(KEYS) ?? NOTHING, withTaints(UNKNOWN, named)));
    }
    result = withField(result, key, key === "[*]" ? join(result.fields.get(key) ?? NOTHING, value) : value);
  }
  return result;
}

/** f"…", "…" + x: the parts in order. */
function text(frame: Frame, instruction: Compose, parts: readonly Abstract[]): Abstract {
  const constants = parts.map(constantIn);
  if (constants.every((part) => typeof part === "string")) return constantOf(constants.join(""));
  let taints: readonly Taint[] = [];
  let before = "";
  let fixed = true;
  for (const [index, part] of parts.entries()) {
    const constant = constants[index];
    if (typeof constant === "string" && fixed) {
      before += constant;
      continue;
    }
    const own = part.prefix !== "" && fixed ? before + part.prefix : before;
    const start = index === 0 ? "" : own;
    const isFixed = hostIsFixed(start, fixed, index);
    taints = joinTaints(taints, allTaints(isFixed ? cleansed(part, HOST_KINDS) : withoutSlash(part, start)));
    if (fixed) before = own;
    fixed = false;
  }
  const step = {
    place: { syntax: frame.body.module.syntax, node: instruction.node },
    role: "flow",
    note: "text is put together with it",
    mixes: constants.some((part) => typeof part === "string" && hasOwnText(part)),
  } as const;
  return extended({ ...withTaints(TEXT, taints), prefix: before }, step);
}

/** Is there more in the text than places to fill in: "%s" and "{}" add nothing to what is put there. */
export function hasOwnText(text: string): boolean {
  return /\S/.test(text.replace(/%(?:\(\w+\))?[-#0 +]*[\d.]*[a-zA-Z]|\{[^{}]*\}/g, ""));
}

/** Can what follows `before` no longer choose the host of a URL? */
export function hostIsFixed(before: string, complete: boolean, index: number): boolean {
  if (!complete) return true;
  if (/^[a-z][a-z0-9+.-]*:\/\/[^/]+\//i.test(before)) return true;
  return index > 0 && /^\/[^/\\]/.test(before);
}

/** `"/" + path.lstrip("/")` stays on the host: no second slash begins the name of another. */
function withoutSlash(part: Abstract, before: string): Abstract {
  if (before !== "/") return part;
  const isStripped = allTaints(part).every(({ normal }) => (normal & REDIRECT) === REDIRECT);
  return isStripped ? cleansed(part, REDIRECT) : part;
}

function binary(frame: Frame, instruction: Compose, operands: readonly Abstract[]): Abstract {
  const [left = UNKNOWN, right = UNKNOWN] = operands;
  // `text += part` is `text = text + part`, and a list is as good as a new one.
  switch (instruction.operator?.replace("=", "")) {
    case "+":
      if (isSequence(left) || isSequence(right)) return join(left, right);
      return text(frame, instruction, operands);
    case "%":
      return text(frame, instruction, operands);
    case "|":
      if (isSymbols(left) && isSymbols(right)) return join(left, right);
      return withTaints(UNKNOWN, joinTaints(allTaints(left), allTaints(right)));
    case "*":
      return withTaints(UNKNOWN, joinTaints(allTaints(left), allTaints(right)));
    case "/":
      return withTaints(left, joinTaints(allTaints(joined(frame, instruction, right)), left.taints));
    default:
      return UNKNOWN;
  }
}

/** `folder / name`: the name became a part of a path. */
function joined(frame: Frame, { node }: Compose, part: Abstract): Abstract {
  const place = { syntax: frame.body.module.syntax, node };
  return extended(part, { place, role: "flow", note: "a path is put together with it", mixes: true });
}

/** Flags of a library: `re.I | re.X` refers to both. */
function isSymbols({ refs, taints }: Abstract): boolean {
  return taints.length === 0 && refs.length > 0 && refs.every(({ kind }) => kind === "symbol");
}

function isSequence(value: Abstract): boolean {
  return value.refs.some(
    ({ kind, ...ref }) => kind === "object" && "type" in ref && /^builtins\.(list|tuple)$/.test(ref.type),
  );
}

function unary(instruction: Compose, operand: Abstract): Abstract {
  const constant = constantIn(operand);
  if (instruction.operator === "-" && typeof constant === "number") return constantOf(-constant);
  return UNKNOWN;
}
