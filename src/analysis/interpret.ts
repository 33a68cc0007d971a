// Abstract interpretation of one body: what every value may be, what untrusted data it may carry, where that arrives.
//
// Variables are flow-sensitive (the state of the solver); temporaries are assigned once and keep their join.
import type { EdgeKind } from "../flow/edges.js";
import type { Terminator, Value } from "../flow/instruction.js";
import { solve } from "../flow/solver.js";
import type { SyntaxNode } from "../python/ast.js";
import { type Body, depthGiven } from "./body.js";
import { callModel, callRef } from "./calls/call.js";
import { impliedCall } from "./calls/implied-call.js";
import type { Frame } from "./frame.js";
import { refine } from "./guards/guards.js";
import { proofsOf } from "./guards/proofs.js";
import { type Interpretation, NOT_YET } from "./interpretation.js";
import { recordAnswers } from "./taint/answer.js";
import { assign, transfer } from "./transfer.js";
import { type Environment, joinEnvironments, type Path, UNREACHABLE } from "./values/environment.js";
import { elementsOf } from "./values/read.js";
import { type Abstract, join, NOTHING, throughReturn, withField } from "./values/value.js";
import type { World } from "./world.js";

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
      environment === UNREACHABLE ? UNREACHABLE : transfer(frame, instruction, environment),
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
