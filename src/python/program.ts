// One revision of a repository as modules, each read when first asked for and shared between revisions.
import { type Cache, noCache, type SourceTree } from "../base/source.js";
import type { Expression } from "./ast.js";
import { createLayout, type Layout } from "./layout.js";
import { lower } from "./lower.js";
import { type Module, readModule, type UnreadableModule } from "./module.js";
import { createParser, type PythonParser } from "./parse.js";

/** Modules by path and content: base and head of a review use one, so that an unchanged file is read once. */
export interface ModuleCache {
  readonly modules: Map<string, Module | UnreadableModule>;
  readonly parser: PythonParser;
  /** What outlives the review. */
  readonly stored: Cache;
}

/** @param stored where syntax is kept from review to review */
export function createModuleCache(stored: Cache = noCache): ModuleCache {
  return { modules: new Map(), parser: createParser(), stored };
}

export interface Program {
  readonly tree: SourceTree;
  readonly layout: Layout;
  /** The module at `path`; undefined when there is no such file or it cannot be analysed (then `problems` says why). */
  module(path: string): Module | undefined;
  /** The modules that `import dotted` means in the file `from`, best first. */
  modulesNamed(dotted: string, from?: string): readonly Module[];
  /** The expression that `text` is, as in an annotation in quotes; its offsets mean nothing. */
  expression(text: string): Expression | undefined;
  /** Files that were asked for and could not be analysed, in the order of asking; with `path`, that file if it is one. */
  problems(path?: string): readonly UnreadableModule[];
}

/** A program over `tree`. Nothing is read until it is asked for. */
export function createProgram(tree: SourceTree, cache: ModuleCache = createModuleCache()): Program {
  const layout = createLayout(tree.paths);
  const known = new Map<string, Module | undefined>();
  const expressions = new Map<string, Expression | undefined>();
  const problems: UnreadableModule[] = [];

  function module(path: string): Module | undefined {
    if (known.has(path)) return known.get(path);
    const result = read(path);
    if (result?.kind === "unreadable") problems.push(result);
    const found = result?.kind === "module" ? result : undefined;
    known.set(path, found);
    return found;
  }

  function read(path: string): Module | UnreadableModule | undefined {
    const blob = tree.blobOf(path);
    if (blob === undefined) return undefined;
    const name = layout.nameOf(path);
    const key = `${blob} ${name} ${path}`;
    const cached = cache.modules.get(key);
    if (cached !== undefined) return cached;
    const file = tree.read(path);
    if (file === undefined) return { kind: "unreadable", path, reason: "could not be read" };
    const result = file.kind === "text" ? readModule(file, name, cache.parser, cache.stored) : file;
    cache.modules.set(key, result);
    return result;
  }

  function expression(text: string): Expression | undefined {
    const parsed = expressions.has(text) ? undefined : cache.parser.parse(`(${text})`);
    if (parsed?.kind === "parsed") {
      const [statement] = lower("", `(${text})`, parsed).body;
      expressions.set(text, statement?.kind === "expression" ? statement.value : undefined);
    }
    return expressions.get(text);
  }

  return {
    tree,
    layout,
    module,
    expression,
    modulesNamed: (dotted, from) => layout.filesNamed(dotted, from).flatMap((path) => module(path) ?? []),
    problems: (path) => problems.filter((problem) => path === undefined || problem.path === path),
  };
}
