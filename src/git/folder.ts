// Files and folders on disk as a snapshot in which every line is new: what `hognose scan` reviews.
import { existsSync, statSync } from "node:fs";
import { dirname, isAbsolute, join, relative, resolve, sep } from "node:path";
import type { Omission } from "../base/omission.js";
import { isPythonCode } from "../base/python-file.js";
import type { SourceTree } from "../base/source.js";
import type { ChangedFile, Hunk, Snapshot } from "../review/snapshot.js";
import { diskTree, pythonFiles, type Walk } from "./disk.js";

/** A path that the user gave and that cannot be scanned; the message is one line. */
export class ScanError extends Error {}

/** What marks the folder of a project, in which the scanned files' imports are looked up. */
const PROJECT_MARKS = [".git", "pyproject.toml", "setup.py", "setup.cfg"];

const EMPTY: SourceTree = { paths: [], blobOf: () => undefined, read: () => undefined };

/**
 * The Python files under `paths`, all of them new. A path is named as it was typed: "src" gives "src/app.py", "." gives
 * "app.py". The rest of the surrounding project can be read, so that imports are followed, but is not reviewed.
 * @param cwd the absolute folder to which relative paths are relative
 * @throws ScanError when a path does not exist or is a file that is not Python
 */
export function folderSnapshot(paths: readonly string[], cwd: string): Snapshot {
  // Absolute path to name; the first name of a file stays.
  const names = new Map<string, string>();
  const add = (file: string, name: string) => names.has(file) || names.set(file, name);
  const omissions: Omission[] = [];
  for (const path of paths) {
    const walk = scannedFiles(path, cwd);
    for (const file of walk.files) add(file, nameUnder(path, cwd, file));
    for (const { folder, reason } of walk.closed)
      omissions.push({ path: nameUnder(path, cwd, folder), reason });
  }
  const scanned = [...names.values()].sort();
  for (const path of paths)
    for (const file of projectFiles(path, cwd)) add(file, nameAround(path, cwd, file));
  const head = diskTree(new Map([...names].map(([file, name]) => [name, file])));
  return {
    pull: { baseSha: "", headSha: "" },
    base: EMPTY,
    head,
    changes: scanned.map((path) => allNew(path, head)),
    omissions,
  };
}

/** The Python files at or under `path`. */
function scannedFiles(path: string, cwd: string): Walk {
  const absolute = resolve(cwd, path);
  const status = statSync(absolute, { throwIfNoEntry: false });
  if (status === undefined) throw new ScanError(`${path} does not exist`);
  if (status.isDirectory()) return pythonFiles(absolute);
  if (!status.isFile() || !isPythonCode(path)) throw new ScanError(`${path} is not a Python file`);
  return { files: [absolute], closed: [] };
}

function nameUnder(path: string, cwd: string, file: string): string {
  const below = relative(resolve(cwd, path), file);
  const typed = path
    .split(sep)
    .join("/")
    .replace(/\/+$/, "")
    .replace(/^(\.\/+)+/, "")
    .replace(/^\.$/, "");
  if (below === "") return typed;
  const name = below.split(sep).join("/");
  if (typed === "") return path.startsWith("/") ? `/${name}` : name;
  return `${typed}/${name}`;
}

/** The Python files of the project around `path`: of the nearest folder above with a mark; none without one. */
function projectFiles(path: string, cwd: string): readonly string[] {
  for (let folder = dirname(resolve(cwd, path, "x")); folder !== dirname(folder); folder = dirname(folder))
    if (PROJECT_MARKS.some((mark) => existsSync(join(folder, mark)))) return pythonFiles(folder).files;
  return [];
}

function nameAround(path: string, cwd: string, file: string): string {
  return isAbsolute(path) ? file.split(sep).join("/") : relative(cwd, file).split(sep).join("/");
}

/** One hunk of added lines, made when it is first asked for: of a large folder few files have findings. */
function allNew(path: string, tree: SourceTree): ChangedFile {
  let hunks: readonly Hunk[] | undefined;
  return {
    headPath: path,
    get hunks() {
      hunks ??= addedLines(path, tree);
      return hunks;
    },
  };
}

function addedLines(path: string, tree: SourceTree): readonly Hunk[] {
  const file = tree.read(path);
  if (file?.kind !== "text" || file.text === "") return [];
  const texts = file.text.replace(/\n$/, "").split("\n");
  const lines = texts.map((text, index) => ({ kind: "added" as const, head: index + 1, text }));
  return [{ baseStart: 0, baseCount: 0, headStart: 1, headCount: lines.length, lines }];
}
