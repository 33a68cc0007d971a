import { describe, expect, it } from "vitest";
import { createModuleCache, createProgram } from "../../src/python/program.js";
import { programOf, treeOf } from "./tree.js";

describe("a program", () => {
  it("reads a module when it is first asked for, and once", () => {
    const tree = treeOf({ "a.py": "x = 1", "b.py": "y = 2" });
    const read: string[] = [];
    const recorded = (path: string) => {
      read.push(path);
      return tree.read(path);
    };
    const program = createProgram({ ...tree, read: recorded });
    expect(read).toEqual([]);
    expect(program.module("a.py")).toBe(program.module("a.py"));
    expect(read).toEqual(["a.py"]);
  });

  it("shares unchanged modules with another revision, and only those", () => {
    const cache = createModuleCache();
    const base = programOf({ "a.py": "x = 1", "b.py": "y = 2" }, cache);
    const head = programOf({ "a.py": "x = 1", "b.py": "y = 3" }, cache);
    expect(head.module("a.py")).toBe(base.module("a.py"));
    expect(head.module("b.py")).not.toBe(base.module("b.py"));
  });

  it("has no module for a file that is not there", () => {
    expect(programOf({}).module("a.py")).toBeUndefined();
    expect(programOf({}).problems()).toEqual([]);
  });

  it.each([
    [
      "prose",
      "Hello there. This is a text, not a program; it has (some) brackets!\nAnd it goes on & on, without end.\n",
    ],
    ["HTML", "<!DOCTYPE html>\n<html><body class='x'><p>Hello, world</p></body></html>\n"],
    [
      "C",
      '#include <stdio.h>\nint main(int argc, char **argv) {\n  printf("%d\\n", argc);\n  return 0;\n}\n',
    ],
    [
      "binary data",
      Array.from({ length: 500 }, (_, index) => String.fromCharCode((index * 7919) % 256)).join(""),
    ],
  ])("names what is no Python: %s", (_, text) => {
    const program = programOf({ "a.py": text, "b.py": "x = 1" });
    expect(program.module("a.py")).toBeUndefined();
    expect(program.problems("a.py")).toEqual([{ kind: "unreadable", path: "a.py", reason: "is not Python" }]);
    expect(program.problems("b.py")).toEqual([]);
  });

  it("finds modules by name from the importing file", () => {
    const program = programOf({ "a/__init__.py": "", "a/b.py": "", "c.py": "" });
    expect(program.modulesNamed("a.b", "c.py").map(({ path, name }) => `${path} ${name}`)).toEqual([
      "a/b.py a.b",
    ]);
    expect(program.modulesNamed("os", "c.py")).toEqual([]);
  });
});
