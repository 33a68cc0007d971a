// All rules on one revision, or on both of a change: what is wrong in the given files, and what could not be looked at.
import { bodiesIn, type Wanted } from "../analysis/bodies.js";
import type { Body } from "../analysis/body.js";
import { touchedBetween } from "../analysis/protection/touched.js";
import { spanOf } from "../analysis/values/place.js";
import { createWorld, type World } from "../analysis/world.js";
import { code } from "../base/markdown.js";
import type { Omission } from "../base/omission.js";
import type { SourceTree } from "../base/source.js";
import { pointAt, type Span } from "../base/span.js";
import type { Catalogue } from "../models/catalogue.js";
import { catalogue as builtIn } from "../models/index.js";
import { createNameIndex } from "../python/name-index.js";
import { createModuleCache, createProgram, type ModuleCache } from "../python/program.js";
import { arrivalsIn } from "./arrivals.js";
import { type Caller, callersOfChanged, type Side } from "./callers.js";
import type { Finding } from "./finding.js";
import type { Rule } from "./rule.js";

export interface Analysis {
  readonly findings: readonly Finding[];
  /** Files that were not looked at, or not wholly, with the reason as a phrase ("is not UTF-8"). */
  readonly omissions: readonly Omission[];
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
  return judged(openTree(tree, paths, modules, catalogue), [], paths, rules);
}

/** The two revisions of a change. */
export interface Change {
  readonly base: SourceTree;
  readonly head: SourceTree;
  /** The changed Python files that can be read, by their path in each revision. */
  readonly paths: readonly { readonly base?: string; readonly head?: string }[];
}

/**
 * Like `analyse`, for the trees of `change`: its findings are those of the definitions that the change touches, and those
 * that it brings about in unchanged files by what they call. Both revisions are opened when the first is asked for.
 */
export function analyserOf(
  change: Change,
  rules: readonly Rule[],
  modules: ModuleCache = createModuleCache(),
  catalogue: Catalogue = builtIn,
): (tree: SourceTree, paths: readonly string[]) => Analysis {
  let both: ReturnType<typeof openBoth> | undefined;
  return (tree, paths) => {
    both ??= openBoth(change, modules, catalogue);
    const side = tree === change.head ? both.head : both.base;
    const roots = side.roots.filter((body) => paths.includes(body.module.path));
    const before = side === both.head ? both.base : undefined;
    const { findings, omissions } = judged({ ...side, roots }, side.callers, paths, rules, before);
    return { findings, omissions: [...omissions, ...both.omissions] };
  };
}

function openBoth(change: Change, modules: ModuleCache, catalogue: Catalogue) {
  const { paths } = change;
  const [before, after] = [change.base, change.head].map((tree) =>
    createWorld(createProgram(tree, modules), catalogue),
  ) as [World, World];
  const [old, now] = [pathsOn("base", change.base, paths), pathsOn("head", change.head, paths)];
  const touched = touchedBetween(before.program, after.program, paths);
  const base = { world: before, roots: rootsIn(before, old, touched) };
  const head = { world: after, roots: rootsIn(after, now, touched) };
  const callers = callersOfChanged(base, head, paths, () => createNameIndex(change.head, modules.stored));
  const [first] = callers.skipped;
  const reason = `calls what this change alters and was not followed (${callers.skipped.length} such files)`;
  return {
    base: { ...base, callers: callers.base },
    head: { ...head, callers: callers.head },
    omissions: first === undefined ? [] : [{ path: first, reason }],
  };
}

function pathsOn(side: "base" | "head", tree: SourceTree, paths: Change["paths"]): readonly string[] {
  const own = paths.flatMap((path) => path[side] ?? []).sort();
  tree.prefetch?.(own);
  return own;
}

/** @param callers outside `paths`; only what arrives in them counts */
function judged(
  { world, roots }: Side,
  callers: readonly Caller[],
  paths: readonly string[],
  rules: readonly Rule[],
  before?: Side,
): Analysis {
  const arrivals = arrivalsIn(world, [...roots, ...callers.map(({ body }) => body)]);
  const findings = rules.flatMap((rule) =>
    rule.check({ world, roots, arrivals, ...(before ? { before } : {}) }),
  );
  const explained = findings.map((finding) => withCause(finding, callers, paths));
  return { findings: explained, omissions: [...omissionsIn(world, paths), ...limitsIn(world, roots)] };
}

/** A finding whose proof lies in unchanged files begins with what the change has to do with it. */
function withCause(finding: Finding, callers: readonly Caller[], paths: readonly string[]): Finding {
  const { evidence } = finding;
  if (evidence.some(({ span }) => paths.includes(span.path))) return finding;
  const caller = callers.find(({ body }) => evidence.some(({ span }) => isInside(span, body)));
  if (!caller) return finding;
  const { module, definition, name } = caller.cause;
  const step = {
    role: "call",
    side: "head",
    span: spanOf({ syntax: module.syntax, node: definition }),
    note: `${code(name)}, which ${code(caller.body.name)} relies on, does something else now`,
  } as const;
  return { ...finding, evidence: [step, ...evidence] };
}

function isInside(span: Span, { module, definition }: Caller["body"]): boolean {
  const around = spanOf({ syntax: module.syntax, node: definition });
  return (
    span.path === around.path && span.start.line >= around.start.line && span.end.line <= around.end.line
  );
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

/** The files in which a body was not followed to its end: too many calls, too deeply nested, or too long a way round. */
function limitsIn(world: World, roots: readonly Body[]): readonly Omission[] {
  const cut = new Map<string, string[]>();
  for (const body of roots) {
    if (!world.interpretation(body).budgetHit) continue;
    const { path } = body.module;
    cut.set(path, [...(cut.get(path) ?? []), body.name === "" ? "its own code" : body.name]);
  }
  return [...cut].map(([path, names]) => {
    const named = names.slice(0, 3).map(code).join(", ") + (names.length > 3 ? ", …" : "");
    return { path, reason: `was followed only up to a limit of the analysis in ${named}`, isLimit: true };
  });
}

/** A revision ready to be looked at, and the bodies of `paths` in it, enclosing ones before those they hold. */
export function openTree(
  tree: SourceTree,
  paths: readonly string[],
  modules: ModuleCache = createModuleCache(),
  catalogue: Catalogue = builtIn,
): Side {
  const world = createWorld(createProgram(tree, modules), catalogue);
  return { world, roots: rootsIn(world, paths) };
}

function rootsIn(world: World, paths: readonly string[], wanted?: Wanted): readonly Body[] {
  return paths.flatMap((path) => {
    const file = world.moduleBody(path);
    return file ? bodiesIn(world, file, wanted) : [];
  });
}
