import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import nock from "nock";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { fetchBlobs } from "../../src/github/fetch-blobs.js";
import { gatherPull } from "../../src/github/gather.js";
import type { PullRequest } from "../../src/github/pull-request.js";
import { readRevision } from "../../src/github/revision.js";
import {
  API,
  blob,
  closeNetwork,
  listed,
  memoryBlobs,
  name,
  octokit,
  REPOSITORY,
  serveBlob,
  source,
  treeEntry,
} from "./api.js";

beforeEach(closeNetwork);
afterEach(closeNetwork);

const HEAD = "a".repeat(40);
const BASE = "b".repeat(40);
const pull: PullRequest = {
  number: 7,
  isOpen: true,
  isMerged: false,
  isDraft: false,
  author: "maria",
  headSha: HEAD,
  baseTip: "c".repeat(40),
  baseBranch: "main",
  changedFiles: 1,
  repositoryUrl: "https://github.com/acme/shop",
};

function serveTree(sha: string, tree: readonly object[], truncated = false, recursive = true): void {
  nock(API)
    .get(`${REPOSITORY}/git/trees/${sha}`)
    .query(recursive ? { recursive: "1" } : {})
    .reply(200, { sha, tree, truncated });
}

describe("a revision", () => {
  it("is its files by name and content, sorted, without links, folders and submodules", async () => {
    serveTree(HEAD, [
      treeEntry("b.py", "b"),
      treeEntry("lib", "folder", "040000"),
      treeEntry("a.py", "a"),
      treeEntry("link.py", "a.py", "120000"),
      { path: "sub", mode: "160000", type: "commit", sha: "d".repeat(40) },
    ]);
    const revision = await readRevision(octokit(), name, HEAD, []);
    expect(revision.files).toEqual([listed("a.py", "a"), listed("b.py", "b")]);
    expect([...revision.links]).toEqual(["link.py"]);
    expect(revision.omissions).toEqual([]);
  });

  it("is read folder by folder when it is too large for one answer", async () => {
    serveTree(HEAD, [], true);
    serveTree(HEAD, [treeEntry("setup.py", "s"), treeEntry("lib", "lib", "040000")], false, false);
    serveTree(blob("lib"), [treeEntry("deep/x.py", "x")]);
    const revision = await readRevision(octokit(), name, HEAD, []);
    expect(revision.files).toEqual([listed("lib/deep/x.py", "x"), listed("setup.py", "s")]);
    expect(nock.isDone()).toBe(true);
  });

  it("says which folders it left out when there are too many, and reads those of the change first", async () => {
    const folders = Array.from({ length: 60 }, (_, n) => treeEntry(`f${n}`, `f${n}`, "040000"));
    serveTree(HEAD, [], true);
    serveTree(HEAD, folders, false, false);
    for (let n = 0; n < 60; n++) serveTree(blob(`f${n}`), [treeEntry("x.py", `x${n}`)]);
    const revision = await readRevision(octokit(), name, HEAD, ["f59/x.py"]);
    expect(revision.files).toContainEqual(listed("f59/x.py", "x59"));
    expect(revision.omissions).toHaveLength(11);
    expect(revision.omissions[0]).toEqual({
      path: "f48",
      reason: "is in a repository too large to be listed whole",
    });
  });
});

