import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { lineStarts, pointAt } from "../../src/base/span.js";

/** The line of each mark "#n" of `text`, in order. */
function linesOfMarks(text: string): readonly number[] {
  const starts = lineStarts(text);
  return [...text.matchAll(/#/g)].map(({ index }) => pointAt(starts, index).line);
}

describe("the lines of a text", () => {
  it.each([
    ["#\n#\n#", [1, 2, 3]],
    ["#\r\n#\r\n#", [1, 2, 3]],
    ["#\r#\r#\n#", [1, 1, 1, 2]],
    ["#\n\r#\n\r\n#", [1, 2, 4]],
    ["#\f#\v#\u2028#\u0085#\n#", [1, 1, 1, 1, 1, 2]],
    ["", []],
  ])("of %j are those that end with a line feed", (text, expected) => {
    expect(linesOfMarks(text)).toEqual(expected);
  });

  it("have the numbers that git gives them", () => {
    const text = "a = 1\r\nb = 2\rc = 3\n\r\nd = 4\r\n";
    const folder = mkdtempSync(join(tmpdir(), "lines-"));
    writeFileSync(join(folder, "a.py"), text);
    const found = execFileSync("git", ["grep", "--no-index", "-n", "-o", "[a-d] ="], { cwd: folder });
    rmSync(folder, { recursive: true });
    const byGit = [...found.toString().matchAll(/^a\.py:(\d+):([a-d]) =/gm)];
    const here = byGit.map(([, , name]) => pointAt(lineStarts(text), text.indexOf(`${name} =`)).line);
    expect(byGit.map(([, line]) => Number(line))).toEqual([1, 2, 2, 4]);
    expect(here).toEqual([1, 2, 2, 4]);
  });

  it("hold every offset once", () => {
    const text = fc.array(fc.constantFrom("a", "\n", "\r", "\r\n", "\u00e9"), { maxLength: 30 });
    fc.assert(
      fc.property(text, (parts) => {
        const joined = parts.join("");
        const starts = lineStarts(joined);
        for (let offset = 0; offset <= joined.length; offset++) {
          const { line, column } = pointAt(starts, offset);
          expect(starts[line - 1]! + column).toBe(offset);
          expect(column).toBe(offset - (joined.slice(0, offset).lastIndexOf("\n") + 1));
        }
      }),
    );
  });
});
