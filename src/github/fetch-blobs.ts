// Content by its id into the blob store: one by one when few are missing, by one archive per revision when many are.
import { MAX_SOURCE_BYTES } from "../base/decode.js";
import type { ListedFile, Listing } from "../base/listing.js";
import { isPythonCode } from "../base/python-file.js";
import { isGone } from "./failure.js";
import { forEachAtMost, type Source } from "./source.js";
import { fetchTarball } from "./tarball.js";

/** A revision whose archive may be asked for. */
export interface Archive {
  readonly commit: string;
  readonly files: Listing;
}

/** More missing blobs than this are worth archives. */
const FEW_BLOBS = 12;
/** An archive that brings no more than this is not worth its size. */
const FEW_IN_ARCHIVE = 6;
/** Most blobs that are asked for one by one. */
const MANY_BLOBS = 300;
const AT_ONCE = 8;

/** Why a blob could not be had, as a phrase for the review. */
type Unavailable = ReadonlyMap<string, string>;

/**
 * @returns the blobs of `wanted` that could not be had, with the reason
 * @throws RequestError when GitHub fails, but for single blobs that are not there
 */
export async function fetchBlobs(
  source: Source,
  wanted: readonly ListedFile[],
  archives: readonly Archive[],
): Promise<Unavailable> {
  let missing = onlyMissing(source, wanted);
  const isMany = missing.length > FEW_BLOBS;
  for (const archive of isMany ? byUse(archives, missing) : []) {
    if (usesOf(archive, missing) <= FEW_IN_ARCHIVE) break;
    await unpack(source, archive);
    missing = onlyMissing(source, missing);
  }
  const unavailable = new Map<string, string>();
  for (const file of missing.slice(MANY_BLOBS)) unavailable.set(file.blob, "was not fetched: too many files");
  await forEachAtMost(AT_ONCE, missing.slice(0, MANY_BLOBS), async (file) => {
    const reason = await fetchBlob(source, file);
    if (reason !== undefined) unavailable.set(file.blob, reason);
  });
  return unavailable;
}

/** One of each content that the store does not have whole. */
function onlyMissing(source: Source, files: readonly ListedFile[]): readonly ListedFile[] {
  const byBlob = new Map(files.map((file) => [file.blob, file]));
  return [...byBlob.values()].filter((file) => source.blobs.get(file.blob) === undefined);
}

/** The most useful first. */
function byUse(archives: readonly Archive[], missing: readonly ListedFile[]): readonly Archive[] {
  return [...archives].sort((a, b) => usesOf(b, missing) - usesOf(a, missing));
}

/** How many of `missing` the archive holds. */
function usesOf(archive: Archive, missing: readonly ListedFile[]): number {
  const held = new Set(archive.files.map((file) => file.blob));
  return missing.filter((file) => held.has(file.blob)).length;
}

/** Keeps all Python files of the archive: the review is likely to ask for more of them. */
async function unpack(source: Source, archive: Archive): Promise<void> {
  const files = archive.files.filter((file) => isPython(file.path) && file.size <= MAX_SOURCE_BYTES);
  try {
    await fetchTarball(source, archive.commit, new Map(files.map((file) => [file.path, file])));
  } catch (error) {
    // Only a shortcut: what it did not bring is asked for one by one, and says what is wrong.
    source.log.warn({ err: error, commit: archive.commit }, "the archive could not be read");
  }
}

async function fetchBlob(source: Source, file: ListedFile): Promise<string | undefined> {
  try {
    const { data } = await source.octokit.rest.git.getBlob({ ...source.name, file_sha: file.blob });
    const kept = source.blobs.put(file.blob, Buffer.from(data.content, "base64"));
    return kept ? undefined : "could not be fetched: GitHub sent other content";
  } catch (error) {
    if (isGone(error)) return "could not be fetched: GitHub does not have it";
    throw error;
  }
}

export function isPython(path: string): boolean {
  return isPythonCode(path) || path.endsWith(".pyi");
}
