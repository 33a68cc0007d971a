// The transfer functions: what each instruction makes of the environment and of the temporaries.
import type { Instruction, Value } from "../flow/instruction.js";
import { hasReceiver } from "./body.js";
import { callResult } from "./calls/call.js";
import { define } from "./calls/define.js";
import { impliedCall } from "./calls/implied-call.js";
import { callSpecial, iterated, subscript } from "./calls/special.js";
import type { Frame } from "./frame.js";
import { importAll, importedValue } from "./names/imports.js";
import { parameterValue, readOuter } from "./names/names.js";
import { mark, markStored } from "./secrets/sensitive.js";
import { compose } from "./values/compose.js";
import { type Environment, type Path, pathBelow, readPath, writePath } from "./values/environment.js";
import { elementKey, elementOf, memberOf } from "./values/read.js";
import { fieldOfSelf } from "./values/self-field.js";
import { narrowed } from "./values/source.js";
import { storeMember } from "./values/store-member.js";
import {
  type Abstract,
  allTaints,
  constantOf,
  extended,
  join,
  NOTHING,
  refTo,
  UNKNOWN,
  withField,
} from "./values/value.js";

export function assign(frame: Frame, result: Value, value: Abstract): void {
  frame.values[result] = join(frame.values[result]!, value);
}

/** Runs one instruction, and says what of it is secret. */
export function transfer(frame: Frame, instruction: Instruction, environment: Environment): Environment {
  markStored(frame, instruction);
  const after = step(frame, instruction, environment);
  mark(frame, instruction);
  return after;
}

/** Runs one instruction; gives the environment after it. */
function step(frame: Frame, instruction: Instruction, environment: Environment): Environment {
  const { values, paths } = frame;
  switch (instruction.op) {
    case "constant":
      values[instruction.result] = constant(instruction);
      return environment;
    case "parameter":
      values[instruction.result] = parameterValue(frame, instruction.index);
      return environment;
    case "read":
      return read(frame, instruction, environment);
    case "write":
      return write(frame, instruction, environment);
    case "unbind":
      return writePath(environment, { variable: instruction.variable.name, keys: [] }, NOTHING);
    case "member": {
      const { result, object, name } = instruction;
      paths[result] = pathBelow(paths[object], `.${name}`);
      const holder = readPath(environment, paths[object]) ?? values[object]!;
      const receiver = receiverAs(frame, object, holder);
      const member = narrowed(frame, instruction.node, memberOf(frame, instruction, holder, receiver));
      const isOwn = holder.fields.has(`.${name}`);
      values[result] = isOwn ? member : fieldOfSelf(frame, instruction, paths[object], member);
      return environment;
    }
    case "setMember":
      storeMember(frame, instruction);
      return store(frame, instruction.object, `.${instruction.name}`, instruction.value, environment);
    case "element": {
      const { result, object, index } = instruction;
      const key = elementKey(values[index]!);
      const site = impliedCall(frame, instruction.node, object, [index], environment);
      paths[result] = key === "[*]" ? undefined : pathBelow(paths[object], key);
      const holder = readPath(environment, paths[object]) ?? values[object]!;
      values[result] = narrowed(frame, instruction.node, subscript(site, holder, index));
      return environment;
    }
    case "setElement": {
      const { object, index, value } = instruction;
      const site = impliedCall(frame, instruction.node, object, [index, value], environment);
      callSpecial(site, values[object]!, "__setitem__");
      return store(
        frame,
        instruction.object,
        elementKey(values[instruction.index]!),
        instruction.value,
        environment,
      );
    }
    case "call": {
      const { result, changed } = callResult(frame, instruction, environment);
      assign(frame, instruction.result, result);
      return changed;
    }
    case "compose":
      assign(frame, instruction.result, compose(frame, instruction));
      return environment;
    case "compare":
      values[instruction.result] = refTo({ kind: "object", type: "builtins.bool" });
      return environment;
    case "iterate": {
      const { iterable, result, node } = instruction;
      const site = impliedCall(frame, node, iterable, [], environment);
      const item = iterated(
        site,
        readPath(environment, paths[iterable]) ?? values[iterable]!,
        instruction.isAsync,
      );
      assign(frame, result, withField(NOTHING, "[*]", item));
      return environment;
    }
    case "unpack": {
      const { result, source, index, rest } = instruction;
      assign(frame, result, rest ? values[source]! : elementOf(values[source]!, `[${index}]`));
      return environment;
    }
    case "collect": {
      const { collection, value } = instruction;
      assign(frame, collection, withField(values[collection]!, "[*]", values[value]!));
      return environment;
    }
    case "enter":
      paths[instruction.result] = paths[instruction.manager];
      assign(frame, instruction.result, entered(frame, instruction, environment));
      return environment;
    case "suspend":
      assign(frame, instruction.result, instruction.form === "await" ? values[instruction.value!]! : UNKNOWN);
      return environment;
    case "choose":
      for (const operand of instruction.operands) assign(frame, instruction.result, values[operand]!);
      return environment;
    case "define":
      values[instruction.result] = define(frame, instruction);
      return environment;
    case "import":
      if (instruction.member === "*") return importAll(frame, instruction, environment);
      values[instruction.result] = importedValue(frame, instruction);
      return environment;
    case "caught":
      values[instruction.result] = UNKNOWN;
      return environment;
    case "unknown":
      values[instruction.result] = UNKNOWN;
      return environment;
    case "exit": {
      const { manager, node, isAsync } = instruction;
      const site = impliedCall(frame, node, manager, [], environment);
      callSpecial(site, values[manager]!, isAsync ? "__aexit__" : "__exit__");
      return environment;
    }
    case "deleteMember":
    case "deleteElement":
      return environment;
  }
}

