// A complete git diff (several files, with headers) to changed files. Paths are read as git writes them.
import { readHunk, startsHunk } from "./patch.js";
import { readPath } from "./quoted-path.js";
import type { ChangedFile, Hunk } from "./snapshot.js";

/**
 * The files of `git diff` output with the prefixes "a/" and "b/", in its order. New and deleted files lack one path;
 * a binary file, a mode change and a pure rename have no hunks. Text before the first `diff --git` is skipped.
 * @throws Error when a hunk is malformed or a file has no path.
 */
export function parseGitDiff(text: string): readonly ChangedFile[] {
  const lines = text.split("\n");
  const files: ChangedFile[] = [];
  let index = lines.findIndex(startsFile);
  while (index >= 0 && index < lines.length) {
    const header = readHeader(lines, index);
    const body = readHunks(lines, header.next);
    files.push(changedFile(header.paths, body.hunks));
    index = body.next;
  }
  return files;
}

interface HeaderPaths {
  /** Undefined for a new file. */
  base: string | undefined;
  /** Undefined for a deleted file. */
  head: string | undefined;
}

function startsFile(line: string): boolean {
  return line.startsWith("diff --git ");
}

/** The paths in the header that starts at `lines[start]`, and the index of the first line after the header. */
function readHeader(lines: readonly string[], start: number): { paths: HeaderPaths; next: number } {
  const paths = pathsOfFirstLine(lines[start]!);
  let next = start + 1;
  for (; next < lines.length; next++) {
    const line = lines[next]!;
    if (startsHunk(line) || startsFile(line)) break;
    readHeaderLine(line, paths);
  }
  return { paths, next };
}

function readHeaderLine(line: string, paths: HeaderPaths): void {
  const after = (keyword: string) => (line.startsWith(keyword) ? line.slice(keyword.length) : undefined);
  const from = after("rename from ") ?? after("copy from ");
  const to = after("rename to ") ?? after("copy to ");
  const minus = after("--- ");
  const plus = after("+++ ");
  if (from !== undefined) paths.base = readPath(from);
  else if (to !== undefined) paths.head = readPath(to);
  else if (minus !== undefined) paths.base = sidePath(minus);
  else if (plus !== undefined) paths.head = sidePath(plus);
  else if (line.startsWith("new file mode ")) paths.base = undefined;
  else if (line.startsWith("deleted file mode ")) paths.head = undefined;
}

/** The path of a `---` or `+++` line; git ends one that has a space with a tab. */
function sidePath(text: string): string | undefined {
  const path = readPath(text.replace(/[\t\r]+$/, ""));
  return path === "/dev/null" ? undefined : path.slice(2);
}

/**
 * `diff --git a/x y b/x y`: needed for files without other headers, whose two paths are equal; so the line is cut
 * in its middle. When they differ (a rename) the later headers say what they are.
 */
function pathsOfFirstLine(line: string): HeaderPaths {
  const rest = line.slice("diff --git ".length).replace(/\r$/, "");
  const half = (rest.length - 1) / 2;
  const path = readPath(rest.slice(0, Math.floor(half))).slice(2);
  return { base: path, head: path };
}

function readHunks(lines: readonly string[], start: number): { hunks: readonly Hunk[]; next: number } {
  const hunks: Hunk[] = [];
  let next = start;
  while (next < lines.length && !startsFile(lines[next]!)) {
    if (!startsHunk(lines[next]!)) {
      next++;
      continue;
    }
    const read = readHunk(lines, next);
    hunks.push(read.hunk);
    next = read.next;
  }
  return { hunks, next };
}

function changedFile(paths: HeaderPaths, hunks: readonly Hunk[]): ChangedFile {
  if (paths.base === undefined && paths.head === undefined) throw new Error("a file of the diff has no path");
  return {
    ...(paths.base === undefined ? {} : { basePath: paths.base }),
    ...(paths.head === undefined ? {} : { headPath: paths.head }),
    hunks,
  };
}
