// Where a pull request is read from and into: what every reading step shares.
import type { Logger } from "pino";
import type { BlobStore } from "../base/listing.js";
import type { Octokit } from "./octokit.js";
import type { RepositoryName } from "./pull-request.js";
import type { RevisionCache } from "./revision-cache.js";

export interface Source {
  readonly octokit: Octokit;
  readonly name: RepositoryName;
  readonly blobs: BlobStore;
  readonly revisions: RevisionCache;
  readonly log: Logger;
}

/** Does `work` for every item, at most `width` at a time. The first error ends it. */
export async function forEachAtMost<Item>(
  width: number,
  items: readonly Item[],
  work: (item: Item) => Promise<void>,
): Promise<void> {
  const left = [...items];
  const lane = async () => {
    for (let item = left.shift(); item !== undefined; item = left.shift()) await work(item);
  };
  await Promise.all(Array.from({ length: Math.min(width, items.length) }, lane));
}
