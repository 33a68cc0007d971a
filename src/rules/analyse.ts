// One revision, all rules: what is wrong in the given files, and what could not be looked at.
import type { Body } from "../analysis/body.js";
import { createWorld, type World } from "../analysis/world.js";
import type { SourceTree } from "../base/source.js";
import { pointAt } from "../base/span.js";
import type { Catalogue } from "../models/catalogue.js";
import { catalogue as builtIn } from "../models/index.js";
import { createModuleCache, createProgram, type ModuleCache } from "../python/program.js";
import { arrivalsIn } from "./arrivals.js";
import type { Finding } from "./finding.js";
import type { Rule } from "./rule.js";

export interface Analysis {
  readonly findings: readonly Finding[];
  /** Files that were not looked at, or not wholly, with the reason as a phrase ("is not UTF-8"). */
  readonly omissions: readonly { readonly path: string; readonly reason: string }[];
}

/**
 * @param paths the Python files of `tree` whose bodies are the roots.
 * @param modules what was read already: base and head of a review pass the same, so that unchanged files are read once.
 * @param catalogue what libraries do.
 */
export function analyse(
  tree: SourceTree,
  paths: readonly string[],
  rules: readonly Rule[],
  modules: ModuleCache = createModuleCache(),
  catalogue: Catalogue = builtIn,
): Analysis {
  const { world, roots } = openTree(tree, paths, modules, catalogue);
  const arrivals = arrivalsIn(world, roots);
  const findings = rules.flatMap((rule) => rule.check({ world, roots, arrivals }));
  return { findings, omissions: omissionsIn(world, paths) };
}

/** Files that could not be read as Python, and places inside the others that have no structure. */
function omissionsIn({ program }: World, paths: readonly string[]): Analysis["omissions"] {
  const partly = paths.flatMap((path) => {
    const syntax = program.module(path)?.syntax;
    if (!syntax || syntax.unparsed.length === 0) return [];
    const lines = syntax.unparsed.map(({ start }) => pointAt(syntax.lineStarts, start).line);
    const places = [...new Set(lines)];
    const named = places.slice(0, 5).join(", ") + (places.length > 5 ? ", …" : "");
    return [{ path, reason: `could not be parsed at line${places.length > 1 ? "s" : ""} ${named}` }];
  });
  return [...program.problems().map(({ path, reason }) => ({ path, reason })), ...partly];
}

/** A revision ready to be looked at, and the bodies of `paths` in it, enclosing ones before those they hold. */
export function openTree(
  tree: SourceTree,
  paths: readonly string[],
  modules: ModuleCache = createModuleCache(),
  catalogue: Catalogue = builtIn,
): { readonly world: World; readonly roots: readonly Body[] } {
  const world = createWorld(createProgram(tree, modules), catalogue);
  return { world, roots: paths.flatMap((path) => bodiesOf(world, path)) };
}

/** Every body of a file, enclosing ones first. */
function bodiesOf(world: World, path: string): readonly Body[] {
  const module = world.moduleBody(path);
  if (!module) return [];
  const found: Body[] = [];
  const pending: Body[] = [module];
  for (let body = pending.pop(); body; body = pending.pop()) {
    found.push(body);
    world.interpretation(body);
    for (const block of world.cfg(body).blocks) {
      for (const instruction of block.instructions) {
        if (instruction.op !== "define") continue;
        const { definition } = instruction;
        pending.push(
          definition.kind === "class" ? world.bodyOf(definition, body) : world.bodyOf(definition, body),
        );
      }
    }
  }
  return [...new Set(found)];
}
