// The ignoring comments of a revision, read when a file is first asked for.
import type { SourceTree } from "../../base/source.js";
import { createProgram, type ModuleCache } from "../../python/program.js";
import { type Ignore, ignoresIn } from "./ignore.js";

/** What every such comment has in it: of most files nothing need be parsed. */
const SIGN = /hognose:|nosec|noqa|nosem|lgtm|codeql\s*\[/i;

/** @param modules what was read already */
export function ignoresOf(tree: SourceTree, modules: ModuleCache): (path: string) => readonly Ignore[] {
  const program = createProgram(tree, modules);
  const known = new Map<string, readonly Ignore[]>();
  const read = (path: string): readonly Ignore[] => {
    const file = tree.read(path);
    if (file?.kind !== "text" || !SIGN.test(file.text)) return [];
    const module = program.module(path);
    return module === undefined ? [] : ignoresIn(path, module.syntax);
  };
  return (path) => {
    const ignores = known.get(path) ?? read(path);
    known.set(path, ignores);
    return ignores;
  };
}
