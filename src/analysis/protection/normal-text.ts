// Source text without what a formatter changes, so that equal code is equal text.
import type { Range } from "../../base/span.js";
import type { ModuleSyntax } from "../../python/ast.js";

/** The text of `range` without comments, white space, kinds of quotes and commas before a closing bracket. */
export function normalText({ text, comments }: ModuleSyntax, range: Range): string {
  let kept = "";
  let at = range.start;
  for (let index = firstFrom(comments, range.start); index < comments.length; index++) {
    const comment = comments[index]!;
    if (comment.start >= range.end) break;
    kept += text.slice(at, comment.start);
    at = comment.end;
  }
  kept += text.slice(at, range.end);
  return kept
    .replace(/\\\r?\n|\s+/g, "")
    .replace(/\b[uU](?=["'])/g, "")
    .replace(/'/g, '"')
    .replace(/,(?=[)\]}])/g, "");
}

/** The index of the first range that ends after `offset`. */
function firstFrom(ranges: readonly Range[], offset: number): number {
  let low = 0;
  let high = ranges.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (ranges[middle]!.end <= offset) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** The words and signs of a text, as a bag. */
export function bagOf(text: string): ReadonlyMap<string, number> {
  const bag = new Map<string, number>();
  for (const token of text.match(/\w+|[^\w\s]/g) ?? []) bag.set(token, (bag.get(token) ?? 0) + 1);
  return bag;
}

/** How much of the smaller bag the other has too: 0 to 1. */
export function containment(one: ReadonlyMap<string, number>, other: ReadonlyMap<string, number>): number {
  const sizeOf = (bag: ReadonlyMap<string, number>) =>
    [...bag.values()].reduce((sum, count) => sum + count, 0);
  let shared = 0;
  for (const [token, count] of one) shared += Math.min(count, other.get(token) ?? 0);
  return shared / Math.max(1, Math.min(sizeOf(one), sizeOf(other)));
}

/** How much two bags have in common: 0 to 1. */
export function likeness(one: ReadonlyMap<string, number>, other: ReadonlyMap<string, number>): number {
  let shared = 0;
  let total = 0;
  for (const [token, count] of one) {
    shared += Math.min(count, other.get(token) ?? 0);
    total += count;
  }
  for (const count of other.values()) total += count;
  return total === 0 ? 1 : (2 * shared) / total;
}
