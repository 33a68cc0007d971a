// The syntax table: the named nodes of one module, flat and in preorder, so that depth costs memory and not stack.

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

export function newTable(rows: number): SyntaxTable {
  return {
    kind: new Uint8Array(rows),
    start: new Int32Array(rows),
    end: new Int32Array(rows),
    after: new Int32Array(rows),
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
