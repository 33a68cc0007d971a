// Two versions of some files, reviewed as a pull request from memory.
import { createHash } from "node:crypto";
import type { SourceTree } from "../../src/base/source.js";
import { createModuleCache } from "../../src/python/program.js";
import { diffTexts } from "../../src/review/diff.js";
import { reviewSharing } from "../../src/review/run.js";
import type { ChangedFile } from "../../src/review/snapshot.js";
import { RULES } from "../../src/rules/registry.js";

/** Contents by path. */
export type Files = ReadonlyMap<string, string>;

interface Reviewed {
  /** One line for each finding. */
  readonly said: readonly string[];
  readonly changed: number;
  /** Of the review alone: the trees and the diff are ready. */
  readonly ms: number;
}

/** @param kept what earlier reviews derived from contents; filled further */
export function reviewFiles(base: Files, head: Files, kept: Map<string, string>): Reviewed {
  const changes = [...new Set([...base.keys(), ...head.keys()])]
    .filter((path) => base.get(path) !== head.get(path))
    .map((path) => changeOf(path, base.get(path), head.get(path)));
  const snapshot = {
    pull: { baseSha: "0".repeat(40), headSha: "1".repeat(40) },
    base: treeOf(base),
    head: treeOf(head),
    changes,
    omissions: [],
  };
  const cache = {
    get: (key: string) => kept.get(key),
    put: (key: string, value: string) => void kept.set(key, value),
  };
  const started = performance.now();
  const { findings } = reviewSharing(createModuleCache(cache), snapshot, RULES);
  const ms = Math.round(performance.now() - started);
  const said = findings.map(
    ({ path, startLine, rule, placement, message }) =>
      `${path}:${startLine} ${rule} (${placement}) ${message}`,
  );
  return { said, changed: changes.length, ms };
}

function changeOf(path: string, before: string | undefined, after: string | undefined): ChangedFile {
  return {
    ...(before === undefined ? {} : { basePath: path }),
    ...(after === undefined ? {} : { headPath: path }),
    hunks: diffTexts(before ?? "", after ?? ""),
  };
}

const blobs = new Map<string, string>();

function blobOf(text: string): string {
  const known = blobs.get(text) ?? createHash("sha1").update(text).digest("hex");
  blobs.set(text, known);
  return known;
}

function treeOf(files: Files): SourceTree {
  const ids = new Map([...files].map(([path, text]) => [path, blobOf(text)]));
  return {
    paths: [...files.keys()].sort(),
    blobOf: (path) => ids.get(path),
    read(path) {
      const text = files.get(path);
      return text === undefined ? undefined : { kind: "text", path, blob: ids.get(path)!, text };
    },
  };
}
