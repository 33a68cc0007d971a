// Relative imports: they speak of folders, whatever the package is called.
import type { SourceTree } from "../base/source.js";

/**
 * The file that the module `dotted` of a `from` import means in the file `from`: "." is the package itself, "..a.b"
 * the file a/b one folder up. Undefined when there is no such file (a folder without `__init__.py` is none).
 */
export function relativeModulePath(tree: SourceTree, from: string, dotted: string): string | undefined {
  const stem = relativeFolder(from, dotted);
  if (stem === undefined) return undefined;
  const inFolder = stem === "" ? "__init__.py" : `${stem}/__init__.py`;
  return [inFolder, `${stem}.py`].find((path) => tree.blobOf(path) !== undefined);
}

/** The path without extension that `dotted` means in the file `from`; undefined for what is not relative. */
export function relativeFolder(from: string, dotted: string): string | undefined {
  const dots = /^\.+/.exec(dotted)?.[0].length ?? 0;
  const folders = from.split("/").slice(0, -1);
  if (dots === 0 || dots - 1 > folders.length) return undefined;
  return [...folders.slice(0, folders.length - (dots - 1)), ...dotted.slice(dots).split(".")]
    .filter((part) => part !== "")
    .join("/");
}
