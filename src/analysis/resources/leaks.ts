// Resources that a body still holds where it ends.
import type { Cfg } from "../../flow/cfg.js";
import type { SyntaxNode } from "../../python/ast.js";
import type { Holdings, Resource } from "./held.js";

export interface Leak {
  readonly resource: Resource;
  /** The call whose exception leaves the body with the resource held; undefined when a normal end does too. */
  readonly raisedBy: SyntaxNode | undefined;
}

/**
 * What is held at a normal end; and what the body releases elsewhere, but not where an exception leaves it. A lock that
 * the body never releases is a lock that it takes for its caller.
 */
export function leaksOf(cfg: Cfg, { solution, resources, released }: Holdings): readonly Leak[] {
  const atEnd = solution.starts[cfg.returned]?.held;
  const atRaise = solution.starts[cfg.raised]?.held;
  return resources.flatMap((resource): readonly Leak[] => {
    if (resource.lock !== undefined && !released.has(resource)) return [];
    if (atEnd?.has(resource)) return [{ resource, raisedBy: undefined }];
    if (!atRaise?.has(resource) || !released.has(resource)) return [];
    const raisedBy = raising(cfg, { solution, resources, released }, resource);
    return raisedBy ? [{ resource, raisedBy }] : [];
  });
}

/** The first call that may raise while the resource is held, to where it is held still. */
function raising(cfg: Cfg, { solution }: Holdings, resource: Resource): SyntaxNode | undefined {
  for (const block of cfg.blocks) {
    if (!block.mayRaise || !solution.starts[block.handler]?.held.has(resource)) continue;
    const states = solution.statesOf(block);
    for (const [index, instruction] of block.instructions.entries()) {
      if (instruction.op !== "call" && instruction.op !== "suspend") continue;
      if (states[index]?.held.has(resource) && states[index + 1]?.held.has(resource)) return instruction.node;
    }
  }
  return undefined;
}
