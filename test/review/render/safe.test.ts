import fc from "fast-check";
import { marked } from "marked";
import { describe, expect, test } from "vitest";
import { code, codeSpans } from "../../../src/base/markdown.js";
import { plainLine, safeCell, safeLine } from "../../../src/review/render/safe.js";

const html = (markdown: string) => marked.parse(markdown, { async: false, gfm: true });
/** Characters that mean something somewhere in GitHub's Markdown. */
const hostile = fc
  .array(
    fc.constantFrom(
      "`",
      "``",
      "<",
      ">",
      "&",
      "[",
      "]",
      "(",
      ")",
      "!",
      "*",
      "_",
      "~~",
      "|",
      "\\",
      "#1",
      "@user",
      "$x$",
      "a",
      " ",
      "\n",
      "- ",
      "1. ",
      "https://x.y",
      "www.x.y",
      "<!-- ",
      " -->",
      "</details>",
      "&lt;",
      "GH-1",
      "=",
      "\u202e",
    ),
    { maxLength: 25 },
  )
  .map((parts) => parts.join(""));

describe("code", () => {
  test.each([
    ["a", "`a`"],
    ["a`b", "``a`b``"],
    ["`a`", "`` `a` ``"],
    ["a ``` b", "```` a ``` b ````".replace("```` a", "````a").replace("b ````", "b````")],
    ["two\n  lines", "`two lines`"],
  ])("quotes %j", (text, markdown) => expect(code(text)).toBe(markdown));

  test("whatever it quotes is read back as one code span", () => {
    fc.assert(
      fc.property(hostile, (text) => {
        const flat = text.replace(/\s+/g, " ").trim();
        fc.pre(flat !== "");
        expect(codeSpans(code(text))).toEqual([{ kind: "code", text: flat }]);
      }),
    );
  });
});

describe("safeLine", () => {
  test("keeps code spans and text as they are", () => {
    expect(safeLine('This query is built from `request.args["name"]`.')).toBe(
      'This query is built from `request.args["name"]`.',
    );
  });

  test("no HTML, link, image, emphasis or list comes of a message", () => {
    expect(html(safeLine("<img src=x> [a](javascript:b) ![c](d) **e**"))).toBe(
      "<p>&lt;img src=x&gt; [a](javascript:b) ![c](d) **e**</p>\n",
    );
    expect(html(safeLine("- a"))).toBe("<p>- a</p>\n");
    expect(html(safeLine("1. a"))).toBe("<p>1. a</p>\n");
  });

  test("mentions, references and links are quoted", () => {
    expect(safeLine("ask @team/sec about #12, GH-3 and https://x.y")).toBe(
      "ask `@team/sec` about `#12,` `GH-3` and `https://x.y`",
    );
  });

  test("characters that reorder or hide text are gone", () => {
    expect(safeLine("a\u202eb\u0007c")).toBe("a b c");
  });

  test("a very long message is cut", () => {
    expect(safeLine("x".repeat(10_000)).length).toBeLessThan(2100);
  });

  test("two code spans beside each other stay two", () => {
    expect(html(safeLine("``a www.x.y`=``GH-1"))).toBe("<p><code>a www.x.y`=</code> <code>GH-1</code></p>\n");
  });

  test("whatever it holds, only paragraphs and code are rendered", () => {
    fc.assert(
      fc.property(hostile, (text) => {
        const tags = new Set([...html(safeLine(text)).matchAll(/<\/?([a-z]+)/g)].map((match) => match[1]));
        tags.delete("p");
        tags.delete("code");
        expect([...tags]).toEqual([]);
      }),
      { numRuns: 2000 },
    );
  });

  test("in a table it stays one cell", () => {
    fc.assert(
      fc.property(hostile, (text) => {
        const table = html(`| a | b |\n|---|---|\n| ${safeCell(text)} | last |`);
        expect(table.match(/<td>/g)?.length).toBe(2);
        expect(table).toContain("<td>last</td>");
      }),
      { numRuns: 1000 },
    );
  });
});

test("plainLine takes the markup off", () => {
  expect(plainLine("Use ``a`b`` and\n`c`.")).toBe("Use a`b and c.");
});
