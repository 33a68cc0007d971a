// Which files of a revision define, import, call or mention a name: asked before anything is parsed.
import type { Cache, SourceTree } from "../base/source.js";
import { isModulePath } from "./layout.js";
import { nameUse, scanNames } from "./scan-names.js";

/** Names the layout of an entry and what the scanner counts. What changes either changes this. */
const format = "names-2";

export type NameUse = keyof typeof nameUse;

export interface NameIndex {
  /** The files that use `name` in one of these ways (in any way if none is given), in the order of the tree. */
  filesWith(name: string, ...uses: readonly NameUse[]): readonly string[];
  /**
   * Files that may call `name`, in the order of the tree: they call it, mention it where it may be passed on or looked
   * up (a decorator, a callback, an attribute, the string of a `getattr`), or do so by a name that an import gave it
   * anywhere. Not found: what was assigned to a variable in one file and is called by that name in another.
   */
  mayCall(name: string): readonly string[];
}

/**
 * The index of all Python files of `tree`. Each file is read once in its life: `cache` keeps its names by content.
 * @param paths the files to index; all Python files if not given
 */
export function createNameIndex(tree: SourceTree, cache: Cache, paths?: readonly string[]): NameIndex {
  const files = paths ?? tree.paths.filter(isModulePath);
  /** By name: the number of each file that uses it, times sixteen, plus the uses. */
  const postings = new Map<string, number[]>();
  /** By name: the names that imports give it. */
  const others = new Map<string, Set<string>>();
  for (const [number, path] of files.entries()) {
    for (const [name, uses] of namesOf(tree, cache, path)) {
      const rename = name.indexOf(">");
      if (rename >= 0) {
        const original = name.slice(0, rename);
        others.set(original, (others.get(original) ?? new Set()).add(name.slice(rename + 1)));
        continue;
      }
      const list = postings.get(name);
      if (list === undefined) postings.set(name, [number * 16 + uses]);
      else list.push(number * 16 + uses);
    }
  }
  function filesWith(name: string, ...uses: readonly NameUse[]): readonly string[] {
    const mask = uses.length === 0 ? 15 : uses.reduce((sum, use) => sum | nameUse[use], 0);
    return (postings.get(name) ?? [])
      .filter((entry) => (entry & mask) !== 0)
      .map((entry) => files[entry >> 4]!);
  }
  function mayCall(name: string): readonly string[] {
    const names = new Set([name]);
    for (const known of names) for (const other of others.get(known) ?? []) names.add(other);
    const callers = new Set([...names].flatMap((each) => filesWith(each, "called", "mentioned", "imported")));
    return names.size === 1 ? [...callers] : files.filter((path) => callers.has(path));
  }
  return { filesWith, mayCall };
}

/** The names of one file, from the cache or by reading it; none for a file that cannot be read. */
function namesOf(tree: SourceTree, cache: Cache, path: string): Iterable<readonly [string, number]> {
  const blob = tree.blobOf(path);
  if (blob === undefined) return [];
  const key = `${format}:${blob}`;
  const stored = cache.get(key);
  const known = stored === undefined ? undefined : decodeNames(stored);
  if (known !== undefined) return known;
  const file = tree.read(path);
  if (file?.kind !== "text") return [];
  const names = scanNames(file.text);
  cache.put(key, encodeNames(names));
  return names;
}

/** One line for each combination of uses: its number, then the names, separated by spaces; the last line says "end". */
export function encodeNames(names: ReadonlyMap<string, number>): string {
  const byUses = new Map<number, string[]>();
  for (const [name, uses] of names) {
    const list = byUses.get(uses);
    if (list === undefined) byUses.set(uses, [name]);
    else list.push(name);
  }
  const lines = [...byUses].map(([uses, list]) => `${uses} ${list.join(" ")}\n`);
  return `${lines.join("")}end`;
}

/** Undefined for what `encodeNames` cannot have made. */
export function decodeNames(stored: string): readonly (readonly [string, number])[] | undefined {
  const lines = stored.split("\n");
  if (lines.pop() !== "end") return undefined;
  const names: (readonly [string, number])[] = [];
  for (const line of lines) {
    const [first, ...rest] = line.split(" ");
    const uses = Number(first);
    if (!(uses >= 1 && uses <= 15) || rest.length === 0) return undefined;
    for (const name of rest) names.push([name, uses]);
  }
  return names;
}
