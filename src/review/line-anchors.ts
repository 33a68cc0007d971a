// Patience diff's anchors: lines that occur exactly once on each side, in the longest order common to both.
import type { Stretch } from "./diff.js";

interface LinePair {
  /** 0-based. */
  readonly base: number;
  /** 0-based. */
  readonly head: number;
}

/** The pairs, ascending on both sides. Lines are numbers; equal lines have equal numbers. */
export function anchorPairs(
  base: readonly number[],
  head: readonly number[],
  stretch: Stretch,
): readonly LinePair[] {
  const inBase = onlyPlaces(base, stretch.baseStart, stretch.baseEnd);
  const inHead = onlyPlaces(head, stretch.headStart, stretch.headEnd);
  const pairs: LinePair[] = [];
  for (const [line, place] of inBase) {
    const other = inHead.get(line);
    if (other !== undefined) pairs.push({ base: place, head: other });
  }
  return longestAscending(pairs.sort((a, b) => a.base - b.base));
}

/** The lines that occur once, with their index. */
function onlyPlaces(lines: readonly number[], start: number, end: number): Map<number, number> {
  const places = new Map<number, number>();
  const repeated = new Set<number>();
  for (let index = start; index < end; index++) {
    const line = lines[index]!;
    if (places.has(line)) repeated.add(line);
    places.set(line, index);
  }
  for (const line of repeated) places.delete(line);
  return places;
}

/** The longest subsequence of `pairs` (ascending in base) that ascends in head too, by patience sorting. */
function longestAscending(pairs: readonly LinePair[]): readonly LinePair[] {
  const before = new Int32Array(pairs.length).fill(-1);
  const tails: number[] = []; // tails[n]: the index of the pair with the smallest head that ends a sequence of n + 1
  pairs.forEach((pair, index) => {
    const length = firstNotBelow(tails, (tail) => pairs[tail]!.head < pair.head);
    if (length > 0) before[index] = tails[length - 1]!;
    tails[length] = index;
  });
  const found: LinePair[] = [];
  for (let index = tails.at(-1) ?? -1; index >= 0; index = before[index]!) found.push(pairs[index]!);
  return found.reverse();
}

/** The first position of `sorted` for which `below` is false, by binary search. */
function firstNotBelow(sorted: readonly number[], below: (value: number) => boolean): number {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (below(sorted[middle]!)) low = middle + 1;
    else high = middle;
  }
  return low;
}
