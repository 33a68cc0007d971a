// A revision's files by name and content address: all of a source tree but the bytes, plain enough to cross processes.

/** One file of a revision. Links and submodules are not listed: they have no source of their own. */
export interface ListedFile {
  readonly path: string;
  /** Git's blob id, 40 lower-case hex digits. */
  readonly blob: string;
  /** In bytes. */
  readonly size: number;
}

/** The files of one revision, sorted by path in code-unit order. */
export type Listing = readonly ListedFile[];

/** Where blobs are kept by their content address. */
export interface BlobStore {
  has(blob: string): boolean;
  /** The bytes; undefined when they are not there (or no longer whole). */
  get(blob: string): Uint8Array | undefined;
  /**
   * Keeps the bytes if they are the content that `blob` names.
   * @returns false, and keeps nothing, when they are not
   */
  put(blob: string, bytes: Uint8Array): boolean;
}
