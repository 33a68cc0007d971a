import { describe, expect, it } from "vitest";
import type { Cache } from "../../src/base/source.js";
import { createNameIndex, decodeNames, encodeNames } from "../../src/python/name-index.js";
import { nameUse, scanNames } from "../../src/python/scan-names.js";
import { treeOf } from "./tree.js";

/** "defined called" for one name of a text. */
function usesOf(text: string, name: string): string {
  const uses = scanNames(text).get(name) ?? 0;
  return Object.entries(nameUse)
    .filter(([, bit]) => (uses & bit) !== 0)
    .map(([use]) => use)
    .join(" ");
}

describe("the names of a file", () => {
  it.each([
    ["def f(): pass", "f", "defined"],
    ["class f(A): pass", "f", "defined"],
    ["import a.f", "f", "imported"],
    ["from a import (\n  b,\n  f as g,\n)\nx()", "f", "imported"],
    ["from a import b; f()", "f", "called"],
    ["def g():\n  yield from f()", "f", "called"],
    ["raise A from f(b)", "f", "called"],
    ["x.f (1)", "f", "called"],
    ["g(f)", "f", "mentioned"],
    ["@f\ndef g(): pass", "f", "mentioned"],
    ["getattr(x, 'f')", "f", "mentioned"],
    ["path('a.f')", "f", "mentioned"],
    ["x = 'not f here'", "f", ""],
    ["# f()", "f", ""],
    ["x = '''\nf()\n'''", "f", ""],
    ["x = 'it\\'s f()'\nf()", "f", "called"],
    ["x = f'{f(1)}'", "f", "called"],
    ["x = rb'f()'", "f", ""],
    ["x = 'broken\nf()", "f", "called"],
    ["f()\ng(f)\nfrom a import f", "f", "imported called mentioned"],
    ["return_value = 1", "return", ""],
    ["\u00e9t\u00e9()", "\u00e9t\u00e9", "called"],
  ])("%j uses %s as: %s", (text, name, expected) => {
    expect(usesOf(text, name)).toBe(expected);
  });
});

describe("the index of a revision", () => {
  const files = {
    "a.py": "def f(): pass",
    "b.py": "from a import f\nf()",
    "c.py": "register(f)",
    "d.txt": "f()",
    "e.py": "g()",
  };

  it("says which files define, import, call or mention a name", () => {
    const index = createNameIndex(treeOf(files), { get: () => undefined, put: () => {} });
    expect(index.filesWith("f", "defined")).toEqual(["a.py"]);
    expect(index.filesWith("f", "imported", "called")).toEqual(["b.py"]);
    expect(index.filesWith("f")).toEqual(["a.py", "b.py", "c.py"]);
    expect(index.mayCall("f")).toEqual(["b.py", "c.py"]);
    expect(index.filesWith("nothing")).toEqual([]);
  });

  it("reads a file once, whatever revision it is in", () => {
    const stored = new Map<string, string>();
    const cache: Cache = { get: (key) => stored.get(key), put: (key, value) => void stored.set(key, value) };
    createNameIndex(treeOf(files), cache);
    const unread = { ...treeOf(files), read: () => undefined };
    expect(createNameIndex(unread, cache).mayCall("f")).toEqual(["b.py", "c.py"]);
  });

  it.each(["", "4 f", "99 f\nend", "x\nend", "4\nend"])(
    "reads the file again where its entry is %j",
    (entry) => {
      const index = createNameIndex(treeOf(files), { get: () => entry, put: () => {} });
      expect(index.filesWith("f", "defined")).toEqual(["a.py"]);
    },
  );

  it("keeps names as they were", () => {
    const names = scanNames("def f(x): return g(x)");
    expect(new Map(decodeNames(encodeNames(names)))).toEqual(names);
    expect(decodeNames(encodeNames(new Map()))).toEqual([]);
  });
});
