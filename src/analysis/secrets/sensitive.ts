// Sensitivity: values that are secret by their name or by what holds them become taint of kind `secret`, and what is
// masked, hashed or cut off loses it. Runs after each instruction; arrivals are recorded like those of untrusted data.
import type { Instruction, Value } from "../../flow/instruction.js";
import type { Body } from "../body.js";
import type { Frame } from "../frame.js";
import { record } from "../taint/arrival.js";
import { type Place, textOf } from "../values/place.js";
import {
  type Abstract,
  beginningTaint,
  constantIn,
  isSecret,
  joinTaints,
  type Taint,
  withTaints,
} from "../values/value.js";
import { isDeclaredSecret, isSecretKey, isSecretName } from "./declared.js";
import { givesSecret, masksSecrets, mayHoldSecret, partIsPublic } from "./secret-names.js";

/** Marks the result of `instruction` as secret, or as secret no longer. */
export function mark(frame: Frame, instruction: Instruction): void {
  switch (instruction.op) {
    case "parameter":
      markNamed(frame, instruction, nameOfParameter(frame.body, instruction.index));
      return;
    case "read":
      // What a local variable holds was marked when it was set: since then it may have been masked.
      if (instruction.variable.storage !== "local") markNamed(frame, instruction, instruction.variable.name);
      return;
    case "member":
      if (isContainer(frame, instruction)) add(frame, instruction, "container");
      else {
        if (partIsPublic(instruction.name)) drop(frame, instruction.result, isSecret);
        markNamed(frame, instruction, instruction.name);
      }
      return;
    case "element":
      markElement(frame, instruction);
      return;
    case "call":
      markCall(frame, instruction);
      return;
  }
}

/** Marks what `instruction` stores under a name that says it is secret. */
export function markStored(frame: Frame, instruction: Instruction): void {
  const name =
    instruction.op === "write"
      ? instruction.variable.name
      : instruction.op === "setMember"
        ? instruction.name
        : undefined;
  if (name === undefined || !("value" in instruction) || typeof instruction.value !== "number") return;
  if (!isSecretName(frame.world, name, contextOf(frame.body))) return;
  const stored = frame.values[instruction.value]!;
  const definition = frame.cfg.definitions[instruction.value];
  if (!isFresh(frame, definition) || !holdsData(frame, stored) || stored.taints.some(isSecret)) return;
  const secret = secretTaint(placeOf(frame, instruction.node), "name");
  frame.values[instruction.value] = withTaints(stored, joinTaints(stored.taints, [secret]));
}

/** Something that was fetched, not put together or cut: what is put together has the taint of its parts. */
function isFresh(frame: Frame, definition: Instruction | undefined): boolean {
  switch (definition?.op) {
    case undefined:
    case "read":
    case "member":
    case "unpack":
      return true;
    case "suspend":
      return definition.value === undefined || isFresh(frame, frame.cfg.definitions[definition.value]);
    case "element": {
      const index = frame.cfg.definitions[definition.index];
      return index?.op !== "compose" || index.form !== "slice";
    }
    case "call": {
      const callee = frame.cfg.definitions[definition.callee];
      const name = callee?.op === "member" ? callee.name : callee?.op === "read" ? callee.variable.name : "";
      return !masksSecrets(name) && !/^[A-Z]/.test(name);
    }
    default:
      return false;
  }
}

type WithResult = Extract<Instruction, { readonly result: Value }>;

function nameOfParameter(body: Body, index: number): string {
  return body.kind === "function" ? (body.definition.parameters[index]?.name.id ?? "") : "";
}

function contextOf({ module, name }: Body): string {
  return `${module.path} ${name}`;
}

function markNamed(frame: Frame, instruction: WithResult, name: string): void {
  const value = frame.values[instruction.result]!;
  if (!isSecretName(frame.world, name, contextOf(frame.body)) || !holdsData(frame, value)) return;
  add(frame, instruction, "name");
}

/** Not a function, class or module, and nothing that is only a yes, a no or a number. */
function holdsData({ world }: Frame, { refs }: Abstract): boolean {
  return refs.every((ref) => {
    switch (ref.kind) {
      case "function":
      case "class":
      case "module":
        return false;
      case "constant":
        // None is what a secret is before it is known: `password=None`.
        return ref.value === null;
      case "object":
        return ref.type !== "builtins.bool" && ref.type !== "builtins.int";
      case "symbol": {
        const model = world.catalogue.symbol(ref.name);
        return ref.name.includes(".") && !model?.call && !/\.[A-Z]\w*[a-z]\w*$/.test(ref.name);
      }
      default:
        return true;
    }
  });
}

const CONTAINERS = /^(headers|cookies|environ)$/;
/** What a client sends where it signs in. */
const SENT = /^(POST|form|json|data|body|values|params|content|forms)$/;
const SIGNS_IN = /log_?in|sign_?in|sign_?up|regist|password|authenticat|credential/i;
const CLIENT = /^(\w*request|req|self|os)$/;

