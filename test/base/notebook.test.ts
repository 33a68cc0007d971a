import { describe, expect, test } from "vitest";
import { decode } from "../../src/base/decode.js";
import { notebookText } from "../../src/base/notebook.js";

/** As nbformat writes it: one line of JSON for each line of code. */
const notebook = (cells: readonly object[], metadata: object = {}) =>
  `${JSON.stringify({ cells, metadata, nbformat: 4, nbformat_minor: 5 }, null, 1)}\n`;
const cell = (...source: string[]) => ({ cell_type: "code", metadata: {}, outputs: [], source });
/** The lines with code, with their numbers. */
const codeOf = (json: string) => {
  const read = notebookText(json);
  if (read.kind !== "text") return read.reason;
  expect(read.text.split("\n")).toHaveLength(json.split("\n").length);
  return read.text.split("\n").flatMap((text, index) => (text === "" ? [] : [[index + 1, text]]));
};
const lineWith = (json: string, text: string) =>
  json.split("\n").findIndex((line) => line.includes(text)) + 1;

describe("a notebook", () => {
  test("is its code, each line where the file has it, quotes and escapes undone", () => {
    const json = notebook([
      { cell_type: "markdown", metadata: {}, source: ["import nothing\n"] },
      cell('name = "a\\n"\n', "print(name)"),
      cell("x = 1\n", "\n", "y = 'ä'\n"),
    ]);
    expect(codeOf(json)).toEqual([
      [lineWith(json, "name ="), 'name = "a\\n"'],
      [lineWith(json, "print(name)"), "print(name)"],
      [lineWith(json, "x = 1"), "x = 1"],
      [lineWith(json, "y = "), "y = 'ä'"],
    ]);
  });

  test("has no magics, but the blocks and names that they are in", () => {
    const read = (...lines: string[]) => {
      const code = codeOf(notebook([cell(...lines.map((line) => `${line}\n`))]));
      return typeof code === "string" ? code : code.map(([, text]) => text);
    };
    expect(read("%matplotlib inline", "!pip install x", "import os", "os?")).toEqual([
      "pass",
      "pass",
      "import os",
      "pass",
    ]);
    expect(read("if x:", "    !ls {x}", "files = !ls", "n = a % b", "t = %timeit -o f()")).toEqual([
      "if x:",
      "    pass",
      "files = None",
      "n = a % b",
      "t = None",
    ]);
    expect(read("%%bash", "rm -rf $HOME")).toEqual([]);
    expect(read("%%time", "f()")).toEqual(["pass", "f()"]);
    expect(read("!ls \\", "  -l", "f()")).toEqual(["pass", "f()"]);
  });

  test("of another language has no Python", () => {
    const r = { language_info: { name: "R" } };
    expect(codeOf(notebook([cell("x <- 1\n")], r))).toEqual([]);
    expect(codeOf(notebook([cell("x = 1\n")], { kernelspec: { language: "python" } }))).toHaveLength(1);
  });

  test("whose code has no lines of its own in the file is not read, and says so", () => {
    const whole = { cell_type: "code", source: "a = 1\nb = 2" };
    expect(codeOf(notebook([whole]))).toContain("does not stand on lines of its own");
    const minified = JSON.stringify({ cells: [cell("a = 1\n", "b = 2\n")], metadata: {} });
    expect(codeOf(minified)).toContain("does not stand on lines of its own");
    expect(codeOf(notebook([{ cell_type: "code", source: "a = 1" }]))).toHaveLength(1);
    expect(codeOf('{"worksheets": []}')).toContain("old format");
    expect(codeOf("print(1)")).toContain("is not a notebook");
  });

  test("is told by its name, and that by Git LFS is still a pointer", () => {
    const bytes = (text: string) => new TextEncoder().encode(text);
    const json = notebook([cell("x = 1\n")]);
    expect(decode("a.ipynb", "b", bytes(json))).toMatchObject({
      kind: "text",
      text: expect.stringMatching(/^\s+x = 1\s+$/),
    });
    expect(decode("a.json", "b", bytes(json))).toMatchObject({ text: json });
    const pointer = "version https://git-lfs.github.com/spec/v1\noid sha256:1\n";
    expect(decode("a.ipynb", "b", bytes(pointer))).toMatchObject({
      reason: expect.stringContaining("LFS"),
    });
  });
});
