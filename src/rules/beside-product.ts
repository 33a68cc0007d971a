// Files that run beside the product: what is wrong in them harms nobody who uses it.
import type { Module } from "../python/module.js";
import { isCalledTest, saysItTests } from "../python/test-code.js";

const INSTALLS = /(^|\/)(setup|noxfile|fabfile)\.py$/i;
const SHOWS = /(^|\/)(examples?|samples?|demos?|docs?|benchmarks?)\//i;

/** Examples, documentation, installation: by the path alone. */
export function showsOrInstalls(path: string): boolean {
  return INSTALLS.test(path) || SHOWS.test(path);
}

/** Tests, examples, documentation, installation. */
export function runsBesideProduct(module: Module): boolean {
  return showsOrInstalls(module.path) || saysItTests(module);
}

/** The same by the path alone, for files that nobody has read: a folder of tests is taken at its word. */
export function liesBesideProduct(path: string): boolean {
  return showsOrInstalls(path) || isCalledTest(path);
}
