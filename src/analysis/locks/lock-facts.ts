// What each body does about locks: which it takes while it holds others, and where it waits while it holds one.
//
// A lock is the object that several bodies mean: a field of a class ("shop.py:Store._lock"), a global of a module, or a
// name that the program gives it. A lock that only one call knows is no such thing.
import type { Instruction } from "../../flow/instruction.js";
import type { SyntaxNode } from "../../python/ast.js";
import { walk } from "../../python/walk.js";
import type { Body, ClassBody, FunctionBody } from "../body.js";
import { classOf } from "../body.js";
import type { Waiting } from "../modelled-call.js";
import type { Place } from "../place.js";
import { holdingsOf, type Resource } from "../resources/held.js";
import type { World } from "../world.js";

/** One lock taken, in a body or in what it calls: the places that lead there, outermost first. */
export interface Taking {
  readonly lock: string;
  /** As the code calls it: "self._lock". */
  readonly text: string;
  readonly isReentrant: boolean;
  /** It waits until it gets the lock; a try, or a wait with a limit, does not. */
  readonly isEndless: boolean;
  /** Where the lock is made, as far as its class or module says so. */
  readonly made: Place | undefined;
  readonly way: readonly Place[];
}

/** Waiting for something else than a lock, in a body or in what it calls. */
export interface Pausing {
  readonly waiting: Waiting;
  readonly way: readonly Place[];
}

/** While `outer` is held, `inner` is taken. */
export interface Nesting {
  readonly body: Body;
  readonly outer: Taking;
  readonly inner: Taking;
}

export interface LockFacts {
  readonly takes: readonly Taking[];
  /** One for each thing that is waited for. */
  readonly pauses: readonly Pausing[];
  /** Every one, for those who ask where. */
  readonly everyPause: readonly Pausing[];
  readonly nestings: readonly Nesting[];
  readonly pausesHolding: readonly {
    readonly body: Body;
    readonly held: Taking;
    readonly pausing: Pausing;
  }[];
}

const NO_FACTS: LockFacts = { takes: [], pauses: [], everyPause: [], nestings: [], pausesHolding: [] };
const DEEPEST_WAY = 5;

/** The facts of any body, each worked out once. Bodies that call one another see nothing of each other's cycle. */
export function createLockFacts(world: World): (body: Body) => LockFacts {
  const known = new Map<Body["definition"], LockFacts>();
  const factsOf = (body: Body): LockFacts => {
    const facts = known.get(body.definition);
    if (facts) return facts;
    known.set(body.definition, NO_FACTS);
    const found = lockFacts(world, body, factsOf);
    known.set(body.definition, found);
    return found;
  };
  return factsOf;
}

