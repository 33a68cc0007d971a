// Blobs of a repository by id, read many at a time and decoded once.
import { LRUCache } from "lru-cache";
import { decode, MAX_SOURCE_BYTES, TOO_LARGE } from "../base/decode.js";
import type { SourceFile, UnreadableFile } from "../base/source.js";
import { git } from "./git.js";

/** What stands in the review for a blob that a partial or damaged clone lacks. */
export const ABSENT = "is not in the local repository";

/** In UTF-16 code units; beyond it the files used least recently are read again when needed. */
const KEPT = 150_000_000;
/** Blobs in one call of git. */
const BATCH = 500;

export interface Blobs {
  /** Reads those that are not known yet. */
  prefetch(ids: readonly string[]): void;
  /** The blob as the file at `path`; unreadable when it is absent, too large or not text. */
  read(id: string, path: string): SourceFile | UnreadableFile;
}

export function blobsOf(repo: string): Blobs {
  const known = new LRUCache<string, SourceFile | UnreadableFile>({
    maxSize: KEPT,
    sizeCalculation: (file) => 1 + (file.kind === "text" ? file.text.length : 0),
  });
  const prefetch = (ids: readonly string[]) => {
    const wanted = [...new Set(ids)].filter((id) => !known.has(id));
    for (let start = 0; start < wanted.length; start += BATCH)
      for (const file of readBatch(repo, wanted.slice(start, start + BATCH))) known.set(file.blob, file);
  };
  return {
    prefetch,
    read(id, path) {
      const file = known.get(id) ?? readBatch(repo, [id])[0]!;
      known.set(id, file);
      return { ...file, path };
    },
  };
}

/** The ids that the repository does not have. */
export function absentBlobs(repo: string, ids: readonly string[]): ReadonlySet<string> {
  const absent = [...sizes(repo, ids)].filter(([, size]) => size === undefined);
  return new Set(absent.map(([id]) => id));
}

/** Sizes first, so that a huge blob is never read. The files have no path yet. */
function readBatch(repo: string, ids: readonly string[]): readonly (SourceFile | UnreadableFile)[] {
  const small: string[] = [];
  const files: (SourceFile | UnreadableFile)[] = [];
  for (const [id, size] of sizes(repo, ids)) {
    if (size !== undefined && size <= MAX_SOURCE_BYTES) small.push(id);
    else
      files.push({ kind: "unreadable", path: "", blob: id, reason: size === undefined ? ABSENT : TOO_LARGE });
  }
  return [...files, ...contents(repo, small)];
}

/** The size in bytes of each blob, undefined for an absent one. Ids are 40 or 64 hex digits. */
function sizes(repo: string, ids: readonly string[]): ReadonlyMap<string, number | undefined> {
  if (ids.length === 0) return new Map();
  const unique = [...new Set(ids)];
  const answer = git(repo, ["cat-file", "--batch-check=%(objectsize)", "--buffer"], `${unique.join("\n")}\n`);
  const lines = answer.toString("latin1").split("\n");
  return new Map(
    unique.map((id, index) => [id, /^\d+$/.test(lines[index]!) ? Number(lines[index]) : undefined]),
  );
}

/** `cat-file --batch` prints "<id> <type> <size>\n<bytes>\n" for each. */
function contents(repo: string, ids: readonly string[]): readonly (SourceFile | UnreadableFile)[] {
  if (ids.length === 0) return [];
  const answer = git(repo, ["cat-file", "--batch", "--buffer"], `${ids.join("\n")}\n`);
  let at = 0;
  return ids.map((id) => {
    const headerEnd = answer.indexOf(10, at);
    const header = answer.toString("latin1", at, headerEnd).split(" ");
    const size = Number(header[2]);
    if (header[0] !== id || Number.isNaN(size))
      throw new Error(`git cat-file answered "${header.join(" ")}" for ${id}`);
    const start = headerEnd + 1;
    at = start + size + 1;
    return decode("", id, answer.subarray(start, start + size));
  });
}
