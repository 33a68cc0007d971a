// Positions in source text. Everything below the surface works with offsets; lines and columns are made at the edge.

/** A place in a file. `line` is 1-based; `column` is 0-based and counts UTF-16 code units. */
export interface Point {
  readonly line: number;
  readonly column: number;
}

/** A stretch of one file, end exclusive in its column, inclusive in its line (as an editor would select it). */
export interface Span {
  readonly path: string;
  readonly start: Point;
  readonly end: Point;
}

/** Offsets into one source text, in UTF-16 code units, end exclusive. */
export interface Range {
  readonly start: number;
  readonly end: number;
}

/**
 * The offsets at which the lines of `text` start. A line ends with "\n", as git, GitHub and tree-sitter count lines:
 * the "\r" before it belongs to the line, and a lone one, which ends a line for Python, ends none here.
 * @returns ascending offsets; the first is always 0.
 */
export function lineStarts(text: string): readonly number[] {
  const starts = [0];
  for (let end = text.indexOf("\n"); end >= 0; end = text.indexOf("\n", end + 1)) starts.push(end + 1);
  return starts;
}

/** The point of `offset` (UTF-16 code units from the start of the text), by binary search in `starts`. */
export function pointAt(starts: readonly number[], offset: number): Point {
  let low = 0;
  let high = starts.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (starts[middle]! <= offset) low = middle;
    else high = middle - 1;
  }
  return { line: low + 1, column: offset - starts[low]! };
}
