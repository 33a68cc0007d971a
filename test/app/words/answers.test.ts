import { describe, expect, it } from "vitest";
import { HELP, unknownCommand } from "../../../src/app/words/answers.js";

describe("the answer to a word that is no command", () => {
  for (const [word, meant] of [
    ["reveiw", "review"],
    ["dismis", "dismiss"],
    ["fullreview", "full-review"],
    ["unpause", "pause"],
  ] as const) {
    it(`names ${meant} for ${word}`, () => {
      expect(unknownCommand(word)).toContain(`Did you mean \`/hognose ${meant}\`?`);
    });
  }

  it("names the help when nothing is near, and quotes the word as code", () => {
    expect(unknownCommand("@everyone`")).toBe(
      "`` @everyone` `` is not a command. `/hognose help` lists the commands.",
    );
  });
});

it("help names every command", () => {
  for (const name of [
    "review",
    "full-review",
    "explain",
    "dismiss",
    "restore",
    "pause",
    "resume",
    "config",
    "help",
  ]) {
    expect(HELP).toContain(`\`/hognose ${name}`);
  }
});
