// All files of a commit by name and content. One recursive request as a rule; a repository too large for that is
// walked folder by folder, within a bound, and what was left out is said.
import type { ListedFile, Listing } from "../base/listing.js";
import type { Omission } from "../base/omission.js";
import type { Octokit } from "./octokit.js";
import type { RepositoryName } from "./pull-request.js";

export interface Revision {
  readonly files: Listing;
  /** Symbolic links: their content is a path, whatever they are called. */
  readonly links: ReadonlySet<string>;
  readonly submodules: ReadonlySet<string>;
  readonly omissions: readonly Omission[];
}

/** How many folders of one revision may be asked for, at two requests each at most. */
const MAX_FOLDERS = 50;

interface Folder {
  /** "" is the root. */
  readonly path: string;
  readonly sha: string;
}

interface Entry {
  readonly path: string;
  readonly mode: string;
  readonly type: string;
  readonly sha: string;
  readonly size?: number;
}

/** @param interesting paths whose folders are read first when not everything can be */
export async function readRevision(
  octokit: Octokit,
  name: RepositoryName,
  commit: string,
  interesting: readonly string[],
): Promise<Revision> {
  const entries: Entry[] = [];
  let waiting: readonly Folder[] = [{ path: "", sha: commit }];
  for (let read = 0; waiting.length > 0 && read < MAX_FOLDERS; read++) {
    const [folder, ...others] = waiting;
    const found = await readFolder(octokit, name, folder!);
    entries.push(...found.entries);
    waiting = byInterest([...others, ...found.unread], interesting);
  }
  return {
    files: entries.filter(isFile).map(toFile).sort(byPath),
    links: new Set(entries.filter((entry) => entry.mode === LINK).map((entry) => entry.path)),
    submodules: new Set(entries.filter((entry) => entry.type === "commit").map((entry) => entry.path)),
    omissions: waiting.map(({ path }) => ({
      path,
      reason: "is in a repository too large to be listed whole",
    })),
  };
}

/** Everything below `folder`, or its direct content and its subfolders as unread when that is too much for GitHub. */
async function readFolder(octokit: Octokit, name: RepositoryName, folder: Folder) {
  const whole = await readTree(octokit, name, folder, true);
  if (!whole.truncated) return { entries: whole.entries, unread: [] };
  const direct = await readTree(octokit, name, folder, false);
  return { entries: direct.entries, unread: direct.entries.filter((entry) => entry.type === "tree") };
}

async function readTree(octokit: Octokit, name: RepositoryName, folder: Folder, recursive: boolean) {
  const { data } = await octokit.rest.git.getTree({
    ...name,
    tree_sha: folder.sha,
    ...(recursive ? { recursive: "1" } : {}),
  });
  const prefix = folder.path === "" ? "" : `${folder.path}/`;
  const entries = data.tree.map((entry): Entry => ({ ...entry, path: prefix + entry.path }));
  return { truncated: data.truncated, entries };
}

/** Git's mode of a symbolic link. */
const LINK = "120000";

function isFile(entry: Entry): boolean {
  return entry.type === "blob" && entry.mode !== LINK;
}

function toFile(entry: Entry): ListedFile {
  return { path: entry.path, blob: entry.sha, size: entry.size ?? 0 };
}

function byPath(a: ListedFile, b: ListedFile): number {
  if (a.path === b.path) return 0;
  return a.path < b.path ? -1 : 1;
}

/** Folders with interesting files first, otherwise in the given order. */
function byInterest(folders: readonly Folder[], interesting: readonly string[]): readonly Folder[] {
  const holds = (folder: Folder) => interesting.some((path) => path.startsWith(`${folder.path}/`));
  return [...folders.filter(holds), ...folders.filter((folder) => !holds(folder))];
}
