// One fixpoint solver for all analyses: a problem brings a lattice and what an instruction does to it.
import { reversed, reversePostorder } from "../base/graph.js";
import type { Block, Cfg } from "./cfg.js";
import { type EdgeKind, forEachEdge, successorGraph } from "./edges.js";
import type { Instruction, Terminator } from "./instruction.js";
import { mayRaise, terminatorMayRaise } from "./may-raise.js";

/** Anything but null and undefined. */
type Defined = NonNullable<unknown>;

/**
 * States are immutable: a function that changes nothing returns the state it was given, so that equality is mostly
 * identity. No state (`undefined`) means that no path arrives.
 */
export interface Problem<State extends Defined> {
  readonly direction: "forward" | "backward";
  /** Forward: the state at the entry. Backward: the state wherever the body ends. */
  readonly initial: State;
  join(a: State, b: State): State;
  equals(a: State, b: State): boolean;
  /** Forward: the state after the instruction from the one before; backward: the other way round. */
  transfer(instruction: Instruction, state: State): State;
  /**
   * What taking one way out of a terminator says (`if x not in ALLOWED`). Forward: of the state at the block's end;
   * backward: of the state at the start of the target. `undefined`: this way is never taken. Absent: nothing.
   */
  refine?(terminator: Terminator, edge: EdgeKind, state: State): State | undefined;
  /**
   * The state that an exception of `instruction` takes to the handler; `undefined`: it does not raise. Forward only.
   * Absent: the join of both, because the exception may come before or after the effect.
   */
  raise?(instruction: Instruction, before: State, after: State): State | undefined;
  /** The number of times that one block may be visited; 100 when absent. */
  readonly visitsPerBlock?: number;
}

export interface Solution<State extends Defined> {
  /**
   * The state at the start of each block in program order, whatever the direction. `undefined`: no path arrives;
   * backward: no path gets out (`while True: pass`).
   */
  readonly starts: readonly (State | undefined)[];
  /** The state at the end of each block's instructions, before its terminator chooses. */
  readonly ends: readonly (State | undefined)[];
  /** A block was visited too often: the states are not a fixpoint, and what is concluded from them is incomplete. */
  readonly budgetHit: boolean;
  /**
   * The state before each instruction of a block and, last, the one at its end: one more than it has instructions.
   * Empty when the block is not reached. Replays the block: ask once.
   */
  statesOf(block: Block): readonly State[];
}

export function solve<State extends Defined>(cfg: Cfg, problem: Problem<State>): Solution<State> {
  return problem.direction === "forward" ? solveForward(cfg, problem) : solveBackward(cfg, problem);
}

const DEFAULT_VISITS = 100;

function solveForward<State extends Defined>(cfg: Cfg, problem: Problem<State>): Solution<State> {
  const starts: (State | undefined)[] = cfg.blocks.map(() => undefined);
  const ends: (State | undefined)[] = cfg.blocks.map(() => undefined);
  starts[cfg.entry] = problem.initial;
  const order = reversePostorder(successorGraph(cfg), [cfg.entry]);
  const work = worklist(cfg, order, problem.visitsPerBlock ?? DEFAULT_VISITS);
  work.add(cfg.entry);

  const flow = (target: number, state: State | undefined) => {
    if (state === undefined) return;
    const merged = mergeInto(problem, starts[target], state);
    if (merged === starts[target]) return;
    starts[target] = merged;
    work.add(target);
  };
  const budgetHit = work.run((id) => {
    const block = cfg.blocks[id]!;
    const { end, raised } = throughBlock(problem, block, starts[id]!);
    ends[id] = end;
    flow(block.handler, raised);
    forEachEdge(cfg, block, (target, kind) => {
      flow(target, problem.refine ? problem.refine(block.terminator, kind, end) : end);
    });
  });
  const statesOf = (block: Block): readonly State[] => {
    const start = starts[block.id];
    if (start === undefined) return [];
    const states = [start];
    for (const instruction of block.instructions) {
      states.push(problem.transfer(instruction, states[states.length - 1]!));
    }
    return states;
  };
  return { starts, ends, budgetHit, statesOf };
}

/** The state at the end of a block that starts with `start`, and the join of those its exceptions take along. */
function throughBlock<State extends Defined>(problem: Problem<State>, block: Block, start: State) {
  let end = start;
  if (!block.mayRaise) {
    for (const instruction of block.instructions) end = problem.transfer(instruction, end);
    return { end, raised: undefined };
  }
  let raised: State | undefined;
  let raisingSteps = 0;
  for (const instruction of block.instructions) {
    const before = end;
    end = problem.transfer(instruction, before);
    if (!mayRaise(instruction)) continue;
    raisingSteps++;
    raised = joinRaised(problem, raised, instruction, before, end);
  }
  if (block.terminator.kind === "next") raised = mergeInto(problem, raised, end);
  else if (raisingSteps === 0 && !terminatorMayRaise(block.terminator)) {
    raised = mergeInto(problem, start, end);
  }
  return { end, raised };
}

