// Files that run beside the product: what is wrong in them harms nobody who uses it.

const BESIDE =
  /(^|\/)(tests?|testing|examples?|samples?|demos?|docs?|benchmarks?|fixtures)\/|(^|\/)(test_[^/]*|[^/]*_tests?|tests?|conftest|setup|noxfile|fabfile)\.py$/i;

/** Tests, examples, documentation, installation. */
export function runsBesideProduct(path: string): boolean {
  return BESIDE.test(path);
}
