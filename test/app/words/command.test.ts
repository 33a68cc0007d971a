import { describe, expect, it } from "vitest";
import { findCommand } from "../../../src/app/words/command.js";

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

  it("names a finding by the beginning of its fingerprint, plain or as code, in any case", () => {
    expect(findCommand("/hognose explain 1a2b3c4d")).toEqual({ name: "explain", id: "1a2b3c4d" });
    expect(findCommand("/hognose restore `1A2B3C4D`")).toEqual({ name: "restore", id: "1a2b3c4d" });
    expect(findCommand("/hognose explain")).toEqual({ name: "explain" });
  });

  it("does not take a word of a reason for a finding", () => {
    expect(findCommand("/hognose dismiss dead code")).toEqual({ name: "dismiss", reason: "dead code" });
    expect(findCommand("/hognose dismiss decade old")).toEqual({ name: "dismiss", reason: "decade old" });
    expect(findCommand("/hognose dismiss abcdefab old")).toEqual({
      name: "dismiss",
      id: "abcdefab",
      reason: "old",
    });
  });

  const reasons: readonly (readonly [string, string, number | undefined])[] = [
    ["it is a fixture", "it is a fixture", undefined],
    ["it is a fixture, for 30d", "it is a fixture", 30],
    ["for 2 weeks: until the library is out", "until the library is out", 14],
    ["for 6 months waiting for a release", "waiting for a release", 180],
    ["accepted for 1y.", "accepted", 365],
    ["waits for 3 other teams", "waits for 3 other teams", undefined],
    ["for 9999 years", "", undefined],
    ["for 30d", "", 30],
    ["", "", undefined],
  ];
  for (const [written, reason, days] of reasons) {
    it(`understands the reason "${written}"`, () => {
      const expected = { name: "dismiss", id: "1a2b3c4d", reason, ...(days === undefined ? {} : { days }) };
      expect(findCommand(`/hognose dismiss 1a2b3c4d ${written}`)).toEqual(expected);
    });
  }

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
