import { describe, expect, it } from "vitest";
import { findCommand } from "../../src/app/command.js";

describe("a command in a comment", () => {
  it("counts at the start of any line", () => {
    expect(findCommand("/hognose review")).toEqual({ name: "review" });
    expect(findCommand("Thanks!\r\n\r\n/hognose review\r\n")).toEqual({ name: "review" });
    expect(findCommand("/Hognose REVIEW  please")).toEqual({ name: "review" });
  });

  it("is help without a word, and unknown with another", () => {
    expect(findCommand("/hognose")).toEqual({ name: "help" });
    expect(findCommand("/hognose reveiw")).toEqual({ name: "unknown", word: "reveiw" });
  });

  it("is the first of several", () => {
    expect(findCommand("/hognose help\n/hognose review")).toEqual({ name: "help" });
  });

  const silent: Readonly<Record<string, string>> = {
    "inside a line": "please /hognose review",
    "after spaces": "    /hognose review",
    "as the beginning of another word": "/hognoses review",
    "in a quote": "> /hognose review",
    "in a quote that goes on without its mark": "> he said\n/hognose review",
    "in a fenced block": "```\n/hognose review\n```",
    "in a fenced block with a language": "```sh\n/hognose review\n```",
    "in a block fenced by tildes": "~~~\n/hognose review\n~~~",
    "in a longer fence that holds a shorter one": "````\n```\n/hognose review\n```\n````",
    "in a fence that is never closed": "```\n/hognose review",
    "in an HTML comment": "<!--\n/hognose review\n-->",
    "in inline code": "`/hognose review`",
  };
  for (const [where, body] of Object.entries(silent)) {
    it(`does not count ${where}`, () => {
      expect(findCommand(body)).toBeUndefined();
    });
  }

  it("counts again after a quote, a block or an HTML comment", () => {
    expect(findCommand("> quoted\n\n/hognose review")).toEqual({ name: "review" });
    expect(findCommand("```\ncode\n```\n/hognose review")).toEqual({ name: "review" });
    expect(findCommand("<!-- note -->\n/hognose review")).toEqual({ name: "review" });
  });
});