function joinRaised<State extends Defined>(
  problem: Problem<State>,
  raised: State | undefined,
  instruction: Instruction,
  before: State,
  after: State,
): State | undefined {
  if (problem.raise) {
    const state = problem.raise(instruction, before, after);
    return state === undefined ? raised : mergeInto(problem, raised, state);
  }
  const joined = mergeInto(problem, raised, before);
  return after === before ? joined : mergeInto(problem, joined, after);
}

function solveBackward<State extends Defined>(cfg: Cfg, problem: Problem<State>): Solution<State> {
  const starts: (State | undefined)[] = cfg.blocks.map(() => undefined);
  const ends: (State | undefined)[] = cfg.blocks.map(() => undefined);
  const graph = successorGraph(cfg);
  const predecessors = reversed(graph);
  const exits = cfg.blocks.filter((block) => block.terminator.kind === "stop").map((block) => block.id);
  const order = reversePostorder(predecessors, exits);
  const work = worklist(cfg, order, problem.visitsPerBlock ?? DEFAULT_VISITS);
  for (const exit of exits) work.add(exit);

  const budgetHit = work.run((id) => {
    const block = cfg.blocks[id]!;
    const end = stateAtEnd(cfg, problem, block, starts);
    if (end === undefined) return;
    ends[id] = end;
    const states = backThroughBlock(problem, block, end, starts[block.handler]);
    const merged = mergeInto(problem, starts[id], states[0]!);
    if (merged === starts[id]) return;
    starts[id] = merged;
    for (const predecessor of predecessors[id]!) work.add(predecessor);
  });
  const statesOf = (block: Block): readonly State[] => {
    const end = ends[block.id];
    return end === undefined ? [] : backThroughBlock(problem, block, end, starts[block.handler]);
  };
  return { starts, ends, budgetHit, statesOf };
}

/** Backward: what the ways out of a block say together. */
function stateAtEnd<State extends Defined>(
  cfg: Cfg,
  problem: Problem<State>,
  block: Block,
  starts: readonly (State | undefined)[],
): State | undefined {
  if (block.terminator.kind === "stop") return problem.initial;
  let end: State | undefined;
  forEachEdge(cfg, block, (target, kind) => {
    const state = starts[target];
    if (state === undefined) return;
    const refined = problem.refine ? problem.refine(block.terminator, kind, state) : state;
    if (refined !== undefined) end = mergeInto(problem, end, refined);
  });
  const handled = block.mayRaise ? starts[block.handler] : undefined;
  if (handled === undefined) return end;
  const leavesHere = block.terminator.kind === "next" || !block.instructions.some(mayRaise);
  return end === undefined || leavesHere ? mergeInto(problem, end, handled) : end;
}

/** Backward: the states before each instruction and at the end; an exception may come before or after its effect. */
function backThroughBlock<State extends Defined>(
  problem: Problem<State>,
  block: Block,
  end: State,
  handled: State | undefined,
): readonly State[] {
  const states: State[] = new Array(block.instructions.length + 1);
  states[block.instructions.length] = end;
  let state = end;
  for (let index = block.instructions.length - 1; index >= 0; index--) {
    const instruction = block.instructions[index]!;
    const raises = handled !== undefined && mayRaise(instruction);
    if (raises) state = mergeInto(problem, state, handled);
    state = problem.transfer(instruction, state);
    if (raises) state = mergeInto(problem, state, handled);
    states[index] = state;
  }
  return states;
}

/** `old` itself (the same object) when `state` adds nothing to it. */
function mergeInto<State extends Defined>(
  problem: Problem<State>,
  old: State | undefined,
  state: State,
): State {
  if (old === undefined) return state;
  if (old === state) return old;
  const joined = problem.join(old, state);
  return joined === old || problem.equals(joined, old) ? old : joined;
}

/** Sweeps over the blocks in `order`, visiting those that were added, until none is left. */
function worklist(cfg: Cfg, order: readonly number[], visitsPerBlock: number) {
  const waiting = new Uint8Array(cfg.blocks.length);
  let count = 0;
  return {
    add(id: number): void {
      if (waiting[id]) return;
      waiting[id] = 1;
      count++;
    },
    /** @returns whether it had to stop before the work was done */
    run(visit: (id: number) => void): boolean {
      for (let sweep = 0; count > 0; sweep++) {
        if (sweep === visitsPerBlock) return true;
        for (const id of order) {
          if (!waiting[id]) continue;
          waiting[id] = 0;
          count--;
          visit(id);
        }
      }
      return false;
    },
  };
}
