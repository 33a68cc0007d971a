import { chmodSync, mkdirSync, symlinkSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { folderSnapshot } from "../../src/git/folder.js";
import { temporaryFolder } from "./repository.js";

let folder: ReturnType<typeof temporaryFolder>;
beforeEach(() => {
  folder = temporaryFolder();
});
afterEach(() => folder.remove());

function write(files: Readonly<Record<string, string | Buffer>>): void {
  for (const [name, content] of Object.entries(files)) {
    const path = join(folder.path, name);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, content);
  }
}
const scanned = (...paths: string[]) =>
  folderSnapshot(paths, folder.path).changes.map((file) => file.headPath);

describe("folderSnapshot", () => {
  test("every line of every Python file is new", () => {
    write({ "a.py": "x = 1\ny = 2\n", "b.txt": "no\n" });
    const snapshot = folderSnapshot(["."], folder.path);
    expect(snapshot.changes.map((file) => [file.basePath, file.headPath])).toEqual([[undefined, "a.py"]]);
    expect(snapshot.changes[0]?.hunks).toEqual([
      {
        baseStart: 0,
        baseCount: 0,
        headStart: 1,
        headCount: 2,
        lines: [
          { kind: "added", head: 1, text: "x = 1" },
          { kind: "added", head: 2, text: "y = 2" },
        ],
      },
    ]);
    expect(snapshot.base.paths).toEqual([]);
  });

  test("files are named as the path was typed", () => {
    write({ "src/pkg/a.py": "x\n" });
    expect(scanned("src")).toEqual(["src/pkg/a.py"]);
    expect(scanned("./src/")).toEqual(["src/pkg/a.py"]);
    expect(scanned("src/pkg/a.py")).toEqual(["src/pkg/a.py"]);
    expect(scanned("src/../src")).toEqual(["src/../src/pkg/a.py"]);
    expect(scanned(join(folder.path, "src"))).toEqual([join(folder.path, "src/pkg/a.py")]);
    expect(folderSnapshot([".."], join(folder.path, "src")).changes[0]?.headPath).toBe("../src/pkg/a.py");
  });

  test("a file given twice is reviewed once", () => {
    write({ "src/a.py": "x\n" });
    expect(scanned("src", "src/a.py", ".")).toEqual(["src/a.py"]);
  });

  test(".git, node_modules and virtual environments are skipped, nothing else is", () => {
    write({
      ".git/hooks/a.py": "x\n",
      "node_modules/m/a.py": "x\n",
      "env/pyvenv.cfg": "home = /usr\n",
      "env/lib/a.py": "x\n",
      ".hidden/a.py": "x\n",
      "build/a.py": "x\n",
      ".gitignore": "build\n",
    });
    expect(scanned(".")).toEqual([".hidden/a.py", "build/a.py"]);
  });

  test("symbolic links below the folder are not followed", () => {
    write({ "in/a.py": "x\n", "out/secret.py": "x\n" });
    symlinkSync("../out/secret.py", join(folder.path, "in/link.py"));
    symlinkSync("../out", join(folder.path, "in/folder"));
    symlinkSync(".", join(folder.path, "in/loop"));
    expect(scanned("in")).toEqual(["in/a.py"]);
  });

  test("the project around a scanned file can be read but is not reviewed", () => {
    write({ "pyproject.toml": "", "pkg/a.py": "a\n", "pkg/b.py": "b\n", "other/c.py": "c\n" });
    const { head, changes } = folderSnapshot(["pkg/a.py"], folder.path);
    expect(changes.map((file) => file.headPath)).toEqual(["pkg/a.py"]);
    expect(head.paths).toEqual(["other/c.py", "pkg/a.py", "pkg/b.py"]);
    expect(head.read("pkg/b.py")).toMatchObject({ kind: "text", path: "pkg/b.py", text: "b\n" });
  });

  test("the blob id is git's", () => {
    write({ "a.py": "hello\n" });
    const { head } = folderSnapshot(["a.py"], folder.path);
    expect(head.blobOf("a.py")).toBe("ce013625030ba8dba906f756967f9e9ca394464a");
    expect(head.blobOf("b.py")).toBeUndefined();
  });

  test("what cannot be read is said, and the rest is there", () => {
    write({ "big.py": "x = 1\n".repeat(1_000_000), "latin.py": Buffer.from([0xe4]), "ok.py": "x\n" });
    const { head, changes } = folderSnapshot(["."], folder.path);
    const reasons = head.paths.map((path) => (head.read(path) as { reason?: string }).reason);
    expect(reasons).toEqual(["is larger than 1 MB", "is not UTF-8", undefined]);
    expect(changes.find((file) => file.headPath === "latin.py")?.hunks).toEqual([]);
  });

  test("a folder that cannot be opened is named", () => {
    write({ "closed/a.py": "x\n", "ok.py": "x\n" });
    chmodSync(join(folder.path, "closed"), 0);
    const snapshot = folderSnapshot(["."], folder.path);
    chmodSync(join(folder.path, "closed"), 0o755);
    // The superuser opens everything.
    const expected = process.getuid?.() === 0 ? [] : [{ path: "closed", reason: "cannot be read (EACCES)" }];
    expect(snapshot.omissions).toEqual(expected);
  });

  test("a path that does not exist or is not Python is an error that names it", () => {
    write({ "a.txt": "x\n" });
    expect(() => scanned("nowhere")).toThrow("nowhere does not exist");
    expect(() => scanned("a.txt")).toThrow("a.txt is not a Python file");
  });
});
