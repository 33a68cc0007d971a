// Python files on disk as a source tree.
import { createHash } from "node:crypto";
import { type Dirent, readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { decode, MAX_SOURCE_BYTES, TOO_LARGE } from "../base/decode.js";
import { isPythonCode } from "../base/python-file.js";
import type { SourceFile, SourceTree, UnreadableFile } from "../base/source.js";

const SKIPPED = new Set([".git", "node_modules"]);

export interface Walk {
  /** Absolute paths, sorted. */
  readonly files: readonly string[];
  /** Folders that cannot be opened, absolute, with the reason as a phrase. */
  readonly closed: readonly { readonly folder: string; readonly reason: string }[];
}

/**
 * The regular files of Python code under `folder`. Symbolic links are not followed; .git, node_modules and virtual environments
 * (folders with a pyvenv.cfg) are skipped.
 */
export function pythonFiles(folder: string): Walk {
  const files: string[] = [];
  const closed: { folder: string; reason: string }[] = [];
  const folders = [folder];
  for (let next = folders.pop(); next !== undefined; next = folders.pop()) {
    const entries = entriesOf(next);
    if (typeof entries === "string") closed.push({ folder: next, reason: `cannot be read (${entries})` });
    else if (!entries.some((entry) => entry.name === "pyvenv.cfg"))
      for (const entry of entries) {
        const path = join(next, entry.name);
        if (entry.isDirectory() && !SKIPPED.has(entry.name)) folders.push(path);
        else if (entry.isFile() && isPythonCode(entry.name)) files.push(path);
      }
  }
  return { files: files.sort(), closed };
}

/** What a folder holds, or the error code that says why that is unknown. */
function entriesOf(folder: string): readonly Dirent[] | string {
  try {
    return readdirSync(folder, { withFileTypes: true });
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code;
    if (code === undefined) throw error;
    return code;
  }
}

/**
 * The tree of `files` (path in the tree to absolute path). Every read goes to the disk, so that a large folder needs no
 * memory; blob ids are those of git and remembered.
 */
export function diskTree(files: ReadonlyMap<string, string>): SourceTree {
  const ids = new Map<string, string>();
  const read = (path: string): SourceFile | UnreadableFile | undefined => {
    const file = files.get(path);
    if (file === undefined) return undefined;
    const found = readFile(path, file);
    ids.set(path, found.blob);
    return found;
  };
  return {
    paths: [...files.keys()].sort(),
    blobOf: (path) => ids.get(path) ?? read(path)?.blob,
    read,
  };
}

/** The files under `folder` (absolute) whose path in it is asked for; what it holds besides is not listed. */
export function folderTree(folder: string): SourceTree {
  const fileAt = (path: string) => {
    const file = join(folder, path);
    const isInside = file.startsWith(join(folder, "/"));
    return isInside && statSync(file, { throwIfNoEntry: false })?.isFile() ? file : undefined;
  };
  const read = (path: string) => {
    const file = fileAt(path);
    return file === undefined ? undefined : readFile(path, file);
  };
  return { paths: [], blobOf: (path) => read(path)?.blob, read };
}

/** A file that cannot be opened has the blob id "". */
function readFile(path: string, file: string): SourceFile | UnreadableFile {
  try {
    if (statSync(file).size > MAX_SOURCE_BYTES)
      return { kind: "unreadable", path, blob: "", reason: TOO_LARGE };
    const bytes = readFileSync(file);
    return decode(path, blobId(bytes), bytes);
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code;
    if (code === undefined) throw error;
    return { kind: "unreadable", path, blob: "", reason: `cannot be read (${code})` };
  }
}

function blobId(bytes: Buffer): string {
  return createHash("sha1").update(`blob ${bytes.length}\0`).update(bytes).digest("hex");
}
