// Abstract interpretation of one body: what every value may be, what untrusted data it may carry, where that arrives.
//
// Variables are flow-sensitive (the state of the solver); temporaries are assigned once and keep their join.
import type { Cfg } from "../flow/cfg.js";
import type { EdgeKind } from "../flow/edges.js";
import type { Instruction, Terminator, Value } from "../flow/instruction.js";
import { solve } from "../flow/solver.js";
import type { CallModel } from "../models/model.js";
import type { SyntaxNode } from "../python/ast.js";
import { recordAnswers } from "./answer.js";
import type { Arrival } from "./arrival.js";
import { type Body, depthGiven, hasReceiver } from "./body.js";
import { callModel, callRef, callResult } from "./call.js";
import type { CallSite } from "./call-site.js";
import { compose } from "./compose.js";
import { define } from "./define.js";
import {
  type Environment,
  joinEnvironments,
  type Path,
  pathBelow,
  readPath,
  UNREACHABLE,
  writePath,
} from "./environment.js";
import { refine } from "./guards.js";
import { impliedCall } from "./implied-call.js";
import { importAll, importedValue } from "./imports.js";
import type { Misuse } from "./misuse.js";
import type { ModelledCall } from "./modelled-call.js";
import { parameterValue, readOuter } from "./names.js";
import { NO_PROOFS, type Proofs, proofsOf } from "./proofs.js";
import { elementKey, elementOf, elementsOf, memberOf } from "./read.js";
import type { Matching } from "./regex/matching.js";
import { mark, markStored } from "./secrets/sensitive.js";
import { fieldOfSelf } from "./self-field.js";
import { narrowed } from "./source.js";
import { callSpecial, iterated, subscript } from "./special.js";
import { storeMember } from "./store-member.js";
import {
  type Abstract,
  allTaints,
  constantOf,
  extended,
  join,
  NOTHING,
  type Ref,
  refTo,
  throughReturn,
  UNKNOWN,
  withField,
} from "./value.js";
import type { World } from "./world.js";

export interface Interpretation {
  /** The variables where the body ends normally; UNREACHABLE when it never does. */
  readonly environment: Environment;
  readonly returns: Abstract;
  /** Untrusted data that arrived where it does harm. */
  readonly arrivals: readonly Arrival[];
  /** Calls and assignments of the body that are wrong whatever data they are given. */
  readonly misuses: readonly Misuse[];
  /** What each of its calls may call. */
  readonly callees: ReadonlyMap<SyntaxNode, readonly Ref[]>;
  /** Texts that it matches against patterns which are known, and such patterns that it makes ready. */
  readonly matchings: readonly Matching[];
  /** What models say of its calls, and of the managers that it enters, by the syntax of the call or `with` item. */
  readonly modelled: ReadonlyMap<SyntaxNode, ModelledCall>;
  /** What it proves of its parameters. */
  readonly proofs: Proofs;
  /** True when the sweep was cut short: what is said is right, but something may be missing. */
  readonly budgetHit: boolean;
}

/** What is known of a body that is being interpreted further up the stack. */
export const NOT_YET: Interpretation = {
  environment: new Map(),
  returns: NOTHING,
  arrivals: [],
  misuses: [],
  callees: new Map(),
  matchings: [],
  modelled: new Map(),
  proofs: NO_PROOFS,
  budgetHit: false,
};

/** What the transfer functions share while one body is interpreted. */
export interface Frame {
  readonly world: World;
  readonly body: Body;
  readonly cfg: Cfg;
  readonly values: Abstract[];
  /** The variable (and fields of it) that a value was read from. */
  readonly paths: (Path | undefined)[];
  readonly arrivals: Map<string, Arrival>;
  readonly misuses: Map<string, Misuse>;
  readonly callees: Map<SyntaxNode, readonly Ref[]>;
  /** What was not looked at as closely as asked: calls with functions or objects as arguments, of which there are too many. */
  readonly cut: Set<"calls">;
  readonly matchings: Map<string, Matching>;
  readonly modelled: Map<SyntaxNode, ModelledCall>;
  /** How the calls that syntax or a model implies are made. */
  readonly callRef: (site: CallSite, ref: Ref) => Abstract;
  readonly callModel: (site: CallSite, model: CallModel) => Abstract;
}

