// The syntax table: the named nodes of one module, flat and in preorder, so that depth costs memory and not stack.
import { kindOf } from "./kinds.js";

/**
 * One row for each named node; row 0 is the whole module. A row's first child is the row after it, unless `after[row]`
 * is that row; its next sibling is row `after[row]`, unless that is its parent's `after`.
 */
export interface SyntaxTable {
  readonly kind: Uint8Array;
  /** Offsets in UTF-16 code units, end exclusive. */
  readonly start: Int32Array;
  readonly end: Int32Array;
  /** The first row that is not inside this one. */
  readonly after: Int32Array;
}

/** A table in which the blocks of some functions have no rows of their own yet. */
export interface PartialTable extends SyntaxTable {
  readonly deferred?: ReadonlyMap<number, DeferredBlock>;
}

export interface DeferredBlock {
  /** See `reachesOut`. */
  readonly reachesOut: boolean;
  /** The block's own table; its row 0 is the block. */
  rows(): PartialTable;
}

/** One piece of memory for all columns: tables are made by the thousand. */
export function newTable(rows: number): SyntaxTable {
  const memory = new ArrayBuffer(rows * 13);
  return {
    kind: new Uint8Array(memory, rows * 12, rows),
    start: new Int32Array(memory, 0, rows),
    end: new Int32Array(memory, rows * 4, rows),
    after: new Int32Array(memory, rows * 8, rows),
  };
}

/** The same rows with room for twice as many. */
export function grown(table: SyntaxTable): SyntaxTable {
  const larger = newTable(table.kind.length * 2);
  larger.kind.set(table.kind);
  larger.start.set(table.start);
  larger.end.set(table.end);
  larger.after.set(table.after);
  return larger;
}

const outwardKinds = (
  [
    "global_statement",
    "nonlocal_statement",
    "import_statement",
    "import_from_statement",
    "future_import_statement",
  ] as const
).map(kindOf);

/** Does a stretch of rows, given by their kinds, hold a statement that concerns more than its own body? */
export function reachesOut(kinds: Uint8Array): boolean {
  return outwardKinds.some((kind) => kinds.includes(kind));
}
