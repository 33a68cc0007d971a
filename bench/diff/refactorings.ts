// Changes of real files that only look different: a formatter, other names, other files.
import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import type { FunctionDefinition } from "../../src/python/ast.js";
import { createProgram } from "../../src/python/program.js";
import { memoryTree } from "../../test/support/memory-tree.js";
import type { Files } from "./review-files.js";

/** Characters below which a file has too little to change. */
const LEAST = 1500;

/** Up to `count` files, spread evenly over `paths`. */
export function readSample(folder: string, paths: readonly string[], count: number): Files {
  const step = Math.max(1, Math.floor(paths.length / (count * 2)));
  const files = new Map<string, string>();
  for (let index = 0; index < paths.length && files.size < count; index += step) {
    const text = readFileSync(join(folder, paths[index]!), "utf8");
    if (text.length >= LEAST && !text.includes("\uFFFD")) files.set(paths[index]!, text);
  }
  return files;
}

/** All files as `black` writes them; a file that it refuses stays. */
export function reformatted(files: Files, black: string): Files {
  const folder = mkdtempSync(join(tmpdir(), "reformatted-"));
  for (const [path, text] of files) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
  try {
    execFileSync(black, ["--quiet", "--line-length", "60", folder], { stdio: "ignore" });
  } catch (error) {
    // 123: some files could not be parsed, the others were written.
    if ((error as { status?: number }).status !== 123) throw error;
  }
  const after = new Map([...files.keys()].map((path) => [path, readFileSync(join(folder, path), "utf8")]));
  rmSync(folder, { recursive: true });
  return after;
}

interface Found {
  readonly path: string;
  readonly definition: FunctionDefinition;
}

/** The functions of the modules themselves whose name is defined once, in a fixed order that mixes the files. */
function functionsOf(files: Files): readonly Found[] {
  const program = createProgram(memoryTree(Object.fromEntries(files)));
  const found = [...files.keys()].flatMap((path) =>
    (program.module(path)?.syntax.body ?? []).flatMap((definition) =>
      definition.kind === "function" ? [{ path, definition }] : [],
    ),
  );
  const counts = new Map<string, number>();
  for (const { definition } of found)
    counts.set(definition.name.id, (counts.get(definition.name.id) ?? 0) + 1);
  const unique = found.filter(({ definition }) => counts.get(definition.name.id) === 1);
  return unique.filter((_, index) => index % 3 === 0).concat(unique.filter((_, index) => index % 3 !== 0));
}

/** `count` functions get another name wherever it stands. */
export function renamed(files: Files, count: number): Files {
  const names = functionsOf(files)
    .map(({ definition }) => definition.name.id)
    .filter((name) => name.length > 6 && name.includes("_") && !/^(test_|__)/.test(name))
    .slice(0, count);
  const pattern = new RegExp(`\\b(${names.join("|")})\\b`, "g");
  return new Map([...files].map(([path, text]) => [path, text.replace(pattern, "$1_as_renamed")]));
}

/** `count` functions move to the end of another file; the old file imports them, the new one what they need. */
export function moved(files: Files, count: number): Files {
  const after = new Map(files);
  const paths = [...files.keys()];
  const leaving = functionsOf(files)
    .filter(({ definition }) => definition.decorators.length === 0)
    .slice(0, count);
  // From the end of each file, so that the places before keep their offsets.
  const ordered = [...leaving].sort((one, other) => other.definition.start - one.definition.start);
  const arriving: { readonly path: string; readonly text: string }[] = [];
  for (const { path, definition } of ordered) {
    const target = paths[(paths.indexOf(path) + 7) % paths.length]!;
    const text = files.get(path)!;
    const source = text.slice(definition.start, definition.end);
    const rest = after.get(path)!;
    const import_ = `from ${dotted(target)} import ${definition.name.id}`;
    after.set(path, rest.slice(0, definition.start) + import_ + rest.slice(definition.end));
    arriving.push({ path: target, text: `\n\nfrom ${dotted(path)} import *\n\n\n${source}\n` });
  }
  for (const { path, text } of arriving) after.set(path, after.get(path)! + text);
  return after;
}

function dotted(path: string): string {
  return path.replace(/(\/__init__)?\.py$/, "").replaceAll("/", ".");
}
