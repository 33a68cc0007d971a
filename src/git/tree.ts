// One commit of a local repository as a source tree.
import type { SourceTree } from "../base/source.js";
import type { Blobs } from "./blobs.js";
import { git } from "./git.js";

/** The regular files of `commit` (a full id): no symbolic links, no submodules. Contents are read when asked for. */
export function commitTree(repo: string, commit: string, blobs: Blobs): SourceTree {
  const ids = listFiles(repo, commit);
  return {
    paths: [...ids.keys()].sort(),
    blobOf: (path) => ids.get(path),
    read(path) {
      const id = ids.get(path);
      return id === undefined ? undefined : blobs.read(id, path);
    },
    prefetch: (paths) => blobs.prefetch(paths.flatMap((path) => ids.get(path) ?? [])),
  };
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
