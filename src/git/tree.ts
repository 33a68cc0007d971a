// One commit of a local repository as a source tree.
import { isPythonCode } from "../base/python-file.js";
import type { SourceTree } from "../base/source.js";
import type { Blobs } from "./blobs.js";
import { git } from "./git.js";

/** The regular files of `commit` (a full id): no symbolic links, no submodules. Contents are read when asked for. */
export function commitTree(repo: string, commit: string, blobs: Blobs): SourceTree {
  const ids = listFiles(repo, commit);
  const paths = [...ids.keys()].sort();
  return {
    paths,
    blobOf: (path) => ids.get(path),
    read(path) {
      const id = ids.get(path);
      if (id === undefined) return undefined;
      // Calling git costs more than reading: who asks for one module of a package soon asks for others.
      if (!blobs.isKnown(id)) blobs.prefetch(neighbours(paths, path).flatMap((each) => ids.get(each) ?? []));
      return blobs.read(id, path);
    },
    prefetch: (paths) => blobs.prefetch(paths.flatMap((path) => ids.get(path) ?? [])),
  };
}

/** How many files before and after one are read along with it, at most. */
const NEIGHBOURS = 20;

/** `path` and the Python files next to it in its folder. */
function neighbours(paths: readonly string[], path: string): readonly string[] {
  const at = paths.indexOf(path);
  const folder = path.slice(0, path.lastIndexOf("/") + 1);
  const near = paths.slice(Math.max(0, at - NEIGHBOURS), at + NEIGHBOURS + 1);
  return near.filter(
    (each) => isPythonCode(each) && each.lastIndexOf("/") + 1 === folder.length && each.startsWith(folder),
  );
}

/** `ls-tree -z` prints "<mode> blob <id>\t<path>\0" for each file. */
function listFiles(repo: string, commit: string): ReadonlyMap<string, string> {
  const answer = git(repo, ["ls-tree", "-r", "-z", "--full-tree", commit]).toString("utf8");
  const ids = new Map<string, string>();
  for (const entry of answer.split("\0")) {
    const tab = entry.indexOf("\t");
    const [mode, , id] = entry.slice(0, tab).split(" ");
    if (mode?.startsWith("100") && id !== undefined) ids.set(entry.slice(tab + 1), id);
  }
  return ids;
}
