// Two revisions of a local repository to a snapshot, as GitHub would make it: from their merge base to the head.

import type { Omission } from "../base/omission.js";
import { parseGitDiff } from "../review/git-diff.js";
import type { ChangedFile, Snapshot } from "../review/snapshot.js";
import { type Blobs, blobsOf } from "./blobs.js";
import { askGit, GitError, git } from "./git.js";
import { commitTree } from "./tree.js";

/** What is diffed: code, what is near to it, and the files of the configuration. */
const ENDINGS = ["py", "pyw", "ipynb", "pyi", "pyx", "pxd", "pxi"];
const NAMES = [".hognose.yml", "pyproject.toml"];
const PATHSPECS = [...ENDINGS.map((ending) => `:(top)*.${ending}`), ...NAMES.map((name) => `:(top)${name}`)];

interface LocalSnapshot {
  readonly snapshot: Snapshot;
  /** What the user is told about how the revisions were compared; full sentences. */
  readonly notes: readonly string[];
}

/**
 * The snapshot from the merge base of `base` and `head` to `head`; both are any revision that git understands.
 * Without a common ancestor the two are compared directly, and a note says so.
 * @throws GitError when there is no repository at `repo`, a revision is unknown, or its history is cut off
 */
export function gitSnapshot(repo: string, base: string, head: string): LocalSnapshot {
  checkRepository(repo);
  const tip = commitId(repo, base);
  const headSha = commitId(repo, head);
  const ancestor = askGit(repo, ["merge-base", tip, headSha]);
  if (ancestor === undefined && askGit(repo, ["rev-parse", "--is-shallow-repository"]) === "true")
    throw new GitError(
      `${base} and ${head} have no common ancestor in this shallow clone; fetch more of its history`,
    );
  const baseSha = ancestor ?? tip;
  const blobs = blobsOf(repo, [baseSha, headSha]);
  const entries = rawChanges(repo, baseSha, headSha);
  return {
    snapshot: {
      pull: { baseSha, headSha },
      base: commitTree(repo, baseSha, blobs),
      head: commitTree(repo, headSha, blobs),
      changes: changesBetween(repo, entries.filter(isDiffed), baseSha, headSha, blobs),
      omissions: entries.filter(({ isSubmodule }) => isSubmodule).map(submodule),
    },
    notes:
      ancestor === undefined
        ? [`${base} and ${head} have no common ancestor; they are compared directly.`]
        : [],
  };
}

/** Git's own words where they say more, for instance that the repository belongs to another user. */
function checkRepository(repo: string): void {
  try {
    git(repo, ["rev-parse", "--git-dir"]);
  } catch (error) {
    if (error instanceof GitError && /not a git repository|cannot change to/.test(error.message))
      throw new GitError(`${repo} is not a git repository`);
    throw error;
  }
}

function commitId(repo: string, revision: string): string {
  const id = askGit(repo, ["rev-parse", "--verify", "--quiet", "--end-of-options", `${revision}^{commit}`]);
  if (id === undefined) throw new GitError(`${revision} is not a commit of ${repo}`);
  return id;
}

/** Files with an absent blob are changes without hunks: reading them says why. Git would refuse the whole diff. */
function changesBetween(
  repo: string,
  entries: readonly RawChange[],
  base: string,
  head: string,
  blobs: Blobs,
): readonly ChangedFile[] {
  const absent = blobs.absent(
    entries.flatMap((entry) => [entry.baseBlob ?? [], entry.headBlob ?? []].flat()),
  );
  const isAbsent = (id: string | undefined) => id !== undefined && absent.has(id);
  const closed = entries.filter((entry) => isAbsent(entry.baseBlob) || isAbsent(entry.headBlob));
  const excluded = closed.map((entry) => `:(top,exclude,literal)${entry.path}`);
  const format = ["-p", "-M", "-U3", "--text", "--no-color", "--no-ext-diff", "--no-textconv"];
  const prefixes = ["--src-prefix=a/", "--dst-prefix=b/"];
  const args = ["diff-tree", "-r", ...format, ...prefixes, base, head, "--", ...PATHSPECS, ...excluded];
  return [...parseGitDiff(git(repo, args).toString("utf8")), ...closed.map(withoutHunks)];
}

/** A file whose mode or content differs; an id is undefined where the side has no regular file. */
interface RawChange {
  readonly path: string;
  readonly baseBlob: string | undefined;
  readonly headBlob: string | undefined;
  /** On either side. */
  readonly isSubmodule: boolean;
}

function isDiffed({ path }: RawChange): boolean {
  return NAMES.includes(path) || ENDINGS.includes(path.slice(path.lastIndexOf(".") + 1));
}

function submodule({ path }: RawChange): Omission {
  return { path, reason: "is a submodule: what it points to is not reviewed", isByKind: true };
}

/** Git's mode of a submodule. */
const SUBMODULE = "160000";

/** Compares trees only, without reading a blob. Prints ":<mode> <mode> <id> <id> <status>\0<path>\0" for each. */
function rawChanges(repo: string, base: string, head: string): readonly RawChange[] {
  const args = ["diff-tree", "-r", "-z", "--raw", "--no-renames", "--no-abbrev", base, head];
  const fields = git(repo, args).toString("utf8").split("\0");
  const changes: RawChange[] = [];
  for (let index = 0; index + 1 < fields.length; index += 2) {
    const [baseMode, headMode, baseId, headId] = fields[index]!.slice(1).split(" ");
    const blob = (mode: string, id: string) => (mode.startsWith("100") ? id : undefined);
    changes.push({
      path: fields[index + 1]!,
      baseBlob: blob(baseMode!, baseId!),
      headBlob: blob(headMode!, headId!),
      isSubmodule: baseMode === SUBMODULE || headMode === SUBMODULE,
    });
  }
  return changes;
}

function withoutHunks({ path, baseBlob, headBlob }: RawChange): ChangedFile {
  return {
    ...(baseBlob === undefined ? {} : { basePath: path }),
    ...(headBlob === undefined ? {} : { headPath: path }),
    hunks: [],
  };
}
