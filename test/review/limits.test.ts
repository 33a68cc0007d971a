// What the comparison did not look at for its size is said, and the review counts as complete all the same.
import { expect, it } from "vitest";
import { noCache } from "../../src/base/source.js";
import { diffTexts } from "../../src/review/diff.js";
import { review } from "../../src/review/run.js";
import { RULES } from "../../src/rules/registry.js";
import { memoryTree } from "../support/memory-tree.js";

function reviewed(before: string, now: string) {
  const [base, head] = [memoryTree({ "shop/prices.py": before }), memoryTree({ "shop/prices.py": now })];
  const path = "shop/prices.py";
  const changes = [{ basePath: path, headPath: path, hunks: diffTexts(before, now) }];
  const pull = { baseSha: "0".repeat(40), headSha: "1".repeat(40) };
  return review({ pull, base, head, changes, omissions: [] }, RULES, noCache);
}

function table(name: string, word: string): string {
  const rows = Array.from({ length: 210 }, (_, index) => `    prices["${word}${index}"] = ${word}(${index})`);
  return [`def ${name}(prices):`, "    start(prices)", "    open_shop(prices)", ...rows, ""].join("\n");
}

it("names the function in which rewritten lines were too many to compare", () => {
  const { notReviewed, conclusion } = reviewed(table("fill", "apple"), table("fill", "pear"));
  expect(notReviewed).toEqual([
    {
      path: "shop/prices.py",
      reason: "has so many changes in `fill` that rewritten lines were not compared",
      isLimit: true,
    },
  ]);
  expect(conclusion).toBe("success");
});

it("names a file when so many definitions came and went that renamed ones were not looked for", () => {
  const many = (word: string) =>
    Array.from(
      { length: 150 },
      (_, index) => `def ${word}${index}(shop):\n    ${word}(shop)\n    return shop.${word}\n`,
    );
  const { notReviewed } = reviewed(many("sell").join("\n"), many("buy").join("\n"));
  expect(notReviewed.map(({ reason }) => reason)).toContain(
    "is one of so many changed files that renamed definitions were not looked for",
  );
});
