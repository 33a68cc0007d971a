// Which files hold tests, by their path: they guard nothing, and what they call is no use of the product.
const TESTS = /(^|\/)(tests?|testing|testsuite)(\/|$)|(^|\/)(test_[^/]*|[^/]*_tests?|conftest|tests)\.py$/i;

export function isTest(path: string): boolean {
  return TESTS.test(path);
}
