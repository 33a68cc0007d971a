// Typestate of what must be given back: which resources a body holds at each place, as far as the body itself decides it.
//
// A resource is the value of the call that acquired it; a lock is the text of the expression that it is called by. What
// is returned, stored outside the body's variables or handed to code that may keep it has another owner, and is not held.
import type { Cfg } from "../../flow/cfg.js";
import type { EdgeKind } from "../../flow/edges.js";
import type { Instruction, Terminator, Value } from "../../flow/instruction.js";
import { type Solution, solve } from "../../flow/solver.js";
import type { ResourceKind } from "../../models/kinds.js";
import type { SyntaxNode } from "../../python/ast.js";
import { argumentsAt } from "../calls/arguments.js";
import type { ModelledCall } from "../calls/modelled-call.js";
import { type Place, textOf } from "../values/place.js";

export interface Resource {
  readonly kind: ResourceKind;
  /** The call that acquires it. */
  readonly node: SyntaxNode;
  /** How a lock is called ("self._lock"); undefined of what is acquired anew each time. */
  readonly lock: string | undefined;
  readonly isReentrant: boolean;
}

/** Immutable; shared where nothing changes. */
export interface Holding {
  readonly held: ReadonlySet<Resource>;
  /** The resources that a variable may refer to. */
  readonly variables: ReadonlyMap<string, ReadonlySet<Resource>>;
}

export interface Holdings {
  readonly solution: Solution<Holding>;
  /** Every resource that the body acquires. */
  readonly resources: readonly Resource[];
  /** The resources that the body itself releases somewhere, or enters in a `with`. */
  readonly released: ReadonlySet<Resource>;
}

const LOCKS: readonly ResourceKind[] = ["lock", "file-lock"];
const NONE: ReadonlySet<Resource> = new Set();

/**
 * @param modelled what models say of the body's calls
 * @param placeOf a node of the body's module
 */
