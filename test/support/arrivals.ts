// Small Python files in Markdown: "# arrives: sql path" on a line says which sink kinds the calls that start on it
// are reached at by untrusted data; a line without the mark is reached by none.
import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { pointAt } from "../../src/base/span.js";
import { openTree } from "../../src/rules/analyse.js";
import { arrivalsIn } from "../../src/rules/arrivals.js";
import { memoryTree } from "./memory-tree.js";

const SECTION = /^## (.+)\n([\s\S]*?)(?=^## |$(?![\s\S]))/gm;
const BLOCK = /^```python (\S+)\n([\s\S]*?)^```$/gm;
const MARK = /#\s*arrives: ([a-z -]+)/;

function expectedIn(path: string, text: string): string[] {
  return text.split("\n").flatMap((line, index) => {
    const kinds = MARK.exec(line)?.[1]?.trim().split(/\s+/) ?? [];
    return kinds.map((kind) => `${path}:${index + 1} ${kind}`);
  });
}

/** One test for each section of each Markdown file in `folder`. */
export function testArrivals(folder: URL): void {
  for (const file of readdirSync(folder).filter((name) => name.endsWith(".md"))) {
    describe(file, () => {
      for (const [, title, section] of readFileSync(new URL(file, folder), "utf8").matchAll(SECTION)) {
        it(title!, () => {
          const files = Object.fromEntries(
            [...section!.matchAll(BLOCK)].map(([, path, text]) => [path!, text!] as const),
          );
          expect(Object.keys(files), "a section holds ```python path blocks").not.toEqual([]);
          const { world, roots } = openTree(memoryTree(files), Object.keys(files));
          const arrived = arrivalsIn(world, roots)
            .filter(({ taint }) => taint.origin.kind === "source")
            .map(({ kind, call }) => {
              const { line } = pointAt(call.syntax.lineStarts, call.node.start);
              return `${call.syntax.path}:${line} ${kind}`;
            });
          const expected = Object.entries(files).flatMap(([path, text]) => expectedIn(path, text));
          expect([...new Set(arrived)].sort()).toEqual(expected.sort());
        });
      }
    });
  }
}
