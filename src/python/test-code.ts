// Which files are tests. A file's name is taken at its word; a folder called `test` may be a part of the product (test
// plans, test results), so that there the files decide: what this one says, or what stands beside it.
import type { Module } from "./module.js";

const NAME = /(^|\/)(test_[^/]*|[^/]*_tests?|conftest)\.py$/i;
const FOLDER = /(?<=^|\/)(tests?|testing|testsuite|unittests?|fixtures)\//gi;
const FILE = /(^|\/)tests?\.py$/i;
/** What test code says of itself. */
const SAYS =
  /^\s*(import|from)\s+(pytest|unittest|mock|nose|testtools|hypothesis|tests?|django\.test|rest_framework\.test)\b|^\s*(async )?def test|\(\w*TestCase\)/m;

/** Does the file say by its text, in a place that may be one of tests, that it tests? */
export function saysItTests({ path, syntax }: Module): boolean {
  if (NAME.test(path)) return true;
  return (foldersOf(path).length > 0 || FILE.test(path)) && hasTests(syntax);
}

/**
 * Is it a test, or does it lie among tests?
 * @param paths of the revision
 */
export function isTestCode(module: Module, paths: readonly string[]): boolean {
  return saysItTests(module) || isAmongTests(module.path, paths);
}

/** The same by the path alone, for files that nobody has read: a folder of tests is taken at its word. */
export function isCalledTest(path: string): boolean {
  return NAME.test(path) || foldersOf(path).length > 0 || FILE.test(path);
}

/** By syntax: every rule asks again for every body. */
const texts = new WeakMap<Module["syntax"], boolean>();

function hasTests(syntax: Module["syntax"]): boolean {
  const before = texts.get(syntax);
  if (before !== undefined) return before;
  const found = SAYS.test(syntax.text);
  texts.set(syntax, found);
  return found;
}

/**
 * The helpers and data of tests: in `tests/` of the repository, or in a folder of tests in which a file is named as one.
 * Of `plans/test/tests/test_views.py` only the inner folder is.
 */
function isAmongTests(path: string, paths: readonly string[]): boolean {
  const folders = foldersOf(path);
  if (folders.length === 0) return false;
  const withTests = foldersWithTests(paths);
  return folders.some((folder) => folder === "tests/" || withTests.has(folder));
}

/** The folders around `path` that are called so, outermost first: "shop/tests/" of "shop/tests/unit/orders.py". */
function foldersOf(path: string): readonly string[] {
  return [...path.matchAll(FOLDER)].map((match) => path.slice(0, match.index + match[0].length));
}

const known = new WeakMap<readonly string[], ReadonlySet<string>>();

function foldersWithTests(paths: readonly string[]): ReadonlySet<string> {
  const before = known.get(paths);
  if (before) return before;
  const found = new Set(paths.flatMap((path) => (NAME.test(path) ? (foldersOf(path).at(-1) ?? []) : [])));
  known.set(paths, found);
  return found;
}
