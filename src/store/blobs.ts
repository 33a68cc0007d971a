// Content-addressed files on disk, shared by every process that opens the same folder. A blob is whole or absent.
import { createHash, randomUUID } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { readdir, rm, stat } from "node:fs/promises";
import { dirname, join } from "node:path";
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
  if (!existsSync(path)) return undefined;
  const bytes = readFileSync(path);
  return blobId(bytes) === blob ? bytes : undefined;
}

/**
 * Writes beside the target and renames: readers and other writers see the old state or the whole new one. There is no
 * fsync: a reader recognises what a power cut has cut short.
 */
function writeWhole(path: string, bytes: Uint8Array): void {
  mkdirSync(dirname(path), { recursive: true });
  const draft = `${path}.${randomUUID()}`;
  writeFileSync(draft, bytes, { flag: "wx" });
  renameSync(draft, path);
}

/** Of the bound, what is left after making room: so that room need not be made again at once. */
const LEFT = 0.8;

/**
 * Removes the contents that were written longest ago until the folder holds no more than it may. Safe beside readers
 * and writers: what is removed is absent, and is fetched again when it is wanted.
 * @param most bytes
 * @returns how many files were removed
 */
export async function pruneBlobs(folder: string, most: number): Promise<number> {
  const files: { readonly path: string; readonly size: number; readonly written: number }[] = [];
  for (const shelf of await listFolder(folder)) {
    for (const name of await listFolder(join(folder, shelf))) {
      const path = join(folder, shelf, name);
      const found = await stat(path).catch(absent);
      if (found?.isFile()) files.push({ path, size: found.size, written: found.mtimeMs });
    }
  }
  let total = files.reduce((sum, { size }) => sum + size, 0);
  if (total <= most) return 0;
  let removed = 0;
  for (const { path, size } of files.sort((a, b) => a.written - b.written)) {
    if (total <= most * LEFT) break;
    await rm(path, { force: true });
    total -= size;
    removed++;
  }
  return removed;
}

async function listFolder(path: string): Promise<readonly string[]> {
  return (await readdir(path).catch(absent)) ?? [];
}

/** Somebody else has removed it, or it was never there. */
function absent(error: NodeJS.ErrnoException): undefined {
  if (error.code !== "ENOENT" && error.code !== "ENOTDIR") throw error;
  return undefined;
}
