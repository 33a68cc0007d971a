// The files that a pull request changes, as GitHub lists them.
import type { Listing } from "../base/listing.js";
import { MAX_LISTED_FILES, PAGE_SIZE } from "./limits.js";
import type { Octokit } from "./octokit.js";
import type { PullRequest, RepositoryName } from "./pull-request.js";

export interface ListedChange {
  /** Missing when the file is new. */
  readonly basePath?: string;
  /** Missing when the file is deleted. */
  readonly headPath?: string;
  /** Missing means unknown: the file is binary, or the diff too large for GitHub. */
  readonly patch?: string;
}

/**
 * The files that differ between two revisions, by their contents: all of them, however many. A file that only has
 * another name now is renamed; nothing else is paired.
 */
export function changesBetween(base: Listing, head: Listing): readonly ListedChange[] {
  const before = new Map(base.map((file) => [file.path, file.blob]));
  const after = new Map(head.map((file) => [file.path, file.blob]));
  const gone = new Map(base.flatMap(({ path, blob }) => (after.has(path) ? [] : [[blob, path] as const])));
  const changes: ListedChange[] = [];
  for (const { path, blob } of head) {
    const known = before.get(path);
    if (known === blob) continue;
    const basePath = known === undefined ? gone.get(blob) : path;
    if (known === undefined) gone.delete(blob);
    changes.push({ headPath: path, ...(basePath === undefined ? {} : { basePath }) });
  }
  const renamed = new Set(changes.map(({ basePath }) => basePath));
  const deleted = base.filter(({ path }) => !after.has(path) && !renamed.has(path));
  return [...changes, ...deleted.map(({ path }) => ({ basePath: path }))];
}

export interface ListedChanges {
  readonly changes: readonly ListedChange[];
  /** How many files GitHub did not list. */
  readonly unlisted: number;
}

export async function listChanges(
  octokit: Octokit,
  name: RepositoryName,
  pull: PullRequest,
): Promise<ListedChanges> {
  const files = await octokit.paginate(octokit.rest.pulls.listFiles, {
    ...name,
    pull_number: pull.number,
    per_page: PAGE_SIZE,
  });
  const unlisted = files.length >= MAX_LISTED_FILES ? Math.max(0, pull.changedFiles - files.length) : 0;
  return { changes: files.map(toChange), unlisted };
}

interface FileRow {
  readonly filename: string;
  readonly previous_filename?: string;
  readonly status: string;
  readonly patch?: string;
}

function toChange(row: FileRow): ListedChange {
  const patch = row.patch === undefined ? {} : { patch: row.patch };
  switch (row.status) {
    case "added":
      return { headPath: row.filename, ...patch };
    case "removed":
      return { basePath: row.filename, ...patch };
    default:
      // modified, renamed, copied, changed: both sides exist.
      return { basePath: row.previous_filename ?? row.filename, headPath: row.filename, ...patch };
  }
}
