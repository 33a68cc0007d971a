// Names to the words that people read in them: all that is known of code that nobody modelled.

/**
 * The words of an identifier or dotted name, in lower case: "requireAdminUser", "self._require_admin_user" and
 * "REQUIRE_ADMIN_USER" all hold "require", "admin", "user". Digits end a word and belong to it.
 */
export function wordsOf(name: string): readonly string[] {
  return name
    .replace(/([a-z\d])([A-Z])/g, "$1 $2")
    .replace(/([A-Z]+)([A-Z][a-z])/g, "$1 $2")
    .split(/[^A-Za-z\d]+/)
    .filter((word) => word !== "")
    .map((word) => word.toLowerCase());
}

/** What stands behind the last dot of a dotted name: "delete" of "Shop.Order.delete". */
export function lastPart(dotted: string): string {
  return dotted.slice(dotted.lastIndexOf(".") + 1);
}
