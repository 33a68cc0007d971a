// Revisions that were read before: a commit never changes, and each push is compared with the same merge base.
import { LRUCache } from "lru-cache";
import type { Octokit } from "./octokit.js";
import type { RepositoryName } from "./pull-request.js";
import { type Revision, readRevision } from "./revision.js";

export interface RevisionCache {
  /** @param interesting paths whose folders are read first when not everything can be @throws RequestError */
  read(
    octokit: Octokit,
    name: RepositoryName,
    commit: string,
    interesting: readonly string[],
  ): Promise<Revision>;
}

/** Files of all revisions that are kept; each takes some 200 bytes. */
const MOST_FILES = 200_000;

export function newRevisionCache(): RevisionCache {
  const kept = new LRUCache<string, Revision>({
    maxSize: MOST_FILES,
    sizeCalculation: ({ files }) => files.length + 1,
  });
  return {
    async read(octokit, name, commit, interesting) {
      const key = `${name.owner}/${name.repo}@${commit}`;
      const known = kept.get(key);
      if (known !== undefined) return known;
      const revision = await readRevision(octokit, name, commit, interesting);
      // What was left out depends on what was interesting.
      if (revision.omissions.length === 0) kept.set(key, revision);
      return revision;
    },
  };
}
