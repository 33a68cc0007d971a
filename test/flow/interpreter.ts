// Runs a CFG step by step, so that a test can compare what it does with what CPython did. Knows the functions of
// random-programs.ts and no more of Python than they need.

import type { Cfg } from "../../src/flow/cfg.js";
import { dominanceOf } from "../../src/flow/dominators.js";
import type { Instruction, Terminator, Value } from "../../src/flow/instruction.js";

/** What happened, one word an event ("e1", "enter2"), and at the end "return 5" or "raise A". */
export type Trace = readonly string[];

class PythonError extends Error {
  constructor(readonly type: string) {
    super(type);
  }
}

/** What a step gives: numbers, lists, tuples, and the things below. */
type Thing = unknown;
interface Callable {
  readonly call: (list: readonly Thing[]) => Thing;
  readonly className?: string;
}
interface Manager {
  readonly enter: () => Thing;
  readonly exit: () => void;
}

/** @param oracle decides every `t`, `s` and `r`, one number each; 0 when it is used up */
export function run(cfg: Cfg, oracle: readonly number[]): Trace {
  const trace: string[] = [];
  const frame = startFrame(cfg, builtins(trace, oracle));
  let at = cfg.entry;
  for (let steps = 0; steps < 10_000; steps++) {
    const block = cfg.blocks[at]!;
    try {
      for (const instruction of block.instructions) frame.step(instruction);
      const next = frame.follow(block.terminator, at);
      if (typeof next === "number") at = next;
      else return [...trace, next.end];
    } catch (error) {
      if (!(error instanceof PythonError)) throw error;
      if (!block.mayRaise) throw new Error(`block ${at} raised ${error.type}`);
      at = block.handler;
      if (at === cfg.raised) return [...trace, `raise ${error.type}`];
      frame.arrive(at, error);
    }
  }
  throw new Error("endless");
}

function builtins(trace: string[], oracle: readonly number[]): ReadonlyMap<string, Thing> {
  let used = 0;
  const ask = () => oracle[used++] ?? 0;
  const log = (name: string) => (list: readonly Thing[]) => trace.push(`${name}${show(list[0])}`);
  const traced = (name: string, result: (list: readonly Thing[]) => Thing): Callable => ({
    call: (list) => {
      log(name)(list);
      return result(list);
    },
  });
  const raised = ["", "A", "", "B"];
  const exception = (className: string): Callable => ({ className, call: () => new PythonError(className) });
  return new Map<string, Thing>([
    ["e", traced("e", ([number]) => number)],
    ["t", traced("t", () => ask() % 2 === 1)],
    ["s", traced("s", () => [7, 8].slice(0, ask() % 3))],
    [
      "r",
      traced("r", () => {
        const type = raised[ask() % 4]!;
        if (type !== "") throw new PythonError(type);
      }),
    ],
    [
      "m",
      traced(
        "m",
        ([number]): Manager => ({
          enter: () => trace.push(`enter${show(number)}`) && number,
          exit: () => trace.push(`exit${show(number)}`),
        }),
      ),
    ],
    ["suppress", { call: (): Manager => ({ enter: () => null, exit: () => {} }) }],
    ["d", new Map()],
    ...["A", "B", "Exception", "AssertionError"].map((name) => [name, exception(name)] as const),
  ]);
}

function show(thing: Thing): string {
  if (thing === null) return "None";
  if (typeof thing === "boolean") return thing ? "True" : "False";
  if (Array.isArray(thing)) return `[${thing.map(show).join(", ")}]`;
  return thing instanceof PythonError ? thing.type : String(thing);
}

function isTrue(thing: Thing): boolean {
  return Array.isArray(thing) ? thing.length > 0 : Boolean(thing);
}

interface Frame {
  step(instruction: Instruction): void;
  follow(terminator: Terminator, at: number): number | { readonly end: string };
  arrive(block: number, error: PythonError): void;
}

