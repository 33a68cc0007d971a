// Pull request -> everything a review starts from, as plain data that can be sent to the process that reviews. File
// contents are in the blob store.
import { decode, MAX_SOURCE_BYTES } from "../base/decode.js";
import type { ListedFile, Listing } from "../base/listing.js";
import { diffTexts } from "../review/diff.js";
import type { Dismissal } from "../review/dismissal.js";
import { parsePatch } from "../review/patch.js";
import type { ChangedFile, Hunk, Omission, PullRef } from "../review/snapshot.js";
import { type ListedChange, type ListedChanges, listChanges } from "./changed-files.js";
import { type Archive, fetchBlobs, isPython } from "./fetch-blobs.js";
import { MAX_LISTED_FILES } from "./limits.js";
import type { PullRequest } from "./pull-request.js";
import { type Revision, readRevision } from "./revision.js";
import type { Source } from "./source.js";

/** A snapshot whose two trees are listings: their contents are in the blob store, or asked for later. */
export interface GatheredPull {
  readonly pull: PullRef;
  readonly base: Listing;
  readonly head: Listing;
  readonly changes: readonly ChangedFile[];
  readonly omissions: readonly Omission[];
  /** See Snapshot. */
  readonly dismissals?: readonly Dismissal[];
  /** The app is new where the pull request is: see policyOf. */
  readonly isNew?: boolean;
}

/**
 * @param mergeBase the commit with which the head is compared
 * @throws RequestError
 */
export async function gatherPull(
  source: Source,
  pull: PullRequest,
  mergeBase: string,
): Promise<GatheredPull> {
  const { octokit, name } = source;
  const listed = await listChanges(octokit, name, pull);
  const changed = listed.changes.flatMap((change) => [change.basePath ?? [], change.headPath ?? []].flat());
  const [base, head] = await Promise.all([
    readRevision(octokit, name, mergeBase, changed),
    readRevision(octokit, name, pull.headSha, changed),
  ]);
  const sides = { base: byPath(base.files), head: byPath(head.files) };
  await fetchChanged(source, listed.changes, sides, [
    { commit: pull.headSha, files: head.files },
    { commit: mergeBase, files: base.files },
  ]);
  return {
    pull: { baseSha: mergeBase, headSha: pull.headSha, repositoryUrl: pull.repositoryUrl },
    base: base.files,
    head: head.files,
    changes: listed.changes.map((change) => withHunks(source, change, sides)),
    omissions: [
      ...unlisted(listed, pull),
      ...linked(listed, head),
      ...submodules(listed, base, head),
      ...base.omissions,
      ...head.omissions,
    ],
  };
}

interface Sides {
  readonly base: ReadonlyMap<string, ListedFile>;
  readonly head: ReadonlyMap<string, ListedFile>;
}

/** The changed Python files of both sides. One that cannot be had is said by the review, which asks again. */
async function fetchChanged(
  source: Source,
  changes: readonly ListedChange[],
  sides: Sides,
  archives: readonly Archive[],
): Promise<void> {
  const files = changes.flatMap((change) => [
    sides.base.get(change.basePath ?? ""),
    sides.head.get(change.headPath ?? ""),
  ]);
  const wanted = files.filter(
    (file) => file !== undefined && isPython(file.path) && file.size <= MAX_SOURCE_BYTES,
  ) as ListedFile[];
  await fetchBlobs(source, wanted, archives);
}

function withHunks(source: Source, change: ListedChange, sides: Sides): ChangedFile {
  const { patch, ...paths } = change;
  return { ...paths, hunks: patch === undefined ? localDiff(source, change, sides) : parsePatch(patch) };
}

/** GitHub's diff is absent: made here from the two contents. None when one of them is not text. */
function localDiff(source: Source, change: ListedChange, sides: Sides): readonly Hunk[] {
  if (!isPython(change.headPath ?? change.basePath ?? "")) return [];
  const base = textOf(source, sides.base.get(change.basePath ?? ""));
  const head = textOf(source, sides.head.get(change.headPath ?? ""));
  return base === undefined || head === undefined ? [] : diffTexts(base, head);
}

/** "" for a file that the side does not have; undefined for one that cannot be read. */
function textOf(source: Source, file: ListedFile | undefined): string | undefined {
  if (file === undefined) return "";
  const bytes = source.blobs.get(file.blob);
  if (bytes === undefined) return undefined;
  const decoded = decode(file.path, file.blob, bytes);
  return decoded.kind === "text" ? decoded.text : undefined;
}

function unlisted(listed: ListedChanges, pull: PullRequest): readonly Omission[] {
  if (listed.unlisted === 0) return [];
  const reason = `GitHub lists ${MAX_LISTED_FILES} of the ${pull.changedFiles} changed files; the others were not reviewed`;
  return [{ path: "", reason }];
}

function linked(listed: ListedChanges, head: Revision): readonly Omission[] {
  const paths = listed.changes.flatMap((change) => change.headPath ?? []);
  return paths
    .filter((path) => isPython(path) && head.links.has(path))
    .map((path) => ({ path, reason: "is a symbolic link" }));
}

function submodules(listed: ListedChanges, base: Revision, head: Revision): readonly Omission[] {
  const paths = new Set(listed.changes.flatMap(({ basePath, headPath }) => headPath ?? basePath ?? []));
  const reason = "is a submodule: what it points to is not reviewed";
  return [...paths]
    .filter((path) => base.submodules.has(path) || head.submodules.has(path))
    .map((path) => ({ path, reason, isByKind: true as const }));
}

function byPath(files: Listing): ReadonlyMap<string, ListedFile> {
  return new Map(files.map((file) => [file.path, file]));
}
