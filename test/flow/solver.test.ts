import { describe, expect, it } from "vitest";
import type { Block, Cfg } from "../../src/flow/cfg.js";
import type { Instruction } from "../../src/flow/instruction.js";
import { type Problem, solve } from "../../src/flow/solver.js";
import { firstCfg } from "./python.js";

/** A set of words as one sorted string, so that states are compared by value. */
type Words = string;

function union(a: Words, b: Words): Words {
  return [...new Set([...a.split(" "), ...b.split(" ")])].filter(Boolean).sort().join(" ");
}

/** Which functions were called on some path. */
const calls: Problem<Words> = {
  direction: "forward",
  initial: "",
  join: union,
  equals: (a, b) => a === b,
  transfer: (instruction, state) => union(state, calledName(instruction)),
};

function calledName(instruction: Instruction): string {
  if (instruction.op !== "call" || instruction.node.kind !== "call") return "";
  return instruction.node.callee.kind === "name" ? instruction.node.callee.id : "";
}

function blockThatCalls(cfg: Cfg, name: string): Block {
  return cfg.blocks.find((block) => block.instructions.some((it) => calledName(it) === name))!;
}

describe("solve, forward", () => {
  it("joins what the branches bring", () => {
    const cfg = firstCfg("def f(x):\n    if x: a()\n    else: b()\n    c()\n");
    const solution = solve(cfg, calls);
    expect(solution.starts[blockThatCalls(cfg, "c").id]).toBe("a b");
    expect(solution.starts[cfg.returned]).toBe("a b c");
    expect(solution.budgetHit).toBe(false);
  });

  it("goes round loops until nothing changes", () => {
    const cfg = firstCfg("def f(x):\n    while x:\n        a()\n        while x: b()\n");
    expect(solve(cfg, calls).starts[blockThatCalls(cfg, "a").id]).toBe("a b");
  });

  it("takes to a handler the states before and after each step that may raise", () => {
    const cfg = firstCfg("def f():\n    try:\n        a()\n        b()\n    except E:\n        c()\n");
    expect(solve(cfg, calls).starts[blockThatCalls(cfg, "c").id]).toBe("a b");
    const definite = solve(cfg, { ...calls, join: (a, b) => (a.length < b.length ? a : b) });
    expect(definite.starts[blockThatCalls(cfg, "c").id]).toBe("");
  });

  it("lets the problem say what an exception takes along, or that there is none", () => {
    const cfg = firstCfg("def f():\n    try:\n        a()\n        b()\n    except E:\n        c()\n");
    const handler = blockThatCalls(cfg, "c").id;
    const onlyA = solve(cfg, {
      ...calls,
      raise: (instruction, before) => (calledName(instruction) === "a" ? before : undefined),
    });
    expect(onlyA.starts[handler]).toBe("");
    const none = solve(cfg, { ...calls, raise: () => undefined });
    expect(none.starts[handler]).toBeUndefined();
  });

  it("refines along the edges of a branch and drops the ways that are never taken", () => {
    const cfg = firstCfg("def f(x):\n    if x: a()\n    else: b()\n");
    const solution = solve(cfg, {
      ...calls,
      refine: (_, edge, state) => (edge === "false" ? undefined : edge === "true" ? `${state}true` : state),
    });
    expect(solution.starts[blockThatCalls(cfg, "a").id]).toBe("true");
    expect(solution.starts[blockThatCalls(cfg, "b").id]).toBeUndefined();
  });

  it("has no state for unreachable blocks", () => {
    const cfg = firstCfg("def f():\n    return\n    a()\n");
    const dead = blockThatCalls(cfg, "a");
    const solution = solve(cfg, calls);
    expect(solution.starts[dead.id]).toBeUndefined();
    expect(solution.statesOf(dead)).toEqual([]);
  });

  it("replays a block instruction by instruction", () => {
    const cfg = firstCfg("def f():\n    a()\n    b()\n");
    expect(solve(cfg, calls).statesOf(cfg.blocks[0]!)).toEqual(["", "", "a", "a", "a b"]);
  });

  it("stops and says so when a lattice has no end", () => {
    const cfg = firstCfg("def f(x):\n    while x: a()\n");
    const count: Problem<number> = {
      direction: "forward",
      initial: 0,
      join: Math.max,
      equals: (a, b) => a === b,
      transfer: (instruction, state) => (instruction.op === "call" ? state + 1 : state),
    };
    expect(solve(cfg, count).budgetHit).toBe(true);
  });
});

/** Which variables are read before they are written again. */
const live: Problem<Words> = {
  direction: "backward",
  initial: "",
  join: union,
  equals: (a, b) => a === b,
  transfer: (instruction, state) => {
    if (instruction.op === "read" && instruction.variable.storage === "local") {
      return union(state, instruction.variable.name);
    }
    if (instruction.op !== "write") return state;
    return state
      .split(" ")
      .filter((name) => name !== instruction.variable.name)
      .join(" ");
  },
};

describe("solve, backward", () => {
  it("carries what is needed later to where it is made", () => {
    const cfg = firstCfg("def f(x, y):\n    while x: x = y\n    return z\n");
    const [start, end] = [solve(cfg, live).starts[0], solve(cfg, live).ends[0]];
    expect(start).toBe("");
    expect(end).toBe("x y");
  });

  it("sees what a handler needs before every step that may raise", () => {
    const cfg = firstCfg("def f(x):\n    try:\n        a()\n    except E:\n        return x\n    b()\n");
    const guarded = blockThatCalls(cfg, "a");
    expect(solve(cfg, live).starts[guarded.id]).toBe("x");
    expect(solve(cfg, live).ends[guarded.id]).toBe("");
    expect(solve(cfg, live).statesOf(guarded)).toEqual(["x", "x", ""]);
  });

  it("has no state where no path gets out, but one where an exception does", () => {
    const silent = firstCfg("def f(x):\n    while True: pass\n");
    expect(solve(silent, live).starts[1]).toBeUndefined();
    const raising = firstCfg("def f(x):\n    while True: g(x)\n");
    expect(solve(raising, live).starts[1]).toBe("x");
  });
});
