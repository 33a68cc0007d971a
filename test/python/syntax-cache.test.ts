import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Cache } from "../../src/base/source.js";
import type { ModuleSyntax, SyntaxNode } from "../../src/python/ast.js";
import { forEachChild } from "../../src/python/children.js";
import type { SyntaxRows } from "../../src/python/lower.js";
import { createParser, type ParsedText } from "../../src/python/parse.js";
import { createModuleCache } from "../../src/python/program.js";
import { decodeSyntax, encodeSyntax, readSyntax } from "../../src/python/syntax-cache.js";
import { print } from "./print-ast.js";
import { mixedTexts, wholeTexts } from "./random-texts.js";
import { programOf } from "./tree.js";

const sample =
  "# one\nimport a.b as c\n\n@d\ndef f(x: int = 1) -> 'y':\n    return f'{x!r}' # two\n\nx = $\n";

function mapCache(): Cache & { readonly entries: Map<string, string> } {
  const entries = new Map<string, string>();
  return { entries, get: (key) => entries.get(key), put: (key, value) => void entries.set(key, value) };
}

const parser = createParser();
/** Must not be asked. */
const idle = { parse: () => ({ kind: "unparsable", reason: "was parsed again" }) as const };

function rowsOf(text: string): ParsedText {
  const parsed = parser.parse(text);
  if (parsed.kind === "unparsable") throw new Error(parsed.reason);
  return parsed;
}

/** The part of a table that is in use, and what is known besides. */
function used({ tree, comments, faults, isAscii, dialect }: SyntaxRows, size = tree.kind.length) {
  const rows = [tree.kind, tree.start, tree.end, tree.after].map((column) =>
    Array.from(column.subarray(0, size)),
  );
  return { rows, comments, faults, isAscii, dialect };
}

/** The tree of `text` as it is read the first time and from then on. */
function readTwice(text: string): readonly [ModuleSyntax, ModuleSyntax] {
  const cache = mapCache();
  const trees = [parser, idle].map((each) => {
    const syntax = readSyntax(each, cache, "b", "a.py", text);
    if ("kind" in syntax) throw new Error(syntax.reason);
    return syntax;
  });
  return [trees[0]!, trees[1]!];
}

/** Kind and place of every node, in order. */
function nodesOf({ body }: ModuleSyntax): readonly string[] {
  const found: string[] = [];
  const visit = (node: SyntaxNode) => {
    found.push(`${node.kind} ${node.start} ${node.end}`);
    forEachChild(node, visit, undefined);
  };
  for (const statement of body) visit(statement);
  return found;
}

describe("stored syntax", () => {
  it("comes back as it was", () => {
    fc.assert(
      fc.property(mixedTexts, (text) => {
        const parsed = rowsOf(text);
        const stored = decodeSyntax(encodeSyntax(parsed, text.length, false), text.length);
        expect(stored && used(stored)).toEqual(used(parsed, parsed.size));
      }),
      { numRuns: 300 },
    );
  });

  it("is printable ASCII", () => {
    const stored = encodeSyntax(rowsOf(sample), sample.length, false);
    expect(stored).toMatch(/^[\n -~]*$/);
  });

  it("is not read for a text of another length", () => {
    const stored = encodeSyntax(rowsOf(sample), sample.length, false);
    expect(decodeSyntax(stored, sample.length + 1)).toBeUndefined();
  });

  it("that is damaged gives nothing, and is made again", () => {
    const stored = encodeSyntax(rowsOf(sample), sample.length, false);
    const damage = fc.record({
      at: fc.nat(stored.length - 1),
      cut: fc.nat(4),
      put: fc.string({ maxLength: 4 }),
    });
    fc.assert(
      fc.property(damage, ({ at, cut, put }) => {
        const damaged = stored.slice(0, at) + put + stored.slice(at + cut);
        return damaged === stored || decodeSyntax(damaged, sample.length) === undefined;
      }),
      { numRuns: 2_000 },
    );
    const cache = mapCache();
    const first = readSyntax(parser, cache, "b", "a.py", sample);
    const [key = ""] = cache.entries.keys();
    const whole = cache.get(key);
    for (const entry of ["", "x", `${whole}0`]) {
      cache.put(key, entry);
      expect(readSyntax(parser, cache, "b", "a.py", sample)).toEqual(first);
      expect(cache.get(key)).toBe(whole);
    }
  });

  it("spares the next review the parser and gives it the same tree, whatever the text", () => {
    fc.assert(
      fc.property(fc.oneof(mixedTexts, wholeTexts), (text) => {
        const [first, second] = readTwice(text);
        expect({ ...second, body: second.body.map(print) }).toEqual({
          ...first,
          body: first.body.map(print),
        });
        expect(nodesOf(second)).toEqual(nodesOf(first));
      }),
      { numRuns: 300 },
    );
  });

  it("gives the body of a function the first time it is read, and the same body from then on", () => {
    const [, syntax] = readTwice("def f():\n    def g(): return 1\n    return g\n");
    const [f] = syntax.body;
    if (f?.kind !== "function") throw new Error("no function");
    const [g] = f.body;
    expect(f.body[0]).toBe(g);
    expect(g?.kind === "function" && g.body).toBe(g?.kind === "function" && g.body);
    const seen: unknown[] = [];
    forEachChild(f, (child) => seen.push(child), undefined);
    expect(seen).toContain(g);
  });

  it("gives the same module with and without", () => {
    const cache = mapCache();
    const syntax = () => programOf({ "a.py": sample }, createModuleCache(cache)).module("a.py")?.syntax;
    const first = syntax();
    expect(cache.entries.size).toBe(1);
    expect(syntax()).toEqual(first);
  });
});
