// What is in a commit: trees, blobs, files, references and the tarball.
import { type Answer, bytes, GitHubError, notFound, ok } from "./http.js";
import type { TreeEntry } from "./repository.js";
import type { Needs, RepositoryCall, Route } from "./router.js";
import { apiUrl, webUrl } from "./shapes/repository.js";
import { fullName, nodeId, type Repository, type World } from "./world.js";

const blobBytes = 100 * 1024 * 1024;

/** GitHub breaks base64 into lines of 60 characters. */
function base64(content: Buffer): string {
  return content.toString("base64").replace(/.{1,60}/g, "$&\n");
}

function getTree({ world, repository, params, url }: RepositoryCall): Answer {
  // Any value switches recursion on, even "0" and "false".
  const tree = repository.git.tree(params.tree_sha!, url.searchParams.has("recursive"));
  if (tree === undefined) throw notFound();
  const api = `${apiUrl(world, repository)}/git`;
  const shown = tree.entries.slice(0, world.limits.treeEntries).map(({ path, mode, type, sha, size }) => ({
    path,
    mode,
    type,
    sha,
    ...(size === undefined ? {} : { size }),
    ...(type === "commit" ? {} : { url: `${api}/${type}s/${sha}` }),
  }));
  const truncated = tree.entries.length > shown.length;
  return ok({ sha: tree.sha, url: `${api}/trees/${tree.sha}`, tree: shown, truncated });
}

function getBlob({ world, repository, params, accept }: RepositoryCall): Answer {
  const sha = params.file_sha!;
  const content = repository.git.blob(sha);
  if (content === undefined) throw notFound();
  if (content.length > blobBytes) throw new GitHubError(403, "This API returns blobs up to 100 MB in size.");
  if (wantsRaw(accept)) return bytes("application/vnd.github.raw+json; charset=utf-8", content);
  const url = `${apiUrl(world, repository)}/git/blobs/${sha}`;
  const id = nodeId("B", Number.parseInt(sha.slice(0, 8), 16));
  return ok({ sha, node_id: id, size: content.length, url, content: base64(content), encoding: "base64" });
}

const wantsRaw = (accept: string): boolean => /\braw\b/.test(accept);

function getContents(call: RepositoryCall): Answer {
  const { world, repository, params, url, accept } = call;
  const ref = url.searchParams.get("ref") ?? repository.defaultBranch;
  const commit = repository.git.resolve(ref);
  if (commit === undefined) throw new GitHubError(404, `No commit found for the ref ${ref}`);
  const path = params.path!.replace(/^\/|\/$/g, "");
  const entry = repository.git.entry(commit, path);
  if (entry === undefined) throw notFound();
  if (entry.type === "tree") {
    const entries = repository.git.tree(entry.sha, false)!.entries.slice(0, 1_000);
    const inside = (child: TreeEntry): TreeEntry => ({
      ...child,
      path: path === "" ? child.path : `${path}/${child.path}`,
    });
    return ok(entries.map((child) => directoryEntry(world, repository, inside(child), ref)));
  }
  const content = entry.type === "blob" ? repository.git.blob(entry.sha)! : Buffer.alloc(0);
  if (content.length > blobBytes) throw new GitHubError(403, "This API returns blobs up to 100 MB in size.");
  if (wantsRaw(accept)) return bytes("application/vnd.github.raw+json; charset=utf-8", content);
  return ok(contentShape(world, repository, entry, ref, content));
}

function kindOf(entry: TreeEntry): "dir" | "submodule" | "symlink" | "file" {
  if (entry.type === "tree") return "dir";
  if (entry.type === "commit") return "submodule";
  return entry.mode === "120000" ? "symlink" : "file";
}

function directoryEntry(world: World, repository: Repository, entry: TreeEntry, ref: string) {
  const encoded = entry.path.split("/").map(encodeURIComponent).join("/");
  const api = apiUrl(world, repository);
  const web = `${webUrl(world, repository)}/blob/${ref}/${encoded}`;
  const self = `${api}/contents/${encoded}?ref=${ref}`;
  const git = `${api}/git/${entry.type}s/${entry.sha}`;
  return {
    // In a listing GitHub calls a submodule a file, for compatibility.
    type: entry.type === "commit" ? "file" : kindOf(entry),
    size: entry.size ?? 0,
    name: entry.path.split("/").at(-1)!,
    path: entry.path,
    sha: entry.sha,
    url: self,
    git_url: git,
    html_url: web,
    download_url: entry.type === "blob" ? web.replace("/blob/", "/raw/") : null,
    _links: { self, git, html: web },
  };
}

function contentShape(world: World, repository: Repository, entry: TreeEntry, ref: string, content: Buffer) {
  const common = { ...directoryEntry(world, repository, entry, ref), type: kindOf(entry) };
  switch (common.type) {
    case "symlink":
      return { ...common, target: content.toString("utf8") };
    case "submodule":
      return { ...common, submodule_git_url: `${webUrl(world, repository)}.git` };
    default:
      return content.length > world.limits.contentBytes
        ? { ...common, encoding: "none", content: "" }
        : { ...common, encoding: "base64", content: base64(content) };
  }
}

function getRef({ world, repository, params }: RepositoryCall): Answer {
  const ref = `refs/${params.ref}`;
  const sha = repository.git.resolve(ref);
  if (sha === undefined) throw notFound();
  const api = `${apiUrl(world, repository)}/git`;
  const object = { type: "commit", sha, url: `${api}/commits/${sha}` };
  return ok({ ref, node_id: nodeId("REF", repository.id), url: `${api}/${ref}`, object });
}

/** Redirects to the address from which anybody who has it may download, for five minutes. */
function getTarball({ world, repository, params }: RepositoryCall): Answer {
  const ref = params.ref! === "" ? repository.defaultBranch : params.ref!;
  const commit = repository.git.resolve(ref);
  if (commit === undefined) throw notFound();
  const expires = world.now().getTime() + 5 * 60 * 1000;
  const location = `${world.url}/codeload/${fullName(repository)}/legacy.tar.gz/${commit}?expires=${expires}`;
  return { status: 302, headers: { location, "content-type": "text/html;charset=utf-8" } };
}

const codeload = /^\/codeload\/([^/]+)\/([^/]+)\/legacy\.tar\.gz\/([0-9a-f]{40})$/;

/** The download host. @returns undefined when `url` is not one of its addresses */
export function download(world: World, url: URL): Answer | undefined {
  const [, owner = "", name = "", commit = ""] = codeload.exec(url.pathname) ?? [];
  const repository = world.repositories.find((one) => fullName(one) === `${owner}/${name}`);
  if (repository === undefined) return undefined;
  if (Number(url.searchParams.get("expires")) < world.now().getTime()) throw notFound();
  return bytes(
    "application/x-gzip",
    repository.git.archive(commit, `${owner}-${name}-${commit.slice(0, 7)}/`),
  );
}

const needs: Needs = { contents: "read" };

export const contentRoutes: readonly Route[] = [
  { operation: "GET /repos/{owner}/{repo}/git/trees/{tree_sha}", as: "repository", needs, handle: getTree },
  { operation: "GET /repos/{owner}/{repo}/git/blobs/{file_sha}", as: "repository", needs, handle: getBlob },
  { operation: "GET /repos/{owner}/{repo}/git/ref/{ref}", as: "repository", needs, handle: getRef },
  { operation: "GET /repos/{owner}/{repo}/contents/{path}", as: "repository", needs, handle: getContents },
  { operation: "GET /repos/{owner}/{repo}/tarball/{ref}", as: "repository", needs, handle: getTarball },
];
