// Where GitHub stops, in one place.
/** Numbers at which GitHub stops; smaller ones make a test of a limit cheap. Sources: GitHub's REST documentation. */
export interface Limits {
  /** Rows of `GET pulls/{n}/files`. */
  readonly pullFiles: number;
  /** Files and lines above which the diff media type answers 406. */
  readonly diffFiles: number;
  readonly diffLines: number;
  /** Bytes above which a file of a diff comes without its patch. */
  readonly patchBytes: number;
  /** Entries of a recursive tree before it is truncated. */
  readonly treeEntries: number;
  /** Bytes above which the contents API has no content unless asked for raw. */
  readonly contentBytes: number;
  /** Requests per installation and hour. */
  readonly requestsPerHour: number;
}

export const githubLimits: Limits = {
  pullFiles: 3_000,
  diffFiles: 300,
  diffLines: 20_000,
  patchBytes: 500 * 1024,
  treeEntries: 100_000,
  contentBytes: 1024 * 1024,
  requestsPerHour: 5_000,
};
