// Speed, memory and coverage of the front end over folders of Python: `npm run bench:frontend -- DIR…`.
// Every figure is of a process of its own, from its start to its end; a file that is lost or an exception ends in exit 1.
import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, relative, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { decode } from "../src/base/decode.js";
import { type Cache, noCache, type SourceTree } from "../src/base/source.js";
import { buildCfg } from "../src/flow/build.js";
import type { BodyOwner } from "../src/flow/cfg.js";
import { isModulePath } from "../src/python/layout.js";
import type { Module } from "../src/python/module.js";
import { unparsedShare } from "../src/python/module.js";
import { createNameIndex } from "../src/python/name-index.js";
import { createModuleCache, createProgram } from "../src/python/program.js";

const skippedFolders = new Set([".git", "node_modules", "site-packages", "__pycache__"]);
const modes = ["graphs", "first", "second", "index", "index again", "review"] as const;
type Mode = (typeof modes)[number];

const titles: Readonly<Record<Mode, string>> = {
  graphs: "parse + lower + scopes + CFG, all kept",
  first: "parse + lower + scopes, filling the cache",
  second: "the same from the cache",
  index: "name index, filling the cache",
  "index again": "the same from the cache",
  review: "name index from the cache, 20 files with CFG",
};

interface Measured {
  readonly files: number;
  readonly lines: number;
  readonly characters: number;
  readonly seconds: number;
  readonly processorSeconds: number;
  readonly megabytes: number;
  readonly unparsedCharacters: number;
  readonly unreadable: readonly string[];
  readonly failures: readonly string[];
}

const [first, folder, store] = process.argv.slice(2);
if (folder !== undefined && store !== undefined && isMode(first)) {
  process.stdout.write(JSON.stringify(await measure(first, folder, store)));
} else report(process.argv.slice(2));

function isMode(text: string | undefined): text is Mode {
  return modes.some((mode) => mode === text);
}

function report(folders: readonly string[]): void {
  if (folders.length === 0) throw new Error("usage: npm run bench:frontend -- DIR…");
  let lost = 0;
  for (const each of folders) {
    const cacheFolder = mkdtempSync(join(tmpdir(), "frontend-"));
    console.log(`\n${resolve(each)}`);
    for (const mode of modes) lost += reportMode(mode, resolve(each), cacheFolder);
    rmSync(cacheFolder, { recursive: true });
  }
  process.exitCode = lost === 0 ? 0 : 1;
}

/** Prints one line, and what went wrong; returns how much did. */
function reportMode(mode: Mode, path: string, cacheFolder: string): number {
  const script = fileURLToPath(import.meta.url);
  const output = execFileSync(process.execPath, [...process.execArgv, script, mode, path, cacheFolder], {
    maxBuffer: 1 << 28,
  });
  const measured = JSON.parse(output.toString()) as Measured;
  if (mode === "graphs") {
    const share = (100 * measured.unparsedCharacters) / Math.max(1, measured.characters);
    console.log(
      `  ${measured.files} files, ${measured.lines} lines, ${share.toFixed(4)} % of the text unparsed`,
    );
    for (const problem of measured.unreadable) console.log(`  not read: ${problem}`);
  }
  const speed = Math.round(measured.lines / measured.seconds).toLocaleString("en");
  console.log(
    `  ${titles[mode].padEnd(46)} ${measured.seconds.toFixed(2).padStart(6)} s wall ${measured.processorSeconds
      .toFixed(2)
      .padStart(6)} s cpu ${speed.padStart(9)} lines/s ${measured.megabytes.toFixed(0).padStart(5)} MB peak`,
  );
  for (const failure of measured.failures) console.log(`  FAILED ${failure}`);
  return measured.failures.length;
}

async function measure(mode: Mode, path: string, cacheFolder: string): Promise<Measured> {
  const tree = folderTree(path);
  const paths = tree.paths.filter(isModulePath);
  const cache = mode === "graphs" ? noCache : folderCache(cacheFolder);
  const failures: string[] = [];
  const kept: unknown[] = [];
  let lines = 0;
  let characters = 0;
  let unparsedCharacters = 0;
  if (mode.startsWith("index") || mode === "review") kept.push(createNameIndex(tree, cache));
  const program = createProgram(tree, createModuleCache(cache));
  const opened = mode.startsWith("index") ? [] : mode === "review" ? spread(paths, 20) : paths;
  for (const file of opened) {
    try {
      const module = program.module(file);
      if (module === undefined) continue;
      characters += module.syntax.text.length;
      unparsedCharacters += unparsedShare(module.syntax) * module.syntax.text.length;
      kept.push(module);
      if (mode === "graphs" || mode === "review") kept.push(graphsOf(module));
    } catch (error) {
      failures.push(`${file}: ${String(error)}`);
    }
    // tree-sitter's trees are freed by the event loop.
    await new Promise((done) => setImmediate(done));
  }
  const seconds = performance.now() / 1000;
  const { user, system } = process.cpuUsage();
  for (const file of paths) lines += lineCount(tree, file);
  return {
    files: paths.length,
    lines,
    characters,
    seconds,
    processorSeconds: (user + system) / 1e6,
    megabytes: process.resourceUsage().maxRSS / 1024,
    unparsedCharacters,
    unreadable: program.problems().map((problem) => `${problem.path} ${problem.reason}`),
    failures,
  };
}

function graphsOf({ scopes }: Module): readonly unknown[] {
  return scopes.all
    .filter(({ kind }) => kind !== "comprehension" && kind !== "typeParameters")
    .map(({ owner }) => buildCfg(owner as BodyOwner, scopes));
}

function spread(paths: readonly string[], count: number): readonly string[] {
  return Array.from({ length: Math.min(count, paths.length) }, (_, index) => {
    return paths[Math.floor((index * paths.length) / count)]!;
  });
}

function lineCount(tree: SourceTree, path: string): number {
  const file = tree.read(path);
  return file?.kind === "text" ? file.text.split("\n").length : 0;
}

/** The Python files under a folder, by content. */
function folderTree(root: string): SourceTree {
  const blobs = new Map<string, string>();
  /** Bytes that were hashed and will be read next. */
  const waiting = new Map<string, Buffer>();
  const bytesOf = (path: string) => {
    const bytes = waiting.get(path) ?? readFileSync(join(root, path));
    waiting.delete(path);
    return bytes;
  };
  const blobOf = (path: string) => {
    const known = blobs.get(path);
    if (known !== undefined) return known;
    const bytes = bytesOf(path);
    const blob = createHash("sha1").update(bytes).digest("hex");
    waiting.set(path, bytes);
    blobs.set(path, blob);
    return blob;
  };
  const paths = readdirSync(root, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => relative(root, join(entry.parentPath, entry.name)))
    .filter((path) => !path.split("/").some((part) => skippedFolders.has(part)))
    .sort();
  return { paths, blobOf, read: (path) => decode(path, blobOf(path), bytesOf(path)) };
}

function folderCache(root: string): Cache {
  mkdirSync(root, { recursive: true });
  const fileOf = (key: string) => join(root, key.replace(/[^\w.-]/g, "_"));
  return {
    get(key) {
      try {
        return readFileSync(fileOf(key), "utf8");
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code === "ENOENT") return undefined;
        throw error;
      }
    },
    put: (key, value) => writeFileSync(fileOf(key), value),
  };
}
