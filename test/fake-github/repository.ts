// A real bare git repository in a temporary folder: everything that GitHub knows about commits is asked of git.
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type FileDiff, parseDiff } from "./diff.js";
import { git, gitBytes, gitMaybe } from "./git.js";

/** What a commit does to a file: new text or bytes, a file of another kind, or `null` to delete it. */
export type FileEdit =
  | string
  | Uint8Array
  | { readonly symlink: string }
  | { readonly submodule: string }
  | { readonly executable: string }
  | null;
export type FileEdits = Readonly<Record<string, FileEdit>>;

export interface CommitOptions {
  readonly branch: string;
  readonly edits: FileEdits;
  readonly message: string;
  /** Where the branch is taken from when it does not exist yet, or with `force`: a commit, or a branch. */
  readonly from?: string;
  /** Throw away what the branch had: the commit is put on `from` (or on nothing). */
  readonly force?: boolean;
  readonly author: { readonly name: string; readonly email: string };
  readonly date: Date;
}

export interface TreeEntry {
  readonly mode: string;
  readonly type: "blob" | "tree" | "commit";
  readonly sha: string;
  /** Bytes; only of blobs. */
  readonly size?: number;
  readonly path: string;
}

export interface CommitInfo {
  readonly sha: string;
  readonly tree: string;
  readonly parents: readonly string[];
  readonly author: { readonly name: string; readonly email: string; readonly date: string };
  readonly message: string;
}

/** A bare repository. It owns its folder until {@link GitRepository.remove}. */
export class GitRepository {
  readonly directory = mkdtempSync(join(tmpdir(), "fake-github-"));
  readonly #diffs = new Map<string, readonly FileDiff[]>();

  constructor(defaultBranch: string) {
    git(this.directory, ["init", "--quiet", "--bare", `--initial-branch=${defaultBranch}`]);
  }

  /** @returns the SHA of the new commit, which is the new tip of the branch. */
  commit(options: CommitOptions): string {
    const ref = `refs/heads/${options.branch}`;
    const tip = options.force ? undefined : this.resolve(ref);
    const parent = tip ?? (options.from === undefined ? undefined : this.resolve(options.from));
    if (tip === undefined && options.from !== undefined && parent === undefined)
      throw new Error(`there is no commit ${options.from} to start ${options.branch} from`);
    git(this.directory, ["fast-import", "--quiet", "--force"], fastImport(ref, parent, options));
    return this.resolve(ref)!;
  }

  /** Merges `head` into a branch with a merge commit that takes the tree git finds. @returns its SHA */
  merge(branch: string, head: string, message: string, date: Date): string {
    const base = this.resolve(`refs/heads/${branch}`)!;
    const [tree = ""] = git(this.directory, ["merge-tree", "--write-tree", base, head]).split("\n");
    const stamp = `${Math.floor(date.getTime() / 1000)} +0000`;
    const args = ["commit-tree", tree, "-p", base, "-p", head, "-m", message];
    const sha = git(this.directory, args, undefined, { GIT_AUTHOR_DATE: stamp, GIT_COMMITTER_DATE: stamp });
    this.setRef(`refs/heads/${branch}`, sha);
    return sha;
  }

  /** Points `ref` ("refs/…") to `sha`. */
  setRef(ref: string, sha: string): void {
    git(this.directory, ["update-ref", ref, sha]);
  }

  deleteRef(ref: string): void {
    git(this.directory, ["update-ref", "-d", ref]);
  }

  /** Copies the objects of `ref` of another repository to `as` in this one: how a fork's commits get here. */
  fetchFrom(other: GitRepository, ref: string, as: string): void {
    git(this.directory, ["fetch", "--quiet", "--no-tags", other.directory, `+${ref}:${as}`]);
  }

  /** The commit that a branch, tag, "refs/…" or SHA names; undefined when there is none. */
  resolve(name: string): string | undefined {
    for (const candidate of [name, `refs/heads/${name}`]) {
      const sha = gitMaybe(this.directory, [
        "rev-parse",
        "--verify",
        "--quiet",
        "--end-of-options",
        `${candidate}^{commit}`,
      ]);
      if (sha !== undefined) return sha;
    }
    return undefined;
  }

  /** The best common ancestor; undefined when the two have no common history. */
  mergeBase(a: string, b: string): string | undefined {
    return gitMaybe(this.directory, ["merge-base", a, b]);
  }

  isAncestor(ancestor: string, descendant: string): boolean {
    return gitMaybe(this.directory, ["merge-base", "--is-ancestor", ancestor, descendant]) !== undefined;
  }

  /** SHAs reachable from `to` and not from `from`, oldest first. */
  commitsBetween(from: string, to: string): readonly string[] {
    return git(this.directory, ["rev-list", "--reverse", `${from}..${to}`])
      .split("\n")
      .filter((sha) => sha !== "");
  }

  commitInfo(sha: string): CommitInfo {
    const format = "%H%x00%T%x00%P%x00%an%x00%ae%x00%aI%x00%B";
    const fields = git(this.directory, ["show", "--no-patch", `--format=${format}`, sha]).split("\0");
    const [hash = "", tree = "", parents = "", name = "", email = "", date = "", message = ""] = fields;
    const author = { name, email, date };
    return {
      sha: hash,
      tree,
      parents: parents.split(" ").filter((parent) => parent !== ""),
      author,
      message: message.trim(),
    };
  }