function startFrame(cfg: Cfg, globals: ReadonlyMap<string, Thing>): Frame {
  const values: Thing[] = [];
  const assignedAt: number[] = [];
  const locals = new Map<string, Thing>();
  const errors = new Map<number, PythonError>();
  const dominance = dominanceOf(cfg);
  let clock = 0;
  let current = cfg.entry;

  const set = (value: Value, thing: Thing) => {
    values[value] = thing;
    assignedAt[value] = clock++;
  };
  const get = (value: Value): Thing => {
    if (assignedAt[value] === undefined) throw new Error(`v${value} is used before it is assigned`);
    return values[value];
  };
  /** The exception under way in `at`: the one that came to the nearest handler that every path to `at` passes. */
  const underWay = (at: number): PythonError => {
    let nearest = -1;
    for (const head of errors.keys()) {
      const isNearer = nearest === -1 || dominance.blockDominates(nearest, head);
      if (dominance.blockDominates(head, at) && isNearer) nearest = head;
    }
    return errors.get(nearest)!;
  };
  const compute = (instruction: Instruction): Thing => {
    switch (instruction.op) {
      case "constant":
        return instruction.type === "number" ? Number(instruction.value) : instruction.value;
      case "read":
        return locals.has(instruction.variable.name)
          ? locals.get(instruction.variable.name)
          : globals.get(instruction.variable.name);
      case "call": {
        const callee = get(instruction.callee) as Callable;
        return callee.call(instruction.arguments.map((argument) => get(argument.value)));
      }
      case "compose":
        return composed(instruction, instruction.operands.map(get));
      case "compare":
        return compared(instruction.operator, get(instruction.left), get(instruction.right));
      case "iterate":
        return (get(instruction.iterable) as Thing[]).values();
      case "unpack": {
        const list = get(instruction.source) as Thing[];
        if (!instruction.rest) return list.at(instruction.index);
        return list.slice(instruction.index);
      }
      case "enter":
        return (get(instruction.manager) as Manager).enter();
      case "choose":
        return get(
          instruction.operands.reduce((a, b) => ((assignedAt[b] ?? -1) > (assignedAt[a] ?? -1) ? b : a)),
        );
      case "caught":
        return underWay(current);
      default:
        throw new Error(`no meaning for ${instruction.op}`);
    }
  };
  return {
    step(instruction) {
      switch (instruction.op) {
        case "write":
          locals.set(instruction.variable.name, get(instruction.value));
          return;
        case "unbind":
          locals.delete(instruction.variable.name);
          return;
        case "setElement":
          (get(instruction.object) as Map<Thing, Thing>).set(get(instruction.index), get(instruction.value));
          return;
        case "collect":
          (get(instruction.collection) as Thing[]).push(get(instruction.value));
          return;
        case "exit":
          (get(instruction.manager) as Manager).exit();
          return;
      }
      if ("result" in instruction) set(instruction.result, compute(instruction));
      else throw new Error(`no meaning for ${instruction.op}`);
    },
    follow(terminator, at) {
      current = at;
      switch (terminator.kind) {
        case "jump":
          return terminator.target;
        case "branch":
          return isTrue(get(terminator.condition)) ? terminator.whenTrue : terminator.whenFalse;
        case "next": {
          const next = (get(terminator.iterator) as Iterator<Thing>).next();
          if (next.done) return terminator.exhausted;
          set(terminator.item, next.value);
          return terminator.body;
        }
        case "catch": {
          const { type } = underWay(at);
          const names = terminator.types.map((value) => (get(value) as Callable).className);
          return names.includes(type) || names.includes("Exception")
            ? terminator.matched
            : terminator.unmatched;
        }
        case "match": {
          const length = (get(terminator.subject) as Thing[]).length;
          return matches(terminator, length) ? terminator.matched : terminator.unmatched;
        }
        case "return":
          return { end: `return ${terminator.value === undefined ? "None" : show(get(terminator.value))}` };
        case "raise": {
          if (terminator.exception === undefined) throw underWay(at);
          const exception = get(terminator.exception);
          throw exception instanceof PythonError
            ? exception
            : new PythonError((exception as Callable).className!);
        }
        case "stop":
          throw new Error("stopped");
      }
    },
    arrive(block, error) {
      current = block;
      errors.set(block, error);
    },
  };
}

function composed(instruction: Instruction & { readonly op: "compose" }, operands: readonly Thing[]): Thing {
  switch (instruction.form) {
    case "unary":
      return !isTrue(operands[0]);
    case "binary":
      return [...(operands[0] as Thing[]), ...(operands[1] as Thing[])];
    default:
      return [...operands];
  }
}

function compared(operator: string, left: Thing, right: Thing): boolean {
  const [a, b] = [Number(left), Number(right)];
  return operator === "<" ? a < b : a <= b;
}

function matches(terminator: Terminator & { readonly kind: "match" }, length: number): boolean {
  if (terminator.node.kind !== "case" || terminator.node.pattern.kind !== "matchSequence")
    throw new Error("case");
  const patterns = terminator.node.pattern.patterns;
  const hasStar = patterns.some((pattern) => pattern.kind === "matchStar");
  return hasStar ? length >= patterns.length - 1 : length === patterns.length;
}
