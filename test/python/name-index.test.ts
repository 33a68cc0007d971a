import { describe, expect, it } from "vitest";
import { type Cache, noCache } from "../../src/base/source.js";
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

  it.each([
    ["a call of an attribute", "import a\na.b.f(1)\n", true],
    ["a call over two lines", "x = (obj\n  .f\n  (1))\n", true],
    ["a decorator", "from a import d\n@d.f\ndef g(): pass\n", true],
    ["a decorator with arguments", "@f(1)\nclass C: pass\n", true],
    ["a callback", "button.on_click(handler=self.f)\n", true],
    ["a function in a table", "urls = {'x': views.f}\n", true],
    ["a dotted name in a string", "path('x', 'app.views.f')\n", true],
    ["a constant for getattr", "getattr(obj, 'f')()\n", true],
    ["the code in an f-string", "x = f'{obj.f(1)!r}'\n", true],
    ["an import by another name", "from a import (\n  f as g,  # why\n)\n", true],
    ["a function of its own by that name", "def f(): pass\n", false],
    ["words of a docstring", "'''We call f() here.'''\n", false],
    ["a comment, even before a lone carriage return", "# f()\rx = 1\n", false],
    ["a call after a lone carriage return", "# no\rf()\n", true],
    ["a longer name", "ff(); f_(); _f()\n", false],
  ])("takes %s for what may call or not", (_, text, expected) => {
    const index = createNameIndex(treeOf({ "a.py": "def f(): pass\n", "b.py": text }), noCache);
    expect(index.mayCall("f").includes("b.py")).toBe(expected);
  });

  it("follows the names that imports give, from file to file", () => {
    const index = createNameIndex(
      treeOf({
        "a.py": "def f(): pass",
        "b.py": "from a import f as g",
        "c.py": "import b\nb.g()",
        "d.py": "from b import g as h, x as y",
        "e.py": "h()",
        "g.py": "y()",
      }),
      noCache,
    );
    expect(index.mayCall("f")).toEqual(["b.py", "c.py", "d.py", "e.py"]);
    expect(index.mayCall("h")).toEqual(["d.py", "e.py"]);
  });

  it("needs no parser", () => {
    const tree = treeOf({ "a.py": "def f(:\n  )(", "b.py": "$$ f( $$" });
    expect(createNameIndex(tree, noCache).mayCall("f")).toEqual(["b.py"]);
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
