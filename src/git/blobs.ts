// Blobs of a repository by id, read many at a time and decoded once.
import { LRUCache } from "lru-cache";
import { asPython, decode, MAX_SOURCE_BYTES, TOO_LARGE } from "../base/decode.js";
import type { SourceFile, UnreadableFile } from "../base/source.js";
import { askGit, git } from "./git.js";

/** What stands in the review for a blob that a partial or damaged clone lacks. */
const ABSENT = "is not in the local repository";

/** In UTF-16 code units; beyond it the files used least recently are read again when needed. */
const KEPT = 150_000_000;
/** Bytes of blobs that one call of git is asked for, if there is more than one blob. */
const BATCH = 64 << 20;

export interface Blobs {
  /** Was it read already, and is it still kept? */
  isKnown(id: string): boolean;
  /** Reads those that are not known yet. */
  prefetch(ids: readonly string[]): void;
  /** The blob as the file at `path`; unreadable when it is absent, too large or not text. */
  read(id: string, path: string): SourceFile | UnreadableFile;
  /** Those of `ids` that the repository does not have. */
  absent(ids: readonly string[]): ReadonlySet<string>;
}

/** The blobs of `commits` (full ids). */
export function blobsOf(repo: string, commits: readonly string[]): Blobs {
  const promised = promisedBlobs(repo, commits);
  const known = new LRUCache<string, SourceFile | UnreadableFile>({
    maxSize: KEPT,
    sizeCalculation: (file) => 1 + (file.kind === "text" ? file.text.length : 0),
  });
  const prefetch = (ids: readonly string[]) => {
    const wanted = [...new Set(ids)].filter((id) => !known.has(id));
    for (const file of readAll(repo, wanted, promised)) known.set(file.blob, file);
  };
  return {
    isKnown: (id) => known.has(id),
    prefetch,
    read(id, path) {
      const file = known.get(id) ?? [...readAll(repo, [id], promised)][0]!;
      known.set(id, file);
      return file.kind === "text" ? asPython({ ...file, path }) : { ...file, path };
    },
    absent(ids) {
      const absent = [...sizes(repo, ids, promised)].filter(([, size]) => size === undefined);
      return new Set(absent.map(([id]) => id));
    },
  };
}

/**
 * What a partial clone left at its remote: asking for one of these would fetch it, or end git with an error. Only
 * rev-list can name them without; it prints "?<id>" for each. Empty for any other repository.
 */
function promisedBlobs(repo: string, commits: readonly string[]): ReadonlySet<string> {
  const partial = askGit(repo, [
    "config",
    "--get-regexp",
    "^(remote\\..*\\.promisor|extensions\\.partialclone)$",
  ]);
  if (partial === undefined) return new Set();
  const trees = commits.map((commit) => `${commit}^{tree}`);
  const listed = git(repo, ["rev-list", "--objects", "--missing=print", "--no-object-names", ...trees]);
  const lines = listed.toString("latin1").split("\n");
  return new Set(lines.filter((line) => line.startsWith("?")).map((line) => line.slice(1)));
}

/** Sizes first, so that a huge blob is never read. The files have no path yet. */
function* readAll(
  repo: string,
  ids: readonly string[],
  promised: ReadonlySet<string>,
): Generator<SourceFile | UnreadableFile> {
  let batch: string[] = [];
  let bytes = 0;
  for (const [id, size] of sizes(repo, ids, promised)) {
    if (size === undefined || size > MAX_SOURCE_BYTES) {
      yield { kind: "unreadable", path: "", blob: id, reason: size === undefined ? ABSENT : TOO_LARGE };
      continue;
    }
    if (bytes + size > BATCH) {
      yield* contents(repo, batch);
      [batch, bytes] = [[], 0];
    }
    batch.push(id);
    bytes += size;
  }
  yield* contents(repo, batch);
}

/** The size in bytes of each blob, undefined for an absent one. Ids are 40 or 64 hex digits. */
function sizes(repo: string, ids: readonly string[], promised: ReadonlySet<string>): Sizes {
  const found = new Map<string, number | undefined>(ids.map((id) => [id, undefined]));
  const asked = [...found.keys()].filter((id) => !promised.has(id));
  if (asked.length === 0) return found;
  const answer = git(repo, ["cat-file", "--batch-check=%(objectsize)", "--buffer"], `${asked.join("\n")}\n`);
  const lines = answer.toString("latin1").split("\n");
  // An absent one is answered by "<id> missing".
  for (const [index, id] of asked.entries())
    if (/^\d+$/.test(lines[index]!)) found.set(id, Number(lines[index]));
  return found;
}

type Sizes = ReadonlyMap<string, number | undefined>;

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
