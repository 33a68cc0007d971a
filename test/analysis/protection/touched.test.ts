import { describe, expect, it } from "vitest";
import { touchedBetween } from "../../../src/analysis/protection/touched.js";
import { createProgram } from "../../../src/python/program.js";
import { openTree } from "../../../src/rules/analyse.js";
import { memoryTree } from "../../support/memory-tree.js";

/** The names of the bodies of `head` that a change of one file touches. */
function touchedIn(base: string, head: string): readonly string[] {
  const [before, after] = [memoryTree({ "a.py": base }), memoryTree({ "a.py": head })];
  const touched = touchedBetween(createProgram(before), createProgram(after), [
    { base: "a.py", head: "a.py" },
  ]);
  const { roots } = openTree(after, ["a.py"]);
  return roots
    .filter((body) => touched.has(body))
    .map(({ name }) => name)
    .sort();
}

const SHOP = `
LIMIT = 10

def price(item):
    return item.price

def total(items):
    return sum(price(each) for each in items)

def label(item):
    return item.label

class Shop:
    def __init__(self, items):
        self.items = items

    def first(self):
        return self.items[0]

    def greet(self):
        return "hello"
`;

describe("what a change touches", () => {
  it("is nothing where only comments, quotes and line breaks differ", () => {
    const broken = SHOP.replace(
      "sum(price(each) for each in items)",
      "sum(\n  price(each)  # net\n  for each in items\n )",
    );
    expect(touchedIn(SHOP, broken)).toEqual([]);
    expect(touchedIn(SHOP, SHOP.replace('"hello"', "'hello'  # kind"))).toEqual([]);
  });

  it("is the function that differs, and what calls it", () => {
    expect(touchedIn(SHOP, SHOP.replace("item.price", "item.net"))).toEqual(["price", "total"]);
  });

  it("is what reads an attribute that is set in another way", () => {
    expect(touchedIn(SHOP, SHOP.replace("self.items = items", "self.items = sorted(items)"))).toEqual([
      "Shop.__init__",
      "Shop.first",
    ]);
  });

  it("is what reads a constant of the module that differs", () => {
    const capped = SHOP.replace("return item.label", "return item.label[:LIMIT]");
    expect(touchedIn(capped, capped.replace("LIMIT = 10", "LIMIT = 20"))).toEqual(["", "label"]);
  });

  it("is every method of a class with another base", () => {
    const names = touchedIn(SHOP, SHOP.replace("class Shop:", "class Shop(Base):"));
    expect(names).toContain("Shop.greet");
    expect(names).not.toContain("label");
  });

  it("is a statement that only stands in another block", () => {
    const base = "def f(a):\n    if a:\n        a()\n    b()\n";
    expect(touchedIn(base, base.replace("    b()", "        b()"))).toEqual(["f"]);
  });

  it("is a function that a new call registers", () => {
    expect(touchedIn(SHOP, `${SHOP}\nregister("/label", label)\n`)).toEqual(["", "label"]);
  });
});
