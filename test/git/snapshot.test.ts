import { rmSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { gitSnapshot } from "../../src/git/snapshot.js";
import type { ChangedFile } from "../../src/review/snapshot.js";
import { Repository, temporaryFolder } from "./repository.js";

let folder: ReturnType<typeof temporaryFolder>;
let repository: Repository;
beforeEach(() => {
  folder = temporaryFolder();
  repository = new Repository(folder.path);
});
afterEach(() => folder.remove());

const numbered = (count: number) =>
  Array.from({ length: count }, (_, index) => `line ${index + 1}\n`).join("");
const shape = (changes: readonly ChangedFile[]) =>
  changes.map((file) => [file.basePath, file.headPath, file.hunks.length]);
const textOf = (file: unknown) => (file as { text?: string } | undefined)?.text;

describe("gitSnapshot", () => {
  test("compares the merge base with the head, not the tip of the base branch", () => {
    const start = repository.commit({ "a.py": "a = 1\n" });
    repository.git("checkout", "-q", "-b", "topic");
    const head = repository.commit({ "b.py": "b = 1\n" });
    repository.git("checkout", "-q", "main");
    repository.commit({ "a.py": "a = 2\n" });
    const { snapshot, notes } = gitSnapshot(folder.path, "main", "topic");
    expect(snapshot.pull).toEqual({ baseSha: start, headSha: head });
    expect(shape(snapshot.changes)).toEqual([[undefined, "b.py", 1]]);
    expect(textOf(snapshot.base.read("a.py"))).toBe("a = 1\n");
    expect(snapshot.base.read("b.py")).toBeUndefined();
    expect(notes).toEqual([]);
  });

  test("names submodules whose commit changes, and diffs notebooks, stubs and the configuration besides modules", () => {
    const commit = (id: string) => {
      repository.git("update-index", "--add", "--cacheinfo", `160000,${id.repeat(40)},lib/sub`);
      repository.git("commit", "-q", "-m", "x");
      return repository.git("rev-parse", "HEAD").trim();
    };
    repository.commit({ "a.py": "a = 1\n" });
    const base = commit("1");
    repository.commit({ "n.ipynb": "{}\n", "s.pyi": "x: int\n", ".hognose.yml": "\n", "t.txt": "\n" });
    const head = commit("2");
    const { changes, omissions } = gitSnapshot(folder.path, base, head).snapshot;
    expect(changes.map(({ headPath }) => headPath).sort()).toEqual([".hognose.yml", "n.ipynb", "s.pyi"]);
    expect(omissions).toMatchObject([{ path: "lib/sub", reason: expect.stringMatching(/^is a submodule/) }]);
  });

  test("knows new, deleted, renamed and modified files, and hunks of one line", () => {
    const text = numbered(20);
    const base = repository.commit({
      "gone.py": "x\n",
      "old.py": text,
      "mod.py": text,
      "same.py": "s\n",
      "t.txt": "t\n",
    });
    const head = repository.commit({
      "gone.py": undefined,
      "old.py": undefined,
      "sub/new name.py": `${text}more\n`,
      "mod.py": text.replace("line 5\n", ""),
      "fresh.py": "f",
      "t.txt": "u\n",
    });
    const { changes } = gitSnapshot(folder.path, base, head).snapshot;
    expect(shape(changes).sort()).toEqual(
      [
        ["gone.py", undefined, 1],
        ["mod.py", "mod.py", 1],
        ["old.py", "sub/new name.py", 1],
        [undefined, "fresh.py", 1],
      ].sort(),
    );
    expect(changes.find((file) => file.headPath === "fresh.py")?.hunks).toEqual([
      {
        baseStart: 0,
        baseCount: 0,
        headStart: 1,
        headCount: 1,
        lines: [{ kind: "added", head: 1, text: "f" }],
      },
    ]);
  });

  test("reads unusual paths", () => {
    const names = ['täb\t"q".py', "back\\slash.py", "line\nbreak.py", " space .py", "-dash.py", "日本.py"];
    const base = repository.commit({});
    const head = repository.commit(Object.fromEntries(names.map((name) => [name, "x\n"])));
    const { snapshot } = gitSnapshot(folder.path, base, head);
    expect(snapshot.changes.map((file) => file.headPath).sort()).toEqual([...names].sort());
    expect(snapshot.head.paths).toEqual([...names].sort());
    for (const name of names) expect(textOf(snapshot.head.read(name))).toBe("x\n");
  });

  test("works in a bare repository, and from a subfolder of a work tree", () => {
    const base = repository.commit({ "pkg/a.py": "a\n" });
    const head = repository.commit({ "b.py": "b\n" });
    repository.git("clone", "-q", "--bare", ".", "bare.git");
    expect(shape(gitSnapshot(join(folder.path, "bare.git"), base, head).snapshot.changes)).toEqual([
      [undefined, "b.py", 1],
    ]);
    expect(shape(gitSnapshot(join(folder.path, "pkg"), base, head).snapshot.changes)).toEqual([
      [undefined, "b.py", 1],
    ]);
  });

  test("the user's git configuration and environment change nothing", () => {
    const base = repository.commit({ "a.py": numbered(20) });
    const head = repository.commit({
      "a.py": numbered(20).replace("line 9\n", "nine\n"),
      ".gitattributes": "*.py -diff\n",
    });
    const before = gitSnapshot(folder.path, base, head).snapshot.changes;
    for (const [name, value] of [
      ["diff.noprefix", "true"],
      ["diff.context", "0"],
      ["color.ui", "always"],
      ["diff.external", "false"],
      ["core.quotePath", "true"],
      ["diff.orderFile", "none"],
    ])
      repository.git("config", name!, value!);
    process.env.GIT_DIR = "/nowhere";
    try {
      expect(gitSnapshot(folder.path, base, head).snapshot.changes).toEqual(before);
    } finally {
      delete process.env.GIT_DIR;
    }
    expect(before[0]?.hunks[0]?.lines.length).toBe(8);
  });

  test("symbolic links and submodules are not files of the tree", () => {
    const base = repository.commit({ "a.py": "a\n" });
    symlinkSync("a.py", join(folder.path, "link.py"));
    repository.git("update-index", "--add", "--cacheinfo", `160000,${base},sub.py`);
    const head = repository.commit({});
    const { snapshot } = gitSnapshot(folder.path, base, head);
    expect(snapshot.head.paths).toEqual(["a.py"]);
    expect(snapshot.head.read("link.py")).toBeUndefined();
  });

  test("an absent blob is named and everything else is read", () => {
    const base = repository.commit({ "a.py": "a\n", "lost.py": "one\n" });
    const head = repository.commit({ "a.py": "b\n", "lost.py": "two\n" });
    const id = repository.git("rev-parse", `${head}:lost.py`);
    rmSync(join(folder.path, ".git/objects", id.slice(0, 2), id.slice(2)));
    const { snapshot } = gitSnapshot(folder.path, base, head);
    expect(shape(snapshot.changes)).toEqual([
      ["a.py", "a.py", 1],
      ["lost.py", "lost.py", 0],
    ]);
    snapshot.head.prefetch?.(["a.py", "lost.py"]);
    expect(snapshot.head.read("lost.py")).toEqual({
      kind: "unreadable",
      path: "lost.py",
      blob: id,
      reason: "is not in the local repository",
    });
    expect(textOf(snapshot.head.read("a.py"))).toBe("b\n");
  });

  test("a partial clone is not completed: what it lacks is named", () => {
    const base = repository.commit({ "a.py": "a\n" });
    const head = repository.commit({ "a.py": "b\n" });
    repository.git("config", "uploadpack.allowFilter", "true");
    const clone = join(folder.path, "partial.git");
    repository.git("clone", "-q", "--bare", "--filter=blob:none", `file://${folder.path}`, clone);
    const { snapshot } = gitSnapshot(clone, base, head);
    expect(shape(snapshot.changes)).toEqual([["a.py", "a.py", 0]]);
    expect(snapshot.head.read("a.py")).toMatchObject({ reason: "is not in the local repository" });
  });

  test("what is not text is unreadable with its reason, and a huge file is not read", () => {
    const base = repository.commit({});
    const head = repository.commit({
      "big.py": "x = 1\n".repeat(1_000_000),
      "bin.py": Buffer.from([1, 0, 2]),
      "latin.py": Buffer.from([0x78, 0x20, 0xe4, 0x0a]),
    });
    const tree = gitSnapshot(folder.path, base, head).snapshot.head;
    const reasons = tree.paths.map((path) => (tree.read(path) as { reason?: string }).reason);
    expect(reasons).toEqual(["is larger than 1 MB", "is binary", "is not UTF-8"]);
  });

  test("equal content has an equal blob id in both trees, and the path of its own tree", () => {
    const base = repository.commit({ "a.py": "same\n" });
    const head = repository.commit({ "a.py": undefined, "b.py": "same\n" });
    const { snapshot } = gitSnapshot(folder.path, base, head);
    expect(snapshot.base.blobOf("a.py")).toBe(snapshot.head.blobOf("b.py"));
    expect(snapshot.base.read("a.py")?.path).toBe("a.py");
    expect(snapshot.head.read("b.py")?.path).toBe("b.py");
    expect(shape(snapshot.changes)).toEqual([["a.py", "b.py", 0]]);
  });

  test("more files than one batch are read", () => {
    const base = repository.commit({});
    const names = Array.from({ length: 1200 }, (_, index) => `f${index}.py`);
    const head = repository.commit(Object.fromEntries(names.map((name) => [name, `${name}\n`])));
    const tree = gitSnapshot(folder.path, base, head).snapshot.head;
    tree.prefetch?.(names);
    for (const name of names) expect(textOf(tree.read(name))).toBe(`${name}\n`);
  });

  test("revisions without a common ancestor are compared directly, and it is said", () => {
    const base = repository.commit({ "a.py": "a\n" });
    repository.git("checkout", "-q", "--orphan", "other");
    const head = repository.commit({ "a.py": "b\n" });
    const { snapshot, notes } = gitSnapshot(folder.path, base, head);
    expect(snapshot.pull.baseSha).toBe(base);
    expect(shape(snapshot.changes)).toEqual([["a.py", "a.py", 1]]);
    expect(notes).toEqual([`${base} and ${head} have no common ancestor; they are compared directly.`]);
  });
});

describe("what cannot be compared", () => {
  test.each([
    ["an unknown revision", "nonsense", "nonsense is not a commit of"],
    ["a revision that looks like an option", "--all", "--all is not a commit of"],
    ["a revision that is no commit", "HEAD:a.py", "HEAD:a.py is not a commit of"],
    ["an empty revision", "", " is not a commit of"],
  ])("%s is named", (_, revision, message) => {
    repository.commit({ "a.py": "a\n" });
    expect(() => gitSnapshot(folder.path, revision, "HEAD")).toThrow(message);
    expect(() => gitSnapshot(folder.path, "HEAD", revision)).toThrow(message);
  });

  test("a folder that is no repository is named, and so is one that is not there", () => {
    const other = temporaryFolder();
    expect(() => gitSnapshot(other.path, "a", "b")).toThrow(`${other.path} is not a git repository`);
    expect(() => gitSnapshot(join(other.path, "x"), "a", "b")).toThrow("x is not a git repository");
    other.remove();
  });

  test("a shallow clone without the common ancestor is an error that says what to do", () => {
    repository.commit({ "a.py": "a\n" });
    repository.git("checkout", "-q", "-b", "topic");
    repository.commit({ "b.py": "b\n" });
    repository.git("checkout", "-q", "main");
    repository.commit({ "c.py": "c\n" });
    const clone = join(folder.path, "shallow");
    repository.git("clone", "-q", "--depth", "1", "--no-single-branch", `file://${folder.path}`, clone);
    expect(() => gitSnapshot(clone, "origin/main", "origin/topic")).toThrow(/shallow clone; fetch more/);
  });
});
