// Source trees in memory.
import type { SourceTree } from "../../src/base/source.js";
import { createProgram, type ModuleCache, type Program } from "../../src/python/program.js";

/** A tree of these files; a blob id is the text itself. */
export function treeOf(files: Readonly<Record<string, string>>): SourceTree {
  return {
    paths: Object.keys(files).sort(),
    blobOf: (path) => files[path],
    read: (path) => {
      const text = files[path];
      return text === undefined ? undefined : { kind: "text", path, blob: text, text };
    },
  };
}

export function programOf(files: Readonly<Record<string, string>>, cache?: ModuleCache): Program {
  return createProgram(treeOf(files), cache);
}