export function holdingsOf(
  cfg: Cfg,
  modelled: ReadonlyMap<SyntaxNode, ModelledCall>,
  placeOf: (node: SyntaxNode) => Place,
): Holdings {
  const acquired = new Map<SyntaxNode, Resource>();
  const released = new Set<Resource>();
  /** What the names that the body binds are to it. */
  const own = "kind" in cfg.owner ? "local" : "global";
  /** What each temporary may refer to; temporaries are assigned once. */
  const values = new Map<Value, ReadonlySet<Resource>>();
  const nameOf = (value: Value | undefined): string | undefined => {
    const node = value === undefined ? undefined : cfg.definitions[value]?.node;
    return node && textOf(placeOf(node), 200);
  };

  const resourceAt = (
    node: SyntaxNode,
    kind: ResourceKind,
    lock: string | undefined,
    isReentrant: boolean,
  ) => {
    let resource = acquired.get(node);
    if (!resource) {
      resource = { kind, node, lock, isReentrant };
      acquired.set(node, resource);
    }
    return resource;
  };
  const refer = (value: Value, resources: ReadonlySet<Resource>) => {
    if (resources.size === 0) return;
    values.set(value, union(values.get(value) ?? NONE, resources));
  };
  const letGo = (state: Holding, value: Value | undefined): Holding =>
    value === undefined ? state : without(state, values.get(value) ?? NONE);
  const release = (state: Holding, resources: Iterable<Resource>): Holding => {
    const gone = new Set(resources);
    for (const resource of gone) released.add(resource);
    return without(state, gone);
  };
  const heldLocks = (state: Holding, name: string | undefined): Resource[] =>
    [...state.held].filter(({ lock }) => lock !== undefined && lock === name);

  const call = (instruction: Extract<Instruction, { op: "call" }>, state: Holding): Holding => {
    const { node, result, callee } = instruction;
    const model = modelled.get(node);
    const definition = cfg.definitions[callee];
    const receiver = definition?.op === "member" ? definition.object : undefined;
    let after = state;
    if (model?.releases !== undefined) {
      const given =
        model.releases === "receiver"
          ? receiver
          : argumentsAt(instruction.arguments, model.releases)[0]?.value;
      after = release(after, (given === undefined ? undefined : values.get(given)) ?? NONE);
      after = release(after, heldLocks(after, nameOf(given)));
    } else if (definition?.op === "member" && RELEASING.test(definition.name)) {
      after = release(after, values.get(definition.object) ?? NONE);
      after = release(after, heldLocks(after, nameOf(definition.object)));
    }
    const named = model === undefined ? namedLock(cfg, instruction, nameOf) : undefined;
    if (named?.does === "release") return release(after, heldLocks(after, named.lock));
    if (named?.does === "acquire") {
      const resource = resourceAt(node, "lock", named.lock, true);
      refer(result, new Set([resource]));
      return { ...after, held: union(after.held, new Set([resource])) };
    }
    const isHarmless = model?.keepsNothing === true || isPlain(cfg, callee);
    if (!isHarmless) for (const { value } of instruction.arguments) after = letGo(after, value);
    if (model?.acquires === undefined) return after;
    const isLock = LOCKS.includes(model.acquires);
    const resource = resourceAt(
      node,
      model.acquires,
      isLock ? nameOf(receiver) : undefined,
      model.isReentrant,
    );
    if (isLock && resource.lock === undefined) return after;
    refer(result, new Set([resource]));
    return { ...after, held: union(after.held, new Set([resource])) };
  };

  /** A lock is held until the `with` ends; of anything else the `with` takes care from here on. */
  const enter = (
    { node, manager, result }: Extract<Instruction, { op: "enter" }>,
    state: Holding,
  ): Holding => {
    refer(result, values.get(manager) ?? NONE);
    const after = release(state, values.get(manager) ?? NONE);
    const model = modelled.get(node);
    const lock = nameOf(manager);
    if (model?.acquires === undefined || !LOCKS.includes(model.acquires) || lock === undefined) return after;
    const resource = resourceAt(node, model.acquires, lock, model.isReentrant);
    return { ...after, held: union(after.held, new Set([resource])) };
  };

  const transfer = (instruction: Instruction, state: Holding): Holding => {
    switch (instruction.op) {
      case "call":
        return call(instruction, state);
      case "read":
        refer(instruction.result, state.variables.get(instruction.variable.name) ?? NONE);
        return state;
      case "write": {
        const { variable, value } = instruction;
        const resources = values.get(value) ?? NONE;
        if (variable.storage !== own) return letGo(state, value);
        if (resources.size === 0 && !state.variables.has(variable.name)) return state;
        return { ...state, variables: new Map(state.variables).set(variable.name, resources) };
      }
      case "setMember":
      case "setElement":
        return letGo(state, instruction.value);
      case "compose":
        return instruction.operands.reduce((known, operand) => letGo(known, operand), state);
      case "collect":
        return letGo(state, instruction.value);
      case "choose":
        for (const operand of instruction.operands) refer(instruction.result, values.get(operand) ?? NONE);
        return state;
      case "enter":
        return enter(instruction, state);
      case "exit":
        return release(
          state,
          [...state.held].filter(({ node }) => node === instruction.node),
        );
      case "suspend":
        if (instruction.value === undefined) return state;
        if (instruction.form !== "await") return letGo(state, instruction.value);
        refer(instruction.result, values.get(instruction.value) ?? NONE);
        return state;
      case "define":
        return captured(state, textOf(placeOf(instruction.definition), Number.MAX_SAFE_INTEGER));
      case "unpack":
        refer(instruction.result, values.get(instruction.source) ?? NONE);
        return state;
      case "iterate":
        return state;
      default:
        return state;
    }
  };

  const solution = solve<Holding>(cfg, {
    direction: "forward",
    initial: { held: NONE, variables: new Map() },
    join: joinHoldings,
    equals: sameHolding,
    transfer,
    refine: (terminator, edge, state) => refined(cfg, values, terminator, edge, state),
    raise: (instruction, before, after) => raisedState(instruction, before, after),
  });
  const returned = new Set<Resource>();
  for (const { terminator } of cfg.blocks) {
    if (terminator.kind !== "return" || terminator.value === undefined) continue;
    for (const resource of values.get(terminator.value) ?? NONE) returned.add(resource);
  }
  const resources = [...acquired.values()].filter((resource) => !returned.has(resource));
  return { solution, resources, released };
}

/** Methods that give back whatever object they belong to. */
const RELEASING =
  /^(a?close|a?release|shutdown|terminate|disconnect|cleanup|unlink|quit|wait|communicate|kill|join|detach|stop|abort|destroy|poll|server_close|stop_listening|release_conn|unlock)$/;

/**
 * Code that nobody modelled and that says it locks: `self.mutex.acquire()`, and pairs of functions like `acquire_lock` and
 * `release_lock`. A body that only has one of the two acts for somebody else, and nothing follows from it.
 */