describe("fetching blobs", () => {
  it("asks for each missing content once", async () => {
    serveBlob("x = 1\n");
    const at = source();
    const wanted = [listed("a.py", "x = 1\n"), listed("b.py", "x = 1\n")];
    expect((await fetchBlobs(at, wanted, [])).size).toBe(0);
    expect(Buffer.from(at.blobs.get(blob("x = 1\n"))!).toString()).toBe("x = 1\n");
    expect((await fetchBlobs(at, wanted, [])).size).toBe(0);
  });

  it("says what GitHub does not have, and what is not what it asked for", async () => {
    nock(API)
      .get(`${REPOSITORY}/git/blobs/${blob("lost")}`)
      .reply(404, { message: "Not Found" });
    nock(API)
      .get(`${REPOSITORY}/git/blobs/${blob("forged")}`)
      .reply(200, { content: Buffer.from("other").toString("base64"), encoding: "base64" });
    const unavailable = await fetchBlobs(source(), [listed("a.py", "lost"), listed("b.py", "forged")], []);
    expect(Object.fromEntries(unavailable)).toEqual({
      [blob("lost")]: "could not be fetched: GitHub does not have it",
      [blob("forged")]: "could not be fetched: GitHub sent other content",
    });
  });

  const many = Array.from({ length: 13 }, (_, n) => [`lib/m${n}.py`, `x = ${n}\n`] as const);
  const files = many.map(([path, text]) => listed(path, text));

  it("takes one archive when many are missing, and single blobs for what the archive has otherwise", async () => {
    const contents: [string, string][] = [
      ...many.slice(1).map(([path, text]): [string, string] => [path, text]),
    ];
    nock(API)
      .get(`${REPOSITORY}/tarball/${HEAD}`)
      .reply(200, archive([...contents, ["lib/m0.py", "$Format:other$\n"]]), {
        "content-type": "application/gzip",
      });
    serveBlob("x = 0\n");
    const at = source();
    expect((await fetchBlobs(at, files, [{ commit: HEAD, files }])).size).toBe(0);
    for (const file of files) expect(at.blobs.has(file.blob)).toBe(true);
    expect(nock.isDone()).toBe(true);
  });

  it("asks for single blobs when the archive is broken", async () => {
    nock(API)
      .get(`${REPOSITORY}/tarball/${HEAD}`)
      .reply(200, archive([["x", "y"]]).subarray(0, 60), { "content-type": "application/gzip" });
    for (const [, text] of many) serveBlob(text);
    expect((await fetchBlobs(source(), files, [{ commit: HEAD, files }])).size).toBe(0);
    expect(nock.isDone()).toBe(true);
  });
});

