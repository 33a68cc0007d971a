// A source tree over the blob store. Reading is synchronous; what is not there yet is noted as wanted and answered
// with undefined, so that the shell can fetch it and run the review again.
import { decode, MAX_SOURCE_BYTES, TOO_LARGE } from "../base/decode.js";
import type { BlobStore, ListedFile, Listing } from "../base/listing.js";
import type { SourceFile, SourceTree, UnreadableFile } from "../base/source.js";

/** The content that a review asked for and that the store did not have, by blob id. */
export type Wanted = Map<string, ListedFile>;

/**
 * @param wanted filled with what is read or prefetched in vain
 * @param unavailable the reason, as a phrase, why a blob cannot be had: then it is never wanted
 */
export function storedTree(
  listing: Listing,
  blobs: BlobStore,
  wanted: Wanted,
  unavailable: (blob: string) => string | undefined = () => undefined,
): SourceTree {
  const files = new Map(listing.map((file) => [file.path, file]));
  const decoded = new Map<string, SourceFile | UnreadableFile>();
  return {
    paths: listing.map((file) => file.path),
    blobOf: (path) => files.get(path)?.blob,
    read(path) {
      const file = files.get(path);
      if (file === undefined) return undefined;
      const known = decoded.get(path) ?? readFile(file, blobs, unavailable(file.blob));
      if (known === undefined) wanted.set(file.blob, file);
      else decoded.set(path, known);
      return known;
    },
    prefetch(paths) {
      for (const path of paths) {
        const file = files.get(path);
        if (file !== undefined && unavailable(file.blob) === undefined && isMissing(file, blobs)) {
          wanted.set(file.blob, file);
        }
      }
    },
  };
}

/** Whether the file's content has to be fetched before it can be read. What is too large to be read never is. */
function isMissing(file: ListedFile, blobs: BlobStore): boolean {
  return file.size <= MAX_SOURCE_BYTES && !blobs.has(file.blob);
}

function readFile(
  file: ListedFile,
  blobs: BlobStore,
  unavailable: string | undefined,
): SourceFile | UnreadableFile | undefined {
  const { path, blob } = file;
  if (file.size > MAX_SOURCE_BYTES) return { kind: "unreadable", path, blob, reason: TOO_LARGE };
  const bytes = blobs.get(blob);
  if (bytes !== undefined) return decode(path, blob, bytes);
  return unavailable === undefined ? undefined : { kind: "unreadable", path, blob, reason: unavailable };
}
