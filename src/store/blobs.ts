// Content-addressed files on disk, shared by every process that opens the same folder. A blob is whole or absent.
import { createHash, randomUUID } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { readdir, rm, stat } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import type { BlobStore } from "../base/listing.js";

/** Opens (and creates) the blob store in `folder`. */
export function openBlobs(folder: string): BlobStore {
  const pathOf = (blob: string) => join(folder, blob.slice(0, 2), blob.slice(2));
  return {
    has: (blob) => existsSync(pathOf(blob)),
    get: (blob) => readWhole(pathOf(blob), blob),
    put: (blob, bytes) => {
      if (blobId(bytes) !== blob) return false;
      writeWhole(pathOf(blob), bytes);
      return true;
    },
  };
}

/** Git's id of a blob: the SHA-1 of "blob <length in bytes>\0" and the bytes, as 40 hex digits. */
export function blobId(bytes: Uint8Array): string {
  return createHash("sha1").update(`blob ${bytes.length}\0`).update(bytes).digest("hex");
}

/** A file that a crash or a full disk has cut short does not answer to its name, and so is absent. */
function readWhole(path: string, blob: string): Uint8Array | undefined {
  const bytes = readIfThere(path);
  return bytes !== undefined && blobId(bytes) === blob ? bytes : undefined;
}

/** Not looked for first: another process may remove it at any moment. */
function readIfThere(path: string): Uint8Array | undefined {
  try {
    return readFileSync(path);
  } catch (error) {
    return absent(error as NodeJS.ErrnoException);
  }
}

/**
 * Writes beside the target and renames: readers and other writers see the old state or the whole new one. There is no
 * fsync: a reader recognises what a power cut has cut short.
 */
function writeWhole(path: string, bytes: Uint8Array): void {
  mkdirSync(dirname(path), { recursive: true });
  const draft = `${path}.${randomUUID()}`;
  try {
    writeFileSync(draft, bytes, { flag: "wx" });
    renameSync(draft, path);
  } catch (error) {
    rmSync(draft, { force: true });
    throw error;
  }
}

/** Of the bound, what is left after making room: so that room need not be made again at once. */
const LEFT = 0.8;
/** A draft that is older than this belongs to a process that has died over it, in milliseconds. */
const DRAFT_TIME = 3_600_000;

/**
 * Removes what dead processes have left half written, and the contents that were written longest ago until the folder
 * holds no more than it may. Safe beside readers and writers: what is removed is absent, and is fetched again when it is
 * wanted.
 * @param most bytes
 * @param now milliseconds since 1970
 * @returns how many files were removed
 */
export async function pruneBlobs(folder: string, most: number, now = Date.now()): Promise<number> {
  const files = await listFiles(folder);
  const isDraft = ({ path }: StoredFile) => basename(path).includes(".");
  const drafts = files.filter(isDraft).filter(({ written }) => now - written > DRAFT_TIME);
  const removable = files.filter((file) => !isDraft(file)).sort((a, b) => a.written - b.written);
  const size = sizeOf(files) - sizeOf(drafts);
  const condemned = [...drafts, ...(size > most ? oldest(removable, size - most * LEFT) : [])];
  for (const { path } of condemned) await rm(path, { force: true });
  return condemned.length;
}

interface StoredFile {
  readonly path: string;
  /** Bytes. */
  readonly size: number;
  /** Milliseconds since 1970. */
  readonly written: number;
}

async function listFiles(folder: string): Promise<readonly StoredFile[]> {
  const files: StoredFile[] = [];
  for (const shelf of await listFolder(folder)) {
    for (const name of await listFolder(join(folder, shelf))) {
      const path = join(folder, shelf, name);
      const found = await stat(path).catch(absent);
      if (found?.isFile()) files.push({ path, size: found.size, written: found.mtimeMs });
    }
  }
  return files;
}

/** The first of `files` that have `bytes` together. */
function oldest(files: readonly StoredFile[], bytes: number): readonly StoredFile[] {
  let taken = 0;
  const end = files.findIndex(({ size }) => {
    taken += size;
    return taken >= bytes;
  });
  return end < 0 ? files : files.slice(0, end + 1);
}

function sizeOf(files: readonly StoredFile[]): number {
  return files.reduce((sum, { size }) => sum + size, 0);
}

async function listFolder(path: string): Promise<readonly string[]> {
  return (await readdir(path).catch(absent)) ?? [];
}

/** Somebody else has removed it, or it was never there. */
function absent(error: NodeJS.ErrnoException): undefined {
  if (error.code !== "ENOENT" && error.code !== "ENOTDIR") throw error;
  return undefined;
}