/**
 * A method of the body's own receiver finds what the body has set there by itself: only what the caller passed, and
 * what came with the receiver, is handed on.
 */
function receiverAs(frame: Frame, object: Value, holder: Abstract): Abstract {
  const { body } = frame;
  if (holder.fields.size === 0 || body.kind !== "function" || !hasReceiver(body)) return holder;
  const path = frame.paths[object];
  if (path?.variable !== body.definition.parameters[0]?.name.id || path?.keys.length !== 0) return holder;
  const given = body.given?.values.get(0)?.fields;
  const fields = [...holder.fields].filter(
    ([key, content]) =>
      given?.has(key) || allTaints(content).some(({ origin }) => origin.kind === "parameter"),
  );
  return { ...holder, fields: new Map(fields) };
}

/** What `with … as x` binds: mostly the manager itself. */
function entered(
  frame: Frame,
  { manager, node, isAsync }: Extract<Instruction, { op: "enter" }>,
  environment: Environment,
): Abstract {
  const value = frame.values[manager]!;
  const method = isAsync ? "__aenter__" : "__enter__";
  const given = callSpecial(impliedCall(frame, node, manager, [], environment), value, method);
  return given?.refs.some(({ kind }) => kind !== "unknown") || given?.taints.length ? given : value;
}

function constant({ type, value }: Extract<Instruction, { op: "constant" }>): Abstract {
  if (type !== "number") return constantOf(value);
  const number = Number(value);
  return Number.isSafeInteger(number) ? constantOf(number) : refTo({ kind: "object", type: "builtins.int" });
}

function read(
  frame: Frame,
  instruction: Extract<Instruction, { op: "read" }>,
  environment: Environment,
): Environment {
  const { variable, result } = instruction;
  const local = environment.get(variable.name);
  if (variable.storage === "local" || (frame.body.kind === "module" && local)) {
    frame.values[result] = local ?? readOuter(frame, variable);
    frame.paths[result] = { variable: variable.name, keys: [] };
  } else {
    frame.values[result] = readOuter(frame, variable);
  }
  return environment;
}

function write(
  frame: Frame,
  instruction: Extract<Instruction, { op: "write" }>,
  environment: Environment,
): Environment {
  const { variable, value, node } = instruction;
  if (variable.storage !== "local" && frame.body.kind !== "module") return environment;
  const place = { syntax: frame.body.module.syntax, node };
  const stored = extended(frame.values[value]!, {
    place,
    role: "flow",
    note: `\`${variable.name}\` is set from it`,
  });
  return bind(frame, environment, { variable: variable.name, keys: [] }, stored);
}

/** A write that others see at once, should they ask while the body is under way. */
function bind(frame: Frame, environment: Environment, path: Path, value: Abstract): Environment {
  const changed = writePath(environment, path, value);
  frame.world.bind(path.variable, changed.get(path.variable)!);
  return changed;
}

function store(
  frame: Frame,
  object: Value,
  key: string,
  value: Value,
  environment: Environment,
): Environment {
  const path = pathBelow(frame.paths[object], key);
  if (path) return bind(frame, environment, path, frame.values[value]!);
  frame.values[object] = join(frame.values[object]!, withField(NOTHING, key, frame.values[value]!));
  return environment;
}
