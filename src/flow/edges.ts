// The edges of a CFG: where control goes at the end of a block, and where exceptions go from inside it.
import { assertNever } from "../base/assert.js";
import type { Graph } from "../base/graph.js";
import type { Block, Cfg } from "./cfg.js";
import type { Terminator } from "./instruction.js";

/** Which way out of its terminator an edge is. `raise` is a `raise` statement's own edge. */
export type EdgeKind =
  | "jump"
  | "true"
  | "false"
  | "body"
  | "exhausted"
  | "matched"
  | "unmatched"
  | "return"
  | "raise";

/** Calls `visit` for each way on from the end of `block`, in a fixed order. Exception edges of instructions are not among them. */
export function forEachEdge(cfg: Cfg, block: Block, visit: (target: number, kind: EdgeKind) => void): void {
  const terminator = block.terminator;
  switch (terminator.kind) {
    case "jump":
      visit(terminator.target, "jump");
      return;
    case "branch":
      visit(terminator.whenTrue, "true");
      visit(terminator.whenFalse, "false");
      return;
    case "next":
      visit(terminator.body, "body");
      visit(terminator.exhausted, "exhausted");
      return;
    case "catch":
    case "match":
      visit(terminator.matched, "matched");
      visit(terminator.unmatched, "unmatched");
      return;
    case "return":
      visit(cfg.returned, "return");
      return;
    case "raise":
      visit(block.handler, "raise");
      return;
    case "stop":
      return;
    default:
      assertNever(terminator);
  }
}

/** The blocks named in a terminator: all its ways on but those to the ends of the body and to handlers. */
export function forEachTarget(terminator: Terminator, visit: (target: number) => void): void {
  switch (terminator.kind) {
    case "jump":
      visit(terminator.target);
      return;
    case "branch":
      visit(terminator.whenTrue);
      visit(terminator.whenFalse);
      return;
    case "next":
      visit(terminator.body);
      visit(terminator.exhausted);
      return;
    case "catch":
    case "match":
      visit(terminator.matched);
      visit(terminator.unmatched);
      return;
    case "return":
    case "raise":
    case "stop":
      return;
    default:
      assertNever(terminator);
  }
}

/** The successors of every block by number, exception edges last. */
export function successorGraph(cfg: Cfg): Graph {
  return cfg.blocks.map((block) => {
    const targets: number[] = [];
    forEachEdge(cfg, block, (target) => targets.push(target));
    if (block.mayRaise && !targets.includes(block.handler)) targets.push(block.handler);
    return targets;
  });
}
