import { expect, test } from "vitest";
import { doubts } from "../../../src/app/words/doubt.js";

for (const text of [
  "This is a false positive, the value is a constant.",
  "False-positive!",
  "I think that\u2019s not a bug",
  "It isn't a vulnerability because of the check above",
  "won't fix",
  "By design.",
]) {
  test(`"${text}" doubts the finding`, () => {
    expect(doubts(text)).toBe(true);
  });
}

for (const text of [
  "Good catch, fixed",
  "> This is a false positive\n\nNo, it is not.",
  "Not a problem, I will change it",
  "```\nfalse positive\n```",
]) {
  test(`${JSON.stringify(text)} does not`, () => {
    expect(doubts(text)).toBe(false);
  });
}