  /** Two-dot difference of two commits, with renames. */
  diff(from: string, to: string): readonly FileDiff[] {
    const key = `${from}..${to}`;
    const known = this.#diffs.get(key);
    if (known !== undefined) return known;
    const options = ["--find-renames", "--full-index", "--no-ext-diff", "--no-textconv", "--no-color"];
    const raw = git(this.directory, ["diff", "--raw", "-z", ...options, from, to]);
    const files = parseDiff(raw, git(this.directory, ["diff", "--patch", ...options, from, to]));
    this.#diffs.set(key, files);
    return files;
  }

  /** The same as one text: what the diff media type returns. */
  diffText(from: string, to: string): string {
    return gitBytes(this.directory, ["diff", "--patch", "--find-renames", from, to]).toString("utf8");
  }

  /** Entries below a tree or commit; undefined when `sha` names neither. */
  tree(sha: string, recursive: boolean): { sha: string; entries: readonly TreeEntry[] } | undefined {
    const tree = this.#treeOf(sha);
    if (tree === undefined) return undefined;
    const flags = recursive ? ["-r", "-t"] : [];
    const lines = git(this.directory, ["ls-tree", "-z", "-l", ...flags, tree]).split("\0");
    return { sha: tree, entries: lines.filter((line) => line !== "").map(treeEntry) };
  }

  #treeOf(name: string): string | undefined {
    for (const candidate of [name, `refs/heads/${name}`]) {
      const tree = gitMaybe(this.directory, [
        "rev-parse",
        "--verify",
        "--quiet",
        "--end-of-options",
        `${candidate}^{tree}`,
      ]);
      if (tree !== undefined) return tree;
    }
    return undefined;
  }

  /** What is at `path` ("" is the root) of a commit; undefined when there is nothing. */
  entry(commit: string, path: string): TreeEntry | undefined {
    if (path === "") return { mode: "040000", type: "tree", sha: this.#treeOf(commit)!, path };
    const line = git(this.directory, ["ls-tree", "-z", "-l", commit, "--", path]).split("\0")[0]!;
    return line === "" ? undefined : treeEntry(line);
  }

  /** The bytes of a blob; undefined when there is no such blob. */
  blob(sha: string): Buffer | undefined {
    if (gitMaybe(this.directory, ["cat-file", "-t", sha]) !== "blob") return undefined;
    return gitBytes(this.directory, ["cat-file", "blob", sha]);
  }

  /** A gzipped tar of the commit, with `prefix` ("name/") before every path. */
  archive(commit: string, prefix: string): Buffer {
    return gitBytes(this.directory, ["archive", "--format=tar.gz", `--prefix=${prefix}`, commit]);
  }

  remove(): void {
    rmSync(this.directory, { recursive: true, force: true });
  }
}

function treeEntry(line: string): TreeEntry {
  const tab = line.indexOf("\t");
  const [mode = "", type = "", sha = "", size = "-"] = line.slice(0, tab).split(/ +/);
  const path = line.slice(tab + 1);
  const kind = type as TreeEntry["type"];
  return { mode, type: kind, sha, ...(size === "-" ? {} : { size: Number(size) }), path };
}

/** The commit in the language of `git fast-import`: one process, whatever the number of files. */
function fastImport(ref: string, parent: string | undefined, options: CommitOptions): Buffer {
  const seconds = Math.floor(options.date.getTime() / 1000);
  const who = `${options.author.name} <${options.author.email}> ${seconds} +0000`;
  const parts: Buffer[] = [];
  const line = (text: string): void => void parts.push(Buffer.from(`${text}\n`));
  const data = (bytes: Uint8Array): void => {
    line(`data ${bytes.length}`);
    parts.push(Buffer.from(bytes));
    line("");
  };
  // Without "from", fast-import would go on from the tip that it finds: a reset makes it forget the branch.
  line(`reset ${ref}`);
  if (parent !== undefined) line(`from ${parent}`);
  line("");
  line(`commit ${ref}`);
  line(`author ${who}`);
  line(`committer ${who}`);
  data(Buffer.from(options.message));
  for (const [path, edit] of Object.entries(options.edits)) {
    const quoted = JSON.stringify(path);
    if (edit === null) line(`D ${quoted}`);
    else if (typeof edit === "object" && "submodule" in edit) line(`M 160000 ${edit.submodule} ${quoted}`);
    else {
      line(`M ${modeOf(edit)} inline ${quoted}`);
      data(bytesOf(edit));
    }
  }
  line("done");
  return Buffer.concat(parts);
}

type BlobEdit = Exclude<FileEdit, null | { readonly submodule: string }>;

function modeOf(edit: BlobEdit): string {
  if (typeof edit === "string" || edit instanceof Uint8Array) return "100644";
  return "symlink" in edit ? "120000" : "100755";
}

function bytesOf(edit: BlobEdit): Uint8Array {
  if (typeof edit === "string") return Buffer.from(edit);
  if (edit instanceof Uint8Array) return edit;
  return Buffer.from("symlink" in edit ? edit.symlink : edit.executable);
}
