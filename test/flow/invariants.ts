// What is true of every CFG, whatever it was built from.

import type { Block, Cfg } from "../../src/flow/cfg.js";
import { dominanceOf } from "../../src/flow/dominators.js";
import { successorGraph } from "../../src/flow/edges.js";
import type { Instruction, Terminator, Value } from "../../src/flow/instruction.js";

/** Everything that is wrong with `cfg`, one sentence each. */
export function violations(cfg: Cfg): readonly string[] {
  return [...shape(cfg), ...assignments(cfg), ...uses(cfg)];
}

function shape(cfg: Cfg): readonly string[] {
  const found: string[] = [];
  const graph = successorGraph(cfg);
  const reached = new Set([cfg.entry]);
  for (const node of reached) for (const target of graph[node]!) reached.add(target);
  if (cfg.entry !== 0) found.push("the entry is not block 0");
  cfg.blocks.forEach((block, index) => {
    if (block.id !== index) found.push(`block ${index} is called ${block.id}`);
    if (block.reachable !== reached.has(index)) found.push(`block ${index} is marked wrong`);
    for (const target of [...graph[index]!, block.handler]) {
      if (cfg.blocks[target] === undefined) found.push(`block ${index} leads to ${target}`);
      if (target === cfg.entry) found.push(`block ${index} leads to the entry`);
    }
    if (
      !block.reachable &&
      block.instructions.length === 0 &&
      !isEnd(cfg, index) &&
      !isTarget(graph, index)
    ) {
      found.push(`block ${index} is empty and unreachable`);
    }
  });
  for (const end of [cfg.returned, cfg.raised]) {
    const block = cfg.blocks[end]!;
    if (block.instructions.length > 0 || block.terminator.kind !== "stop")
      found.push(`end ${end} does something`);
  }
  return found;
}

function isEnd(cfg: Cfg, block: number): boolean {
  return block === cfg.returned || block === cfg.raised;
}

function isTarget(graph: readonly (readonly number[])[], block: number): boolean {
  return graph.some((targets) => targets.includes(block));
}

function assignments(cfg: Cfg): readonly string[] {
  const found: string[] = [];
  const assigned = new Set<Value>();
  const assign = (value: Value, instruction: Instruction | undefined) => {
    if (assigned.has(value)) found.push(`v${value} is assigned twice`);
    if (cfg.definitions[value] !== instruction) found.push(`v${value} has another definition`);
    assigned.add(value);
  };
  for (const block of cfg.blocks) {
    for (const instruction of block.instructions) {
      if ("result" in instruction) assign(instruction.result, instruction);
    }
    if (block.terminator.kind === "next") assign(block.terminator.item, undefined);
  }
  if (cfg.definitions.length !== cfg.valueCount) found.push("the number of values is wrong");
  return found;
}

function uses(cfg: Cfg): readonly string[] {
  const found: string[] = [];
  const dominance = dominanceOf(cfg);
  const places = definitionPlaces(cfg);
  const check = (block: Block, index: number, value: Value) => {
    const place = places.get(value);
    if (place === undefined) found.push(`v${value} is used and never assigned`);
    else if (!dominance.dominates(place, { block: block.id, index })) {
      found.push(`v${value} is used in block ${block.id} where it may be unassigned`);
    }
  };
  for (const block of cfg.blocks) {
    if (!block.reachable) continue;
    block.instructions.forEach((instruction, index) => {
      if (instruction.op === "choose") return;
      for (const value of operandsOf(instruction)) check(block, index, value);
    });
    for (const value of operandsOfTerminator(block.terminator))
      check(block, block.instructions.length, value);
  }
  return found;
}

function definitionPlaces(cfg: Cfg) {
  const places = new Map<Value, { readonly block: number; readonly index: number }>();
  for (const block of cfg.blocks) {
    block.instructions.forEach((instruction, index) => {
      if ("result" in instruction) places.set(instruction.result, { block: block.id, index });
    });
    const index = block.instructions.length;
    if (block.terminator.kind === "next") places.set(block.terminator.item, { block: block.id, index });
  }
  return places;
}

/** Every value that an instruction reads, by looking at all its fields: so that none is forgotten. */
function operandsOf(instruction: Instruction): readonly Value[] {
  const found: (Value | undefined)[] = [];
  for (const field of ["object", "index", "callee", "left", "right", "iterable", "source"] as const) {
    const isPosition = field === "index" && instruction.op !== "element" && instruction.op !== "setElement";
    if (!isPosition) found.push((instruction as Partial<Record<typeof field, Value>>)[field]);
  }
  if ("manager" in instruction) found.push(instruction.manager);
  if ("collection" in instruction) found.push(instruction.collection, instruction.key);
  if ("value" in instruction && instruction.op !== "constant") found.push(instruction.value);
  if ("operands" in instruction) found.push(...instruction.operands);
  if ("arguments" in instruction) found.push(...instruction.arguments.map((argument) => argument.value));
  if (instruction.op === "define") {
    found.push(...instruction.decorators, ...instruction.defaults.map((it) => it.value));
    found.push(...instruction.bases.map((base) => base.value));
  }
  return found.filter((value) => value !== undefined && value !== -1) as Value[];
}

function operandsOfTerminator(terminator: Terminator): readonly Value[] {
  switch (terminator.kind) {
    case "branch":
      return [terminator.condition];
    case "next":
      return [terminator.iterator];
    case "catch":
      return terminator.types;
    case "match":
      return [terminator.subject];
    case "return":
      return terminator.value === undefined ? [] : [terminator.value];
    case "raise":
      return [terminator.exception, terminator.cause].filter((value) => value !== undefined);
    default:
      return [];
  }
}
