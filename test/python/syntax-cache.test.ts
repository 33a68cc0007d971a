import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Cache } from "../../src/base/source.js";
import { createParser } from "../../src/python/parse.js";
import { createModuleCache } from "../../src/python/program.js";
import { decodeTable, encodeTable, parseCached } from "../../src/python/syntax-cache.js";
import { programOf } from "./tree.js";

const sample =
  "# one\nimport a.b as c\n\n@d\ndef f(x: int = 1) -> 'y':\n    return f'{x!r}' # two\n\nx = $\n";

function mapCache(): Cache & { readonly entries: Map<string, string> } {
  const entries = new Map<string, string>();
  return { entries, get: (key) => entries.get(key), put: (key, value) => void entries.set(key, value) };
}

function rowsOf(text: string) {
  const parsed = createParser().parse(text);
  if (parsed.kind === "unparsable") throw new Error(parsed.reason);
  return parsed;
}

/** The part of a table that is in use. */
function used({ tree, size, comments, faults, occurs }: ReturnType<typeof rowsOf>) {
  const rows = [tree.kind, tree.start, tree.end, tree.after].map((column) =>
    Array.from(column.subarray(0, size)),
  );
  return { rows, comments, faults, occurs: Array.from(occurs) };
}

describe("stored syntax", () => {
  it("comes back as it was", () => {
    const parsed = rowsOf(sample);
    const decoded = decodeTable(encodeTable(parsed, sample.length), sample.length);
    expect(decoded && used(decoded)).toEqual(used(parsed));
  });

  it("is printable ASCII", () => {
    expect(encodeTable(rowsOf(sample), sample.length)).toMatch(/^[\n -~]*$/);
  });

  it("is not read for a text of another length", () => {
    expect(decodeTable(encodeTable(rowsOf(sample), sample.length), sample.length + 1)).toBeUndefined();
  });

  it("that is damaged gives nothing or a table that is sound, never an exception", () => {
    const stored = encodeTable(rowsOf(sample), sample.length);
    const damage = fc.record({
      at: fc.nat(stored.length - 1),
      cut: fc.nat(4),
      put: fc.string({ maxLength: 4 }),
    });
    fc.assert(
      fc.property(damage, ({ at, cut, put }) => {
        const decoded = decodeTable(stored.slice(0, at) + put + stored.slice(at + cut), sample.length);
        if (decoded === undefined) return true;
        const { kind, end, after } = decoded.tree;
        return (
          kind.every((code) => code > 0) &&
          end.every((to) => to <= sample.length) &&
          after[0] === decoded.size
        );
      }),
      { numRuns: 2_000 },
    );
  });

  it("spares the next review the parser", () => {
    const cache = mapCache();
    const parser = createParser();
    const first = parseCached(parser, cache, "b", sample);
    const idle = { parse: () => ({ kind: "unparsable", reason: "was parsed again" }) as const };
    const second = parseCached(idle, cache, "b", sample);
    expect(first.kind === "parsed" && second.kind === "parsed" && used(second)).toEqual(used(rowsOf(sample)));
  });

  it("gives the same module with and without", () => {
    const cache = mapCache();
    const syntax = () => programOf({ "a.py": sample }, createModuleCache(cache)).module("a.py")?.syntax;
    const first = syntax();
    expect(cache.entries.size).toBe(1);
    expect(syntax()).toEqual(first);
  });
});
