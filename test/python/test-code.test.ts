import { describe, expect, it } from "vitest";
import { isCalledTest, isTestCode } from "../../src/python/test-code.js";
import { programOf } from "./tree.js";

/** Is the first of `files` test code among the others? */
function judged(files: Readonly<Record<string, string>>): boolean {
  const program = programOf(files);
  const [path] = Object.keys(files);
  return isTestCode(program.module(path!)!, program.tree.paths);
}

describe("test code", () => {
  it("is a file that is named as a test, wherever it lies", () => {
    expect(judged({ "shop/test_orders.py": "x = 1" })).toBe(true);
    expect(judged({ "shop/orders_test.py": "x = 1" })).toBe(true);
  });

  it("is a file in a folder of tests that says so", () => {
    expect(judged({ "shop/test/orders.py": "import pytest" })).toBe(true);
  });

  it("is what lies in a folder in which a file is named as a test, at any depth", () => {
    expect(judged({ "shop/test/data/rows.py": "x = 1", "shop/test/unit/test_a.py": "" })).toBe(true);
  });

  it("is all of `tests` in the repository", () => {
    expect(judged({ "tests/rows.py": "x = 1" })).toBe(true);
  });

  it("is not a package of the product that is only called so, even with tests of its own", () => {
    expect(judged({ "lab/test/plans.py": "x = 1" })).toBe(false);
    expect(judged({ "lab/test/plans.py": "x = 1", "lab/test/tests/test_plans.py": "" })).toBe(false);
  });

  it("is a folder of that name where nobody reads the files", () => {
    expect(isCalledTest("lab/test/plans.py")).toBe(true);
    expect(isCalledTest("lab/attest/plans.py")).toBe(false);
  });
});
