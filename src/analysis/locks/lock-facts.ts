// What each body does about locks: which it takes while it holds others, and where it waits while it holds one.
//
// A lock is the object that several bodies mean: a field of a class ("shop.py:Store._lock"), a global of a module, or a
// name that the program gives it. A lock that only one call knows is no such thing.
import type { Cfg } from "../../flow/cfg.js";
import type { Instruction } from "../../flow/instruction.js";
import type { SyntaxNode } from "../../python/ast.js";
import type { Body, FunctionBody } from "../body.js";
import type { Waiting } from "../calls/modelled-call.js";
import { holdingsOf, type Resource } from "../resources/held.js";
import { type Place, textOf } from "../values/place.js";
import type { World } from "../world.js";
import { identityOf, madeAt } from "./lock-identity.js";

/** One lock taken, in a body or in what it calls: the places that lead there, outermost first. */
export interface Taking {
  readonly lock: string;
  /** As the code calls it: "self._lock". */
  readonly text: string;
  readonly isReentrant: boolean;
  /** It waits until it gets the lock; a try, or a wait with a limit, does not. */
  readonly isEndless: boolean;
  /** Whoever waits for it stops a whole thread; false of the locks of coroutines, and where no model knows the lock. */
  readonly stopsThread: boolean;
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

/** While `held` is held, the thread waits for something else. */
export interface PauseHolding {
  readonly body: Body;
  readonly held: Taking;
  readonly pausing: Pausing;
}

/** While the lock of a thread is held, a coroutine gives way to others. */
export interface AwaitHolding {
  readonly body: Body;
  readonly held: Taking;
  readonly awaited: Place;
}

export interface LockFacts {
  readonly takes: readonly Taking[];
  /** One for each thing that is waited for. */
  readonly pauses: readonly Pausing[];
  /** Every one, for those who ask where. */
  readonly everyPause: readonly Pausing[];
  readonly nestings: readonly Nesting[];
  readonly pausesHolding: readonly PauseHolding[];
  readonly awaitsHolding: readonly AwaitHolding[];
}

const NO_FACTS: LockFacts = {
  takes: [],
  pauses: [],
  everyPause: [],
  nestings: [],
  pausesHolding: [],
  awaitsHolding: [],
};
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
  const pausesHolding: PauseHolding[] = [];
  const awaitsHolding: AwaitHolding[] = [];
  const taking = (resource: Resource): Taking | undefined => {
    const lock = identityOf(body, resource);
    if (lock === undefined) return undefined;
    const { isReentrant, node } = resource;
    const waits = modelled.get(node)?.waits;
    return {
      lock,
      text: resource.lock ?? "",
      isReentrant,
      isEndless: waits?.isEndless ?? true,
      stopsThread: waits !== undefined && !waits.suspends,
      made: madeAt(body, resource.lock ?? ""),
      way: [placeOf(node)],
    };
  };
  const isLocking = [...modelled.values()].some(({ acquires }) => acquires === "lock");
  const holdings = isLocking ? holdingsOf(cfg, modelled, placeOf) : undefined;
  const noted = new Set<string>();
  const awaited = awaitedIn(cfg);

  for (const block of cfg.blocks) {
    if (!block.reachable) continue;
    const states = holdings?.solution.statesOf(block) ?? [];
    for (const [index, instruction] of block.instructions.entries()) {
      const { op, node } = instruction;
      if (op !== "call" && op !== "enter" && op !== "suspend") continue;
      // A lock that the body takes and leaves to others to give back is a signal, not a section.
      const held = [...(states[index]?.held ?? [])]
        .filter((resource) => holdings?.released.has(resource))
        .flatMap((resource) => taking(resource) ?? []);
      if (op === "suspend") {
        const outer = held.find(({ stopsThread }) => stopsThread);
        if (outer && instruction.form === "await") {
          awaitsHolding.push({ body, held: outer, awaited: placeOf(node) });
        }
        continue;
      }
      const fresh = [...(states[index + 1]?.held ?? [])].filter(
        (resource) => resource.node === node && !states[index]?.held.has(resource),
      );
      const inside = called(world, body, instruction).map(factsOf);
      const taken = [
        ...fresh.flatMap((resource) => taking(resource) ?? []),
        ...inside.flatMap(({ takes }) =>
          takes
            .filter(({ way }) => way.length < DEEPEST_WAY)
            .map((inner) => ({ ...inner, way: [placeOf(node), ...inner.way] })),
        ),
      ];
      const paused = [
        ...(awaited.has(node) ? [] : pauseAt(modelled.get(node)?.waits, placeOf(node))),
        ...inside.flatMap(({ pauses }) =>
          pauses
            .filter(({ way }) => way.length < DEEPEST_WAY)
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
        if (!pauses.some((each) => each.waiting.on === pausing.waiting.on))
          pauses.push(forCallers(pausing, held));
        const outer = keptDuring(pausing, held);
        if (outer && !pausesHolding.some(({ pausing: { way } }) => way[0]!.node === node)) {
          pausesHolding.push({ body, held: outer, pausing });
        }
      }
    }
  }
  return { takes, pauses, everyPause, nestings, pausesHolding, awaitsHolding };
}

/** The calls whose result is awaited: whatever their model says of waiting, they give way. */
function awaitedIn(cfg: Cfg): ReadonlySet<SyntaxNode> {
  const awaited = new Set<SyntaxNode>();
  for (const { instructions } of cfg.blocks) {
    for (const instruction of instructions) {
      if (instruction.op !== "suspend" || instruction.form !== "await" || instruction.value === undefined)
        continue;
      const made = cfg.definitions[instruction.value];
      if (made?.op === "call") awaited.add(made.node);
    }
  }
  return awaited;
}

function pauseAt(waiting: Waiting | undefined, place: Place): readonly Pausing[] {
  return waiting && !waiting.suspends && waiting.on !== "lock" ? [{ waiting, way: [place] }] : [];
}

/** The lock that stays locked during the pause. Waiting on a condition gives back the condition's own. */
function keptDuring({ waiting, way }: Pausing, held: readonly Taking[]): Taking | undefined {
  if (!waiting.unlocks) return held[0];
  const [, receiver] = way.length === 1 ? (/^(.*)\.\w+\(/.exec(textOf(way[0]!, 200)) ?? []) : [];
  const own = held.find(({ text }) => text === receiver) ?? held.at(-1);
  return held.find((each) => each !== own);
}

/** The pause as callers see it: where the body holds the condition itself, none of their locks is given back. */
function forCallers(pausing: Pausing, held: readonly Taking[]): Pausing {
  if (!pausing.waiting.unlocks || held.length === 0) return pausing;
  return { ...pausing, waiting: { ...pausing.waiting, unlocks: false } };
}

/** Functions of the repository that run, to their end, within the call. */
function called(world: World, body: Body, { op, node }: Instruction): readonly FunctionBody[] {
  if (op !== "call" || node.kind !== "call") return [];
  return (world.interpretation(body).callees.get(node) ?? []).flatMap((ref) => {
    if (ref.kind !== "function" || world.cfg(ref.body).isGenerator || world.cfg(ref.body).isAsync) return [];
    return [ref.body];
  });
}