/** @param body not a body that is being interpreted already. */
export function interpret(world: World, body: Body): Interpretation {
  const cfg = world.cfg(body);
  const frame: Frame = {
    world,
    body,
    cfg,
    values: new Array<Abstract>(cfg.valueCount).fill(NOTHING),
    paths: new Array<Path | undefined>(cfg.valueCount).fill(undefined),
    arrivals: new Map(),
    misuses: new Map(),
    callees: new Map(),
    cut: new Set(),
    matchings: new Map(),
    modelled: new Map(),
    callRef,
    callModel,
  };
  const solution = solve<Environment>(cfg, {
    direction: "forward",
    initial: new Map(),
    join: joinEnvironments,
    equals: (left, right) => left === right,
    transfer: (instruction, environment) =>
      environment === UNREACHABLE ? UNREACHABLE : sensitiveStep(frame, instruction, environment),
    refine: (terminator, edge, environment) => alongEdge(frame, terminator, edge, environment),
  });
  recordAnswers(frame);
  return {
    environment: solution.starts[cfg.returned] ?? UNREACHABLE,
    returns: returned(frame),
    arrivals: [...frame.arrivals.values()],
    misuses: [...frame.misuses.values()],
    ...(depthGiven(body) > 0 ? NOT_ASKED : bySyntax(frame)),
    proofs: proofsOf(frame, solution.ends),
    budgetHit: solution.budgetHit || frame.cut.size > 0,
  };
}

/** What stages that look at syntax ask: only of the body as any caller reaches it. */
function bySyntax({ callees, matchings, modelled }: Frame) {
  return { callees, matchings: [...matchings.values()], modelled };
}

const NOT_ASKED = {
  callees: NOT_YET.callees,
  matchings: NOT_YET.matchings,
  modelled: NOT_YET.modelled,
} as const;

/** The join of everything that the body returns or yields. */
function returned(frame: Frame): Abstract {
  let returns = NOTHING;
  for (const { terminator, instructions } of frame.cfg.blocks) {
    if (terminator.kind === "return" && terminator.value !== undefined) {
      returns = join(returns, handedBack(frame, terminator.value));
    }
    if (!frame.cfg.isGenerator) continue;
    for (const instruction of instructions) {
      if (instruction.op !== "suspend" || instruction.form === "await" || instruction.value === undefined)
        continue;
      const yielded = frame.values[instruction.value]!;
      returns =
        instruction.form === "yieldFrom"
          ? join(returns, yielded)
          : join(returns, withField(NOTHING, "[*]", yielded));
    }
  }
  return returns;
}

/** What is returned as it came in has one step of its own: the way through this body must not be missing in the proof. */
function handedBack(frame: Frame, value: Value): Abstract {
  const definition = frame.cfg.definitions[value];
  if (!definition || frame.body.kind !== "function") return frame.values[value]!;
  return throughReturn(frame.values[value]!, {
    place: { syntax: frame.body.module.syntax, node: definition.node },
    role: "flow",
    note: `\`${frame.body.name}\` returns it`,
  });
}

function alongEdge(
  frame: Frame,
  terminator: Terminator,
  edge: EdgeKind,
  end: Environment,
): Environment | undefined {
  if (end === UNREACHABLE) return undefined;
  if (terminator.kind === "raise" && terminator.exception !== undefined) {
    raise(frame, terminator.exception, terminator.node, end);
  }
  if (edge === "true" || edge === "false") {
    return terminator.kind === "branch" ? refine(frame, terminator.condition, edge === "true", end) : end;
  }
  if (edge === "body" && terminator.kind === "next") {
    assign(frame, terminator.item, elementsOf(frame.values[terminator.iterator]!));
  }
  return end;
}

/** `raise Failed` calls the class. */
function raise(frame: Frame, exception: Value, node: SyntaxNode, end: Environment): void {
  for (const ref of frame.values[exception]!.refs) {
    if (ref.kind === "class") callRef(impliedCall(frame, node, undefined, [], end), ref);
  }
}

function assign(frame: Frame, result: Value, value: Abstract): void {
  frame.values[result] = join(frame.values[result]!, value);
}

/** Runs one instruction, and says what of it is secret. */
function sensitiveStep(frame: Frame, instruction: Instruction, environment: Environment): Environment {
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