describe("gathering a pull request", () => {
  const serveFiles = (files: readonly object[]) =>
    nock(API).get(`${REPOSITORY}/pulls/7/files`).query({ per_page: "100" }).reply(200, files);

  it("keeps GitHub's hunks, and makes them from both contents when GitHub has none", async () => {
    serveFiles([
      { filename: "a.py", status: "modified", patch: "@@ -1 +1 @@\n-x = 1\n+x = 2" },
      { filename: "big.py", status: "modified" },
      { filename: "logo.png", status: "added" },
    ]);
    serveTree(BASE, [treeEntry("a.py", "x = 1\n"), treeEntry("big.py", "y = 1\n")]);
    serveTree(HEAD, [
      treeEntry("a.py", "x = 2\n"),
      treeEntry("big.py", "y = 1\nz = 2\n"),
      treeEntry("logo.png", "png"),
    ]);
    for (const text of ["x = 1\n", "x = 2\n", "y = 1\n", "y = 1\nz = 2\n"]) serveBlob(text);
    const gathered = await gatherPull(source(), pull, BASE);
    expect(gathered.pull).toEqual({
      baseSha: BASE,
      headSha: HEAD,
      repositoryUrl: "https://github.com/acme/shop",
    });
    expect(gathered.changes).toMatchObject([
      { basePath: "a.py", headPath: "a.py", hunks: [{ baseStart: 1, headStart: 1 }] },
      {
        headPath: "big.py",
        hunks: [{ lines: [{ kind: "context" }, { kind: "added", head: 2, text: "z = 2" }] }],
      },
      { headPath: "logo.png", hunks: [] },
    ]);
    expect(gathered.changes[2]).not.toHaveProperty("basePath");
    expect(gathered.omissions).toEqual([]);
  });

  it("names both sides of a rename and one side of a new or deleted file", async () => {
    serveFiles([
      { filename: "new.py", previous_filename: "old.py", status: "renamed" },
      { filename: "gone.py", status: "removed", patch: "@@ -1 +0,0 @@\n-x" },
      { filename: "born.py", status: "added", patch: "@@ -0,0 +1 @@\n+x" },
    ]);
    serveTree(BASE, [treeEntry("old.py", "o"), treeEntry("gone.py", "x")]);
    serveTree(HEAD, [treeEntry("new.py", "o"), treeEntry("born.py", "x")]);
    for (const text of ["o", "x"]) serveBlob(text);
    const { changes } = await gatherPull(source(), pull, BASE);
    expect(changes.map(({ basePath, headPath, hunks }) => [basePath, headPath, hunks.length])).toEqual([
      ["old.py", "new.py", 0],
      ["gone.py", undefined, 1],
      [undefined, "born.py", 1],
    ]);
  });

  it("never asks for a file over the limit", async () => {
    serveFiles([{ filename: "big.py", status: "added" }]);
    serveTree(BASE, []);
    serveTree(HEAD, [{ ...treeEntry("big.py", "big"), size: 5_000_000 }]);
    const { changes } = await gatherPull(source(memoryBlobs()), pull, BASE);
    expect(changes).toEqual([{ headPath: "big.py", hunks: [] }]);
  });

  it("finds by comparing the revisions what GitHub no longer lists", async () => {
    const page = Array.from({ length: 3000 }, (_, n) => ({ filename: `f${n}.txt`, status: "added" }));
    serveFiles(page);
    serveTree(BASE, [treeEntry("old.py", "same"), treeEntry("gone.txt", "g"), treeEntry("kept.py", "k")]);
    serveTree(HEAD, [treeEntry("f1.txt", "f"), treeEntry("new.py", "same"), treeEntry("kept.py", "k")]);
    const huge = { ...pull, changedFiles: 3002 };
    serveBlob("same");
    const { changes, omissions } = await gatherPull(source(), huge, BASE);
    expect(omissions).toEqual([]);
    expect(changes.slice(3000)).toEqual([
      { basePath: "old.py", headPath: "new.py", hunks: [] },
      { basePath: "gone.txt", hunks: [] },
    ]);
  });

  it("says so when neither GitHub's list nor its tree is whole", async () => {
    const page = Array.from({ length: 3000 }, (_, n) => ({ filename: `f${n}.txt`, status: "added" }));
    serveFiles(page);
    const folders = Array.from({ length: 60 }, (_, n) => treeEntry(`f${n}`, `f${n}`, "040000"));
    serveTree(BASE, []);
    serveTree(HEAD, [], true);
    serveTree(HEAD, folders, false, false);
    for (let n = 0; n < 60; n++) serveTree(blob(`f${n}`), []);
    const { omissions } = await gatherPull(source(), { ...pull, changedFiles: 4211 }, BASE);
    expect(omissions[0]).toEqual({
      path: "",
      reason: "GitHub lists 3000 of the 4211 changed files; some of the others were not reviewed",
    });
  });
});

describe("the client", () => {
  it("takes an answer that was cut short for an error, not for an empty answer", async () => {
    nock(API)
      .get(`${REPOSITORY}/git/trees/${HEAD}`)
      .query(true)
      .reply(200, '{"tree": [', { "content-type": "application/json" });
    await expect(readRevision(octokit(), name, HEAD, [])).rejects.toMatchObject({
      status: 500,
      message: "the response was cut short",
    });
  });
});

/** A gzipped archive as GitHub makes it: everything in one folder. */
function archive(contents: readonly (readonly [string, string])[]): Buffer {
  const folder = mkdtempSync(join(tmpdir(), "hognose-archive-"));
  for (const [path, text] of contents) {
    mkdirSync(dirname(join(folder, "acme-shop-abc", path)), { recursive: true });
    writeFileSync(join(folder, "acme-shop-abc", path), text);
  }
  const bytes = execFileSync("tar", ["-C", folder, "-cz", "acme-shop-abc"]);
  rmSync(folder, { recursive: true });
  return bytes;
}