function lockFacts(world: World, body: Body, factsOf: (body: Body) => LockFacts): LockFacts {
  const { modelled, callees } = world.interpretation(body);
  if (modelled.size === 0 && callees.size === 0) return NO_FACTS;
  const cfg = world.cfg(body);
  const placeOf = (node: SyntaxNode): Place => ({ syntax: body.module.syntax, node });
  const takes: Taking[] = [];
  const pauses: Pausing[] = [];
  const everyPause: Pausing[] = [];
  const nestings: Nesting[] = [];
  const pausesHolding: { body: Body; held: Taking; pausing: Pausing }[] = [];
  const taking = (resource: Resource): Taking | undefined => {
    const lock = identityOf(body, resource);
    if (lock === undefined) return undefined;
    const { isReentrant, node } = resource;
    return {
      lock,
      text: resource.lock ?? "",
      isReentrant,
      isEndless: modelled.get(node)?.waits?.isEndless ?? true,
      made: madeAt(body, resource.lock ?? ""),
      way: [placeOf(node)],
    };
  };
  const isLocking = [...modelled.values()].some(({ acquires }) => acquires === "lock");
  const holdings = isLocking ? holdingsOf(cfg, modelled, placeOf) : undefined;
  const noted = new Set<string>();

  for (const block of cfg.blocks) {
    if (!block.reachable) continue;
    const states = holdings?.solution.statesOf(block) ?? [];
    for (const [index, instruction] of block.instructions.entries()) {
      if (instruction.op !== "call" && instruction.op !== "enter") continue;
      const { node } = instruction;
      // A lock that the body takes and leaves to others to give back is a signal, not a section.
      const held = [...(states[index]?.held ?? [])]
        .filter((resource) => holdings?.released.has(resource))
        .flatMap((resource) => taking(resource) ?? []);
      const fresh = [...(states[index + 1]?.held ?? [])].filter(
        (resource) => resource.node === node && !states[index]?.held.has(resource),
      );
      const taken = [
        ...fresh.flatMap((resource) => taking(resource) ?? []),
        ...called(world, body, instruction).flatMap((callee) =>
          factsOf(callee)
            .takes.filter(({ way }) => way.length < DEEPEST_WAY)
            .map((inner) => ({ ...inner, way: [placeOf(node), ...inner.way] })),
        ),
      ];
      const waiting = modelled.get(node)?.waits;
      const paused: Pausing[] = [
        ...(waiting && !waiting.suspends && waiting.on !== "lock" ? [{ waiting, way: [placeOf(node)] }] : []),
        ...called(world, body, instruction).flatMap((callee) =>
          factsOf(callee)
            .pauses.filter(({ way }) => way.length < DEEPEST_WAY)
            .slice(0, 1)
            .map((pausing) => ({ ...pausing, way: [placeOf(node), ...pausing.way] })),
        ),
      ];
      for (const inner of taken) {
        if (!takes.some(({ lock }) => lock === inner.lock)) takes.push(inner);
        for (const outer of held) {
          const key = `${outer.lock} ${inner.lock} ${node.start}`;
          if (noted.has(key) || !inner.isEndless) continue;
          noted.add(key);
          nestings.push({ body, outer, inner });
        }
      }
      for (const pausing of paused) {
        if (!everyPause.some(({ way }) => way[0]!.node === node)) everyPause.push(pausing);
        if (!pauses.some((each) => each.waiting.on === pausing.waiting.on)) pauses.push(pausing);
        const [outer] = held;
        if (outer) pausesHolding.push({ body, held: outer, pausing });
      }
    }
  }
  return { takes, pauses, everyPause, nestings, pausesHolding };
}

/** Functions of the repository that run, to their end, within the call. */
function called(world: World, body: Body, { op, node }: Instruction): readonly FunctionBody[] {
  if (op !== "call" || node.kind !== "call") return [];
  return (world.interpretation(body).callees.get(node) ?? []).flatMap((ref) => {
    if (ref.kind !== "function" || world.cfg(ref.body).isGenerator || world.cfg(ref.body).isAsync) return [];
    return [ref.body];
  });
}

/** Which object a lock is; undefined where only this body knows. */
function identityOf(body: Body, { lock, kind }: Resource): string | undefined {
  if (lock === undefined || kind !== "lock") return undefined;
  const { path } = body.module;
  const [, field] = /^self\.(\w+)$/.exec(lock) ?? [];
  if (field !== undefined) {
    const owner = ownerOf(body);
    return owner === undefined ? undefined : `${path}:${owner.name}.${field}`;
  }
  if (/^[A-Za-z_]\w*$/.test(lock)) {
    return body.module.scopes.module.bindings.has(lock) && !isLocal(body, lock)
      ? `${path}:${lock}`
      : undefined;
  }
  // `lock("name")`: the name is the identity, wherever it is written.
  const [, name] = /\(\s*["']([^"']+)["']/.exec(lock) ?? [];
  return name === undefined ? undefined : `name:${name}`;
}

function ownerOf(body: Body): ClassBody | undefined {
  const owner = classOf(body);
  if (owner) return owner;
  return body.kind === "function" && body.enclosing.kind === "function" ? ownerOf(body.enclosing) : undefined;
}

/** The assignment that makes the lock: `self._lock = Lock()` in its class, `lock = Lock()` in its module. */
function madeAt(body: Body, text: string): Place | undefined {
  const { syntax } = body.module;
  const roots = text.startsWith("self.") ? (ownerOf(body)?.definition.body ?? []) : syntax.body;
  let made: Place | undefined;
  for (const root of roots) {
    walk(root, (node) => {
      if (node.kind === "assign" && node.value?.kind === "call") {
        const named = node.targets.some(({ start, end }) => syntax.text.slice(start, end) === text);
        if (named) made ??= { syntax, node };
      }
      return made === undefined;
    });
  }
  return made;
}

function isLocal(body: Body, name: string): boolean {
  if (body.kind !== "function") return false;
  return body.definition.parameters.some((parameter) => parameter.name.id === name);
}
