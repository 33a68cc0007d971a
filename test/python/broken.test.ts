import { describe, expect, it } from "vitest";
import { pointAt } from "../../src/base/span.js";
import { createParser } from "../../src/python/parse.js";
import { printed, syntaxOf } from "./print-ast.js";

describe("broken source", () => {
  it("is named with its span", () => {
    const text = "x = 1\ny = $z\n";
    const { unparsed } = syntaxOf(text);
    expect(unparsed.map(({ start, end, reason }) => [text.slice(start, end), reason])).toEqual([
      ["$", "ERROR"],
    ]);
  });

  it("does not take the statements around it along", () => {
    const text =
      "def f():\n    return self.(\n\ndef g():\n    return 2\n\nx = [1, 2\ny = 3\ndef h(): return 4\n";
    expect(printed(text)).toContain("(function name=g body=[(return value=2)])");
  });

  it("keeps the statements that are whole inside an error", () => {
    const text = "def f(x):\n    y = 1\n    z = [\n";
    expect(printed(text)).toContain("(assign targets=[y] value=1)");
    const { unparsed } = syntaxOf(text);
    expect(unparsed.map(({ start, end }) => text.slice(start, end))).toEqual(["def f(x):", "z = ["]);
  });

  it("has an empty name where an attribute's is missing", () => {
    expect(syntaxOf("x = a.\n").unparsed.length).toBeGreaterThan(0);
  });
});

describe("line ends", () => {
  it.each(["\n", "\r\n"])("%j separates statements", (end) => {
    const text = ["def f(x):", "    y = x", "    return y", "z = f(1)", ""].join(end);
    const { body, lineStarts } = syntaxOf(text);
    expect(body.map((statement) => pointAt(lineStarts, statement.start).line)).toEqual([1, 4]);
  });

  it("that are a lone carriage return count as Python reads them, and start no row of a diff", () => {
    const text = "x = 1\ry = 2\nz = 3\r\nw = 4\n";
    const { body, lineStarts } = syntaxOf(text);
    const rows = body.map((statement) => pointAt(lineStarts, statement.start).line);
    expect(body.map((statement) => text.slice(statement.start, statement.end))).toEqual([
      "x = 1",
      "y = 2",
      "z = 3",
      "w = 4",
    ]);
    expect(rows).toEqual([1, 1, 2, 3]);
  });
});

describe("extreme source", () => {
  const parser = createParser();

  it.each([
    ["parentheses", `${"(".repeat(10_000)}1${")".repeat(10_000)}`],
    ["open brackets", "[".repeat(10_000)],
    ["calls", "f(".repeat(10_000) + ")".repeat(10_000)],
    ["attributes", `a${".b".repeat(10_000)}`],
    ["lambdas", `${"lambda: ".repeat(5_000)}1`],
    ["not", `${"not ".repeat(10_000)}1`],
    ["conditionals", `${"a if b else ".repeat(5_000)}c`],
    ["powers", `${"a ** ".repeat(5_000)}b`],
    ["f-strings", 'f"{'.repeat(3_000)],
    ["targets", `${"(".repeat(5_000)}a${")".repeat(5_000)} = 1`],
    ["case patterns", `match x:\n case ${"(".repeat(5_000)}a${")".repeat(5_000)}: pass`],
    ["types", `x: ${"a[".repeat(5_000)}b${"]".repeat(5_000)}`],
    ["blocks", Array.from({ length: 1_000 }, (_, depth) => `${" ".repeat(depth)}if x:`).join("\n")],
  ])("nested deeply (%s) is cut off with a reason, not by the stack", (_, text) => {
    const { unparsed } = syntaxOf(text);
    expect(unparsed.length).toBeGreaterThan(0);
  });

  it("keeps a sum of thousands whole", () => {
    const text = `x = ${Array.from({ length: 20_000 }, () => "a").join(" + ")}`;
    expect(syntaxOf(text).unparsed).toEqual([]);
  });

  it("keeps thousands of `elif` whole", () => {
    const text = `if a: pass\n${"elif b: pass\n".repeat(10_000)}`;
    expect(syntaxOf(text).unparsed).toEqual([]);
  });

  it("over the size limit is not parsed, and says so", () => {
    expect(parser.parse("x = 1\n".repeat(400_000))).toEqual({
      kind: "unparsable",
      reason: "is larger than 2,000,000 characters",
    });
  });
});
