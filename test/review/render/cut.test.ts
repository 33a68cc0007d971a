import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { cutMarkdown, cutText } from "../../../src/review/render/cut.js";

const bytes = (text: string) => Buffer.byteLength(text);
const line = fc.constantFrom(
  "text",
  "äöü 😀😀",
  "```",
  "```py",
  "````",
  "~~~",
  "<details><summary>x</summary>",
  "</details>",
  "",
  "| a | b |",
  "`code`",
);

describe("cutMarkdown", () => {
  test("what fits is left alone", () => {
    expect(cutMarkdown("a\nb", 200)).toBe("a\nb");
  });

  test("the limit holds, and what is kept is a beginning of the text", () => {
    fc.assert(
      fc.property(fc.array(line, { maxLength: 80 }), fc.integer({ min: 200, max: 400 }), (lines, limit) => {
        const text = lines.join("\n");
        const cut = cutMarkdown(text, limit);
        expect(bytes(cut)).toBeLessThanOrEqual(limit);
        if (cut !== text) expect(cut).toContain("(cut: too long for GitHub)");
      }),
    );
  });

  test("an open fence and an open details element are closed, the inner one first", () => {
    const text = `<details><summary>x</summary>\n\n\`\`\`\`py\n\`\`\`\n${"code\n".repeat(100)}\`\`\`\`\n</details>`;
    expect(cutMarkdown(text, 200)).toMatch(/code\n````\n\n<\/details>\n\n\*\(cut: too long for GitHub\)\*$/);
  });

  test("a closed fence is not closed again", () => {
    const text = `\`\`\`\ncode\n\`\`\`\n${"text\n".repeat(100)}`;
    expect(cutMarkdown(text, 200).match(/```/g)?.length).toBe(2);
  });

  test("a first line that is too long is cut inside, before an open code span", () => {
    const cut = cutMarkdown(`some text \`${"x".repeat(500)}\``, 200);
    expect(cut).toBe("some text \n\n*(cut: too long for GitHub)*");
  });

  test("no character is halved", () => {
    for (let limit = 200; limit < 210; limit++) {
      const cut = cutMarkdown("😀".repeat(200), limit);
      expect(cut).not.toMatch(/\p{Cs}|\ufffd/u);
    }
  });
});

test("cutText keeps whole characters", () => {
  expect(cutText("aä😀", 7)).toBe("aä😀");
  expect(cutText("aä😀", 6)).toBe("aä");
  expect(cutText("aä😀", 2)).toBe("a");
  expect(cutText("😀", 3)).toBe("");
});
