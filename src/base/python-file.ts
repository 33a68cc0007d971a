// Which files hold Python code that runs, by their names, and which of them are tests.

/** Modules, scripts and notebooks. */
export function isPythonCode(path: string): boolean {
  return /\.(?:py|pyw|ipynb)$/.test(path);
}

export function isNotebook(path: string): boolean {
  return path.endsWith(".ipynb");
}

/** What is near to Python and is not reviewed, with the reason as a phrase; undefined for everything else. */
export function unreviewedKind(path: string): string | undefined {
  if (path.endsWith(".pyi")) return "is a stub: nothing in it runs";
  return /\.(?:pyx|pxd|pxi)$/.test(path) ? "is Cython, which is not reviewed" : undefined;
}

const TEST_NAME = /(?:^|\/)(?:test_[^/]*|[^/]*_tests?|tests?|conftest)\.py$/i;
const TEST_FRAMEWORK =
  /^\s*(?:import|from)\s+(?:pytest|unittest2?|mock|nose|testtools|hypothesis|twisted\.trial|django\.test|rest_framework\.test|(?:\w+\.)+tests?)\b|^\s*class \w+\(.*TestCase\b/m;

/**
 * Is it a file of tests? It must be called so *and* use what tests use: `speed_test.py` may be a part of the product, and a
 * product that serves tests imports their frameworks.
 */
export function holdsTests(path: string, text: string): boolean {
  return TEST_NAME.test(path) && TEST_FRAMEWORK.test(text);
}
