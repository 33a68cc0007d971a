// One commit of a local repository as a source tree.
import { isPythonCode } from "../base/python-file.js";
import type { SourceTree } from "../base/source.js";
import type { Blobs } from "./blobs.js";
import { git } from "./git.js";

/** The regular files of `commit` (a full id): no symbolic links, no submodules. Contents are read when asked for. */
export function commitTree(repo: string, commit: string, blobs: Blobs): SourceTree {
  const ids = listFiles(repo, commit);
  const paths = [...ids.keys()].sort();
  const code = paths.filter(isPythonCode);
  const isSmall = code.length <= MOST_AT_ONCE;
  return {
    paths,
    blobOf: (path) => ids.get(path),
    read(path) {
      const id = ids.get(path);
      if (id === undefined) return undefined;
      // Calling git costs more than reading: who asks for one module soon asks for others.
      if (!blobs.isKnown(id) && isPythonCode(path)) {
        blobs.prefetch((isSmall ? code : neighbours(code, path)).flatMap((each) => ids.get(each) ?? []));
      }
      return blobs.read(id, path);
    },
    prefetch: (paths) => blobs.prefetch(paths.flatMap((path) => ids.get(path) ?? [])),
  };
}

/** With so many Python files all are read with the first: 2,000 of them, 18 MB, take git a tenth of a second. */
const MOST_AT_ONCE = 4000;
/** Else, how many files before and after one are read along with it, at most. */
const NEIGHBOURS = 100;

/** `path` and the files of `code` next to it, of whatever folder. */
function neighbours(code: readonly string[], path: string): readonly string[] {
  const at = code.indexOf(path);
  return code.slice(Math.max(0, at - NEIGHBOURS), at + NEIGHBOURS + 1);
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
