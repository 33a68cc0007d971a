// Content-addressed files on disk, shared by every process that opens the same folder. A blob is whole or absent.
import { createHash, randomUUID } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
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
