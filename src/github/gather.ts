// Pull request -> everything a review starts from, as plain data that can be sent to the process that reviews. File
// contents are in the blob store.
import { decode, MAX_SOURCE_BYTES } from "../base/decode.js";
import type { ListedFile, Listing } from "../base/listing.js";
import type { Omission } from "../base/omission.js";
import { diffTexts } from "../review/diff.js";
import type { Dismissal } from "../review/dismissal.js";
import { parsePatch } from "../review/patch.js";
import type { ChangedFile, Hunk, PullRef } from "../review/snapshot.js";
import { changesBetween, type ListedChange, listChanges } from "./changed-files.js";
import { type Archive, fetchBlobs, isPython } from "./fetch-blobs.js";
import { MAX_LISTED_FILES } from "./limits.js";
import type { PullRequest } from "./pull-request.js";
import type { Revision } from "./revision.js";
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
  const { headSha, repositoryUrl } = pull;
  const listed = await listChanges(source.octokit, source.name, pull);
  const paths = listed.changes.flatMap(({ basePath, headPath }) => [basePath ?? [], headPath ?? []].flat());
  const revisions = await readRevisions(source, { baseSha: mergeBase, headSha, repositoryUrl }, paths);
  const changes = listed.unlisted === 0 ? listed.changes : withUnlisted(listed.changes, revisions);
  const gathered = await gather(source, revisions, changes);
  const isWhole = listed.unlisted === 0 || isComplete(revisions);
  return isWhole ? gathered : { ...gathered, omissions: [unlisted(pull), ...gathered.omissions] };
}

/**
 * Two commits as if a pull request brought the one to the other: what a merge queue asks for.
 * @throws RequestError
 */
export async function gatherCommits(source: Source, commits: Required<PullRef>): Promise<GatheredPull> {
  const revisions = await readRevisions(source, commits, []);
  return gather(source, revisions, changesBetween(revisions.base.files, revisions.head.files));
}

interface Revisions {
  readonly commits: PullRef;
  readonly base: Revision;
  readonly head: Revision;
}

async function readRevisions(
  { octokit, name, revisions }: Source,
  commits: PullRef,
  interesting: readonly string[],
): Promise<Revisions> {
  const [base, head] = await Promise.all([
    revisions.read(octokit, name, commits.baseSha, interesting),
    revisions.read(octokit, name, commits.headSha, interesting),
  ]);
  return { commits, base, head };
}

/** GitHub lists no more than so many files; the rest is told by comparing the two revisions. */
function withUnlisted(listed: readonly ListedChange[], { base, head }: Revisions): readonly ListedChange[] {
  const known = new Set(listed.flatMap(({ basePath, headPath }) => [basePath, headPath]));
  const others = changesBetween(base.files, head.files);
  return [...listed, ...others.filter(({ basePath, headPath }) => !known.has(headPath ?? basePath))];
}

function isComplete({ base, head }: Revisions): boolean {
  return base.omissions.length + head.omissions.length === 0;
}

async function gather(
  source: Source,
  revisions: Revisions,
  changes: readonly ListedChange[],
): Promise<GatheredPull> {
  const { commits, base, head } = revisions;
  const sides = { base: byPath(base.files), head: byPath(head.files) };
  await fetchChanged(source, changes, sides, [
    { commit: commits.headSha, files: head.files },
    { commit: commits.baseSha, files: base.files },
  ]);
  return {
    pull: commits,
    base: base.files,
    head: head.files,
    changes: changes.map((change) => withHunks(source, change, sides)),
    omissions: [
      ...linked(changes, head),
      ...submodules(changes, base, head),
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

function unlisted(pull: PullRequest): Omission {
  const reason = `GitHub lists ${MAX_LISTED_FILES} of the ${pull.changedFiles} changed files; some of the others were not reviewed`;
  return { path: "", reason };
}

function linked(changes: readonly ListedChange[], head: Revision): readonly Omission[] {
  const paths = changes.flatMap(({ headPath }) => headPath ?? []);
  return paths
    .filter((path) => isPython(path) && head.links.has(path))
    .map((path) => ({ path, reason: "is a symbolic link" }));
}

function submodules(changes: readonly ListedChange[], base: Revision, head: Revision): readonly Omission[] {
  const paths = new Set(changes.flatMap(({ basePath, headPath }) => headPath ?? basePath ?? []));
  const reason = "is a submodule: what it points to is not reviewed";
  return [...paths]
    .filter((path) => base.submodules.has(path) || head.submodules.has(path))
    .map((path) => ({ path, reason, isByKind: true as const }));
}

function byPath(files: Listing): ReadonlyMap<string, ListedFile> {
  return new Map(files.map((file) => [file.path, file]));
}