/** All headers, cookies or environment variables at once, or all that was sent to sign in. */
function isContainer(frame: Frame, { name, object, node }: Extract<Instruction, { op: "member" }>): boolean {
  if (!CONTAINERS.test(name) && !(SENT.test(name) && SIGNS_IN.test(frame.body.name))) return false;
  const holder = frame.cfg.definitions[object]?.node;
  const text = holder ? textOf(placeOf(frame, holder), 200).split(".").at(-1)! : "";
  const written = textOf(placeOf(frame, node), 200);
  if (name === "environ") return /^(os\.)?environ$/.test(written) || CLIENT.test(text);
  return CLIENT.test(text) && text !== "self" && text !== "os";
}

function markElement(frame: Frame, instruction: Extract<Instruction, { op: "element" }>): void {
  const index = frame.cfg.definitions[instruction.index];
  if (index?.op === "compose" && index.form === "slice") {
    drop(frame, instruction.result, isSecret);
    return;
  }
  underKey(frame, instruction, constantIn(frame.values[instruction.index]!));
}

/** One entry of a container is secret by its own key alone. */
function underKey(frame: Frame, instruction: WithResult, key: unknown): void {
  drop(frame, instruction.result, ofContainer);
  if (typeof key !== "string") return;
  if (!mayHoldSecret(key) && !isDeclaredSecret(frame.world, key)) drop(frame, instruction.result, isSecret);
  if (!isSecretKey(frame.world, key, contextOf(frame.body))) return;
  if (holdsData(frame, { ...frame.values[instruction.result]!, fields: new Map() })) {
    add(frame, instruction, "name");
  }
}

const LOOKS_UP = /^(get|pop|getenv|getfirst|get_argument|getlist|setdefault|get_option)$/;

function markCall(frame: Frame, instruction: Extract<Instruction, { op: "call" }>): void {
  const callee = frame.cfg.definitions[instruction.callee];
  const name =
    callee?.op === "member" ? callee.name : callee?.op === "read" ? callee.variable.name : undefined;
  if (name === undefined) return;
  if (makesException(frame, instruction)) recordMessage(frame, instruction);
  if (masksSecrets(name) || replacesAll(name, instruction)) {
    drop(frame, instruction.result, isSecret);
    return;
  }
  const [first] = instruction.arguments;
  const key = first && LOOKS_UP.test(name) ? constantIn(frame.values[first.value]!) : undefined;
  if (key !== undefined) underKey(frame, instruction, key);
  else if (givesSecret(name, contextOf(frame.body))) add(frame, instruction, "name");
}

/** `re.sub(passwords, "***", text)`: a pattern in front, or what was compiled from one. */
function replacesAll(name: string, { arguments: list }: Extract<Instruction, { op: "call" }>): boolean {
  return /^subn?$/.test(name) && list.length >= 2;
}

function makesException(frame: Frame, { callee }: Extract<Instruction, { op: "call" }>): boolean {
  return frame.values[callee]!.refs.some((ref) => {
    const name = ref.kind === "symbol" ? ref.name : ref.kind === "class" ? ref.body.name : "";
    return /(Error|Exception)$/.test(name);
  });
}

/** Secrets in the text with which an exception is made: whoever logs or answers the error shows them. */
function recordMessage(
  frame: Frame,
  { node, arguments: written }: Extract<Instruction, { op: "call" }>,
): void {
  for (const { value } of written) {
    for (const taint of shownTaints(frame.values[value]!)) {
      if (!isSecret(taint)) continue;
      const argument = placeOf(frame, frame.cfg.definitions[value]?.node ?? node);
      record(frame, { kind: "message", taint, call: placeOf(frame, node), argument, body: frame.body });
    }
  }
}

function placeOf(frame: Frame, node: Place["node"]): Place {
  return { syntax: frame.body.module.syntax, node };
}

function add(frame: Frame, { result, node }: WithResult, by: "name" | "container"): void {
  const value = frame.values[result]!;
  if (value.taints.some(isSecret)) return;
  const place = placeOf(frame, "name" in node && node.kind === "parameter" ? node.name : node);
  const taint = secretTaint(place, by);
  frame.values[result] = withTaints(value, joinTaints(value.taints, [taint]));
}

function secretTaint(place: Place, by: "name" | "container"): Taint {
  const text = textOf(place);
  const key = `secret ${by} ${place.syntax.path}:${place.node.start}:${place.node.end}`;
  const note = by === "name" ? `\`${text}\` is secret by its name` : `\`${text}\` holds secrets among others`;
  return beginningTaint({ kind: "source", source: "secret", text, key }, place, note);
}

function ofContainer(taint: Taint): boolean {
  return taint.origin.key.startsWith("secret container");
}

function drop(frame: Frame, result: Value, which: (taint: Taint) => boolean): void {
  frame.values[result] = without(frame.values[result]!, which);
}

function without(value: Abstract, which: (taint: Taint) => boolean): Abstract {
  const fields =
    value.fields.size === 0
      ? value.fields
      : new Map([...value.fields].map(([key, content]) => [key, without(content, which)] as const));
  const taints = value.taints.some(which) ? value.taints.filter((taint) => !which(taint)) : value.taints;
  return taints === value.taints && fields === value.fields ? value : { ...value, taints, fields };
}

/** Taint of what shows when the value is written out: not of the attributes of an object. */
export function shownTaints(value: Abstract): readonly Taint[] {
  let taints = value.taints;
  for (const [key, content] of value.fields) {
    if (!key.startsWith(".")) taints = joinTaints(taints, shownTaints(content));
  }
  return taints;
}