function namedLock(
  cfg: Cfg,
  { callee }: Extract<Instruction, { op: "call" }>,
  nameOf: (value: Value) => string | undefined,
): { readonly does: "acquire" | "release"; readonly lock: string } | undefined {
  const definition = cfg.definitions[callee];
  if (definition?.op === "member" && /^(acquire|release)$/.test(definition.name)) {
    const lock = nameOf(definition.object);
    if (lock === undefined || !/(lock|mutex|semaphore)\w*$/i.test(lock)) return undefined;
    return { does: definition.name === "acquire" ? "acquire" : "release", lock };
  }
  const name =
    definition?.op === "member" ? definition.name : definition?.op === "read" ? definition.variable.name : "";
  const [, verb, lock] =
    /^_*(acquire|obtain|take|release|free|drop)_(\w*(?:lock|mutex|lease)\w*)$/.exec(name) ?? [];
  if (verb === undefined || lock === undefined) return undefined;
  return { does: /^(acquire|obtain|take)$/.test(verb) ? "acquire" : "release", lock };
}

/** Functions that look at their arguments and keep nothing. */
const PLAIN = new Set(
  "len print isinstance issubclass str repr bool int float id type hash any all sum min max sorted list tuple set dict hasattr getattr bytes callable".split(
    " ",
  ),
);

function isPlain(cfg: Cfg, callee: Value): boolean {
  const definition = cfg.definitions[callee];
  return (
    definition?.op === "read" &&
    definition.variable.storage === "builtin" &&
    PLAIN.has(definition.variable.name)
  );
}

/**
 * An exception of the acquiring call means that nothing was acquired; one of the releasing call, that it was released.
 * Only what runs other code is taken to raise: `lock.release` itself, and arithmetic, are not.
 */
function raisedState(instruction: Instruction, before: Holding, after: Holding): Holding | undefined {
  switch (instruction.op) {
    case "call":
    case "enter":
      return withoutNew(before, after);
    case "exit":
      return after;
    case "suspend":
    case "iterate":
    case "import":
    case "unpack":
    case "unknown":
      return before;
    default:
      return undefined;
  }
}

function withoutNew(before: Holding, after: Holding): Holding {
  return without(after, new Set([...after.held].filter((resource) => !before.held.has(resource))));
}

/** `if f:` and `if f is not None:` on a variable: where it holds nothing, nothing is held by it. */
function refined(
  cfg: Cfg,
  values: ReadonlyMap<Value, ReadonlySet<Resource>>,
  terminator: Terminator,
  edge: EdgeKind,
  state: Holding,
): Holding {
  if (terminator.kind !== "branch" || (edge !== "true" && edge !== "false")) return state;
  const { tested, isNothingWhen } = questionOf(cfg, terminator.condition);
  if ((edge === "true") !== isNothingWhen) return state;
  return without(state, values.get(tested) ?? NONE);
}

function questionOf(cfg: Cfg, condition: Value): { readonly tested: Value; readonly isNothingWhen: boolean } {
  const definition = cfg.definitions[condition];
  if (definition?.op === "compose" && definition.form === "unary" && definition.operator === "not") {
    const inner = questionOf(cfg, definition.operands[0]!);
    return { tested: inner.tested, isNothingWhen: !inner.isNothingWhen };
  }
  if (definition?.op === "compare" && isNone(cfg, definition.right)) {
    if (definition.operator === "is" || definition.operator === "==") {
      return { tested: definition.left, isNothingWhen: true };
    }
    if (definition.operator === "is not" || definition.operator === "!=") {
      return { tested: definition.left, isNothingWhen: false };
    }
  }
  return { tested: condition, isNothingWhen: false };
}

function isNone(cfg: Cfg, value: Value): boolean {
  const definition = cfg.definitions[value];
  return definition?.op === "constant" && definition.type === "constant" && definition.value === null;
}

/** A nested function that names a variable may do anything with what it holds. */
function captured(state: Holding, text: string): Holding {
  let after = state;
  for (const [name, resources] of state.variables) {
    if (resources.size > 0 && new RegExp(`\\b${name}\\b`).test(text)) after = without(after, resources);
  }
  return after;
}

function without(state: Holding, gone: ReadonlySet<Resource>): Holding {
  if (gone.size === 0 || ![...gone].some((resource) => state.held.has(resource))) return state;
  return { ...state, held: new Set([...state.held].filter((resource) => !gone.has(resource))) };
}

function union<Item>(left: ReadonlySet<Item>, right: ReadonlySet<Item>): ReadonlySet<Item> {
  if ([...right].every((item) => left.has(item))) return left;
  return new Set([...left, ...right]);
}

function joinHoldings(left: Holding, right: Holding): Holding {
  const held = union(left.held, right.held);
  let { variables } = left;
  for (const [name, resources] of right.variables) {
    const known = variables.get(name);
    const joined = known ? union(known, resources) : resources;
    if (joined !== known) variables = new Map(variables).set(name, joined);
  }
  return held === left.held && variables === left.variables ? left : { held, variables };
}

function sameHolding(left: Holding, right: Holding): boolean {
  return left === right || (joinHoldings(left, right) === left && joinHoldings(right, left) === right);
}
