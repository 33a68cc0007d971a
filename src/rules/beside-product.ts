// Files that run beside the product: what is wrong in them harms nobody who uses it.
import type { Module } from "../python/module.js";

const TEST_NAME = /(^|\/)(test_[^/]*|[^/]*_tests?|conftest|setup|noxfile|fabfile)\.py$/i;
const TEST_FOLDER = /(^|\/)((tests?|testing|fixtures)\/|tests?\.py$)/i;
const SHOWS = /(^|\/)(examples?|samples?|demos?|docs?|benchmarks?)\//i;
/** What test code says of itself; a folder may be called so for other reasons. */
const TESTS =
  /^\s*(import|from)\s+(pytest|unittest|mock|nose|testtools|hypothesis|tests?|django\.test|rest_framework\.test)\b|^\s*(async )?def test|\(\w*TestCase\)/m;

/** Tests, examples, documentation, installation. */
export function runsBesideProduct({ path, syntax }: Module): boolean {
  if (TEST_NAME.test(path) || SHOWS.test(path)) return true;
  return TEST_FOLDER.test(path) && saysItTests(syntax);
}

/** The same by the path alone, for files that nobody has read: a folder of tests is taken at its word. */
export function liesBesideProduct(path: string): boolean {
  return TEST_NAME.test(path) || SHOWS.test(path) || TEST_FOLDER.test(path);
}

/** By syntax: every rule asks again for every body. */
const known = new WeakMap<Module["syntax"], boolean>();

function saysItTests(syntax: Module["syntax"]): boolean {
  const before = known.get(syntax);
  if (before !== undefined) return before;
  const found = TESTS.test(syntax.text);
  known.set(syntax, found);
  return found;
}
