// A pull request as pure data: the two revisions that matter and the lines between them.
import type { Omission } from "../base/omission.js";
import type { SourceTree } from "../base/source.js";
import type { Dismissal } from "./dismissal.js";

/** A block of changed lines as git prints it. Line numbers are 1-based; a count of 0 means no lines on that side. */
export interface Hunk {
  readonly baseStart: number;
  readonly baseCount: number;
  readonly headStart: number;
  readonly headCount: number;
  /** The lines of the hunk in order, context included: the only places on which GitHub accepts a comment. */
  readonly lines: readonly HunkLine[];
}

/** A line of a hunk. `base` and `head` are its 1-based numbers on the sides on which it exists. */
export type HunkLine =
  | { readonly kind: "context"; readonly base: number; readonly head: number; readonly text: string }
  | { readonly kind: "added"; readonly head: number; readonly text: string }
  | { readonly kind: "deleted"; readonly base: number; readonly text: string };

/** What happened to one file. `basePath` and `headPath` differ after a rename; one is missing when added or deleted. */
export interface ChangedFile {
  readonly basePath?: string;
  readonly headPath?: string;
  readonly hunks: readonly Hunk[];
}

/** Which revisions are compared, and where they can be read by people. */
export interface PullRef {
  /** Merge base of the pull request, never the tip of the base branch. */
  readonly baseSha: string;
  readonly headSha: string;
  /** For instance "https://github.com/owner/name"; absent for a local repository: then nothing is linked. */
  readonly repositoryUrl?: string;
}

export interface Snapshot {
  readonly pull: PullRef;
  readonly base: SourceTree;
  readonly head: SourceTree;
  readonly changes: readonly ChangedFile[];
  /** What the shell could not read at all (an API limit, an absent blob). */
  readonly omissions: readonly Omission[];
  /** What people have set aside, as far as it counts now; nothing when absent. */
  readonly dismissals?: readonly Dismissal[];
}
