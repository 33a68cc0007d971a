// Source trees as the core sees them: two of them, base and head, read lazily and addressed by content.

/** A file of a revision, decoded. */
export interface SourceFile {
  readonly kind: "text";
  readonly path: string;
  /** Git's blob id (or another hash of the bytes): equal ids mean equal content. */
  readonly blob: string;
  readonly text: string;
}

/** A file that is there but that cannot be analysed; `reason` is a full phrase for the review ("is not UTF-8"). */
export interface UnreadableFile {
  readonly kind: "unreadable";
  readonly path: string;
  readonly blob: string;
  readonly reason: string;
}

/**
 * One revision of a repository. Reading is synchronous and repeatable: the same path always gives the same answer.
 * The shell decides where the bytes come from (git, GitHub, a folder); a tree that is filled on demand records
 * what it could not give, and the shell runs the review again when it has it.
 */
export interface SourceTree {
  /** Every path of the revision, sorted, "/"-separated, without a leading "./". */
  readonly paths: readonly string[];
  /** The content address of `path`, without reading it; undefined when the revision has no such file. */
  blobOf(path: string): string | undefined;
  /** The file; undefined when the revision has no such file. */
  read(path: string): SourceFile | UnreadableFile | undefined;
  /** A hint that these will be read soon, so that an adapter may fetch them together. */
  prefetch?(paths: readonly string[]): void;
}

/** Derived facts kept by content address. Nothing is ever invalidated: a key names its whole input and the engine. */
export interface Cache {
  get(key: string): string | undefined;
  put(key: string, value: string): void;
}

/** The cache that remembers nothing. */
export const noCache: Cache = { get: () => undefined, put: () => {} };
