import { gunzipSync } from "node:zlib";
import { describe, expect } from "vitest";
import { startFakeGitHub } from "./fake-github.js";
import { asInstallation, refusal } from "./octokit.js";
import { test, where } from "./scene.js";

describe("a tree", () => {
  test("is listed recursively, with sizes, links and submodules", async ({ repository, kit }) => {
    const edits = {
      "pkg/a.py": "x\n",
      link: { symlink: "pkg/a.py" },
      vendor: { submodule: "1".repeat(40) },
      run: { executable: "#!" },
    };
    const sha = repository.commit("main", edits, "Kinds");
    const { data } = await kit.rest.git.getTree({ ...where, tree_sha: sha, recursive: "1" });
    const seen = data.tree.map(({ path, mode, type, size }) => [path, mode, type, size]);
    expect(seen).toContainEqual(["pkg", "040000", "tree", undefined]);
    expect(seen).toContainEqual(["pkg/a.py", "100644", "blob", 2]);
    expect(seen).toContainEqual(["link", "120000", "blob", 8]);
    expect(seen).toContainEqual(["run", "100755", "blob", 2]);
    expect(seen).toContainEqual(["vendor", "160000", "commit", undefined]);
    expect(data.truncated).toBe(false);
  });

  test("is not recursive unless asked", async ({ repository, kit }) => {
    const sha = repository.commit("main", { "pkg/a.py": "x\n" }, "Package");
    const { data } = await kit.rest.git.getTree({ ...where, tree_sha: sha });
    expect(data.tree.map(({ path }) => path)).not.toContain("pkg/a.py");
  });

  test("says when it is truncated", async () => {
    const fake = await startFakeGitHub({ limits: { treeEntries: 2 } });
    const repository = fake.createRepository({
      owner: "shop",
      name: "web",
      files: { a: "a", b: "b", c: "c" },
    });
    const kit = await asInstallation(fake, repository);
    const { data } = await kit.rest.git.getTree({ ...where, tree_sha: "main", recursive: "1" });
    expect(data).toMatchObject({ truncated: true, tree: [{ path: "a" }, { path: "b" }] });
    fake.assertFaithful();
    await fake.stop();
  });
});

describe("a blob", () => {
  test("comes in base64, or raw when asked", async ({ repository, kit }) => {
    const bytes = Uint8Array.from(Array.from({ length: 256 }, (_, index) => index));
    const sha = repository.commit("main", { "all.bin": bytes }, "Bytes");
    const tree = await kit.rest.git.getTree({ ...where, tree_sha: sha });
    const file_sha = tree.data.tree.find(({ path }) => path === "all.bin")!.sha;
    const { data } = await kit.rest.git.getBlob({ ...where, file_sha });
    expect(Buffer.from(data.content, "base64")).toEqual(Buffer.from(bytes));
    expect(data.content.split("\n")[0]).toHaveLength(60);
    const raw = await kit.request("GET /repos/{owner}/{repo}/git/blobs/{file_sha}", {
      ...where,
      file_sha,
      headers: { accept: "application/vnd.github.raw+json" },
    });
    expect(String(raw.headers["content-type"])).toContain("raw");
  });

  test("is 404 when there is none, and for a tree", async ({ repository, kit }) => {
    const { data } = await kit.rest.git.getTree({ ...where, tree_sha: repository.sha()! });
    for (const file_sha of ["0".repeat(40), data.sha])
      expect(await refusal(kit.rest.git.getBlob({ ...where, file_sha }))).toMatchObject({ status: 404 });
  });
});

describe("contents", () => {
  test("are a file in base64 at a reference", async ({ repository, pull, kit }) => {
    const content = async (ref: string): Promise<string> => {
      const { data } = await kit.rest.repos.getContent({ ...where, path: "a.py", ref });
      return "content" in data ? Buffer.from(data.content, "base64").toString() : "";
    };
    expect(await content(repository.sha()!)).toContain("\n5\n");
    expect(await content(pull.headSha)).toContain("\nfive\n");
    expect(await content("feature")).toContain("\nfive\n");
  });

  test("are a listing for a folder, and 404 for nothing", async ({ repository, kit }) => {
    repository.commit("main", { "pkg/a.py": "x\n", "pkg/sub/b.py": "y\n" }, "Package");
    const { data } = await kit.rest.repos.getContent({ ...where, path: "pkg" });
    expect(data).toMatchObject([
      { path: "pkg/a.py", type: "file" },
      { path: "pkg/sub", type: "dir" },
    ]);
    const root = await kit.rest.repos.getContent({ ...where, path: "" });
    expect(root.data).toHaveLength(4);
    expect(await refusal(kit.rest.repos.getContent({ ...where, path: "none" }))).toMatchObject({
      status: 404,
    });
    const unknown = kit.rest.repos.getContent({ ...where, path: "pkg", ref: "none" });
    expect(await refusal(unknown)).toMatchObject({ status: 404 });
  });

  test("name the target of a link and the kind of a submodule", async ({ repository, kit }) => {
    repository.commit("main", { link: { symlink: "a.py" }, vendor: { submodule: "1".repeat(40) } }, "Kinds");
    const link = await kit.rest.repos.getContent({ ...where, path: "link" });
    expect(link.data).toMatchObject({ type: "symlink", target: "a.py" });
    const vendor = await kit.rest.repos.getContent({ ...where, path: "vendor" });
    expect(vendor.data).toMatchObject({ type: "submodule", size: 0 });
  });

  test("above 1 MB are empty unless asked for raw", async ({ repository, kit }) => {
    repository.commit("main", { "big.py": "x".repeat(1024 * 1024 + 1) }, "Big");
    const { data } = await kit.rest.repos.getContent({ ...where, path: "big.py" });
    expect(data).toMatchObject({ encoding: "none", content: "", size: 1024 * 1024 + 1 });
    const raw = await kit.rest.repos.getContent({ ...where, path: "big.py", mediaType: { format: "raw" } });
    expect(String(raw.data)).toHaveLength(1024 * 1024 + 1);
  });
});

describe("the tarball", () => {
  test("is a redirect to a gzipped tar of the commit", async ({ pull, kit }) => {
    const { data, status } = await kit.rest.repos.downloadTarballArchive({ ...where, ref: pull.headSha });
    expect(status).toBe(200);
    const tar = gunzipSync(Buffer.from(data as ArrayBuffer)).toString("latin1");
    expect(tar).toContain(`shop-web-${pull.headSha.slice(0, 7)}/added.py`);
    expect(tar).toContain("x = 1\ny = 2\n");
  });

  test("is at an address that is dead after five minutes", async ({ fake, kit }) => {
    const { headers, status } = await kit.request("GET /repos/{owner}/{repo}/tarball/{ref}", {
      ...where,
      ref: "main",
      request: { redirect: "manual" },
    });
    expect(status).toBe(302);
    expect((await fetch(headers.location!)).status).toBe(200);
    fake.advanceClock(5 * 60 * 1000 + 1);
    expect((await fetch(headers.location!)).status).toBe(404);
  });
});

test("a reference names its commit", async ({ repository, kit }) => {
  const { data } = await kit.rest.git.getRef({ ...where, ref: "heads/main" });
  expect(data.object.sha).toBe(repository.sha());
  expect(await refusal(kit.rest.git.getRef({ ...where, ref: "heads/none" }))).toMatchObject({ status: 404 });
});
