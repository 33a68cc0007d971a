// Rows of a syntax table as digits and back. The bodies of functions can be stepped over and read later:
//
//   module ─ def f(…) ─ block: length │ rows of f's body … def g ─ block: length │ … │ … │ def h(…) ─ block: …
//
import { kindCount, kindOf } from "./kinds.js";
import { type DigitReader, type DigitWriter, readNumber, stepOver } from "./syntax-digits.js";
import {
  type DeferredBlock,
  newTable,
  type PartialTable,
  reachesOut,
  type SyntaxTable,
} from "./syntax-table.js";

const blockKind = kindOf("block");
const functionKind = kindOf("function_definition");
/** Stands for a block whose rows follow with their length. */
const sizedBlock = kindCount;

/** @param defers whether the bodies of functions can be stepped over */
export function writeRows(writer: DigitWriter, tree: SyntaxTable, size: number, defers: boolean): void {
  const { kind, start, end, after } = tree;
  const isBody = defers ? functionBodies(tree, size) : new Uint8Array(size);
  const hidden = hiddenRows(tree, size, isBody);
  writer.number(size - hidden[0]!);
  writeStretch(0, size, 0);

  function writeStretch(from: number, to: number, origin: number): void {
    let previous = origin;
    for (let row = from; row < to; ) {
      writer.number(isBody[row] === 1 ? sizedBlock : kind[row]!);
      writer.number(start[row]! - previous);
      writer.number(end[row]! - start[row]!);
      writer.number(after[row]! - row - 1 - hidden[row]!);
      previous = start[row]!;
      row = isBody[row] === 1 ? writeBody(row) : row + 1;
    }
  }

  /** Returns the row after it. */
  function writeBody(row: number): number {
    writer.number(reachesOut(kind.subarray(row, after[row])) ? 1 : 0);
    writer.sized(() => writeStretch(row + 1, after[row]!, start[row]!));
    return after[row]!;
  }
}

/** By row: is it the block of a function? */
function functionBodies({ kind, after }: SyntaxTable, size: number): Uint8Array {
  const found = new Uint8Array(size);
  for (let row = 0; row < size; row++) {
    if (kind[row] !== functionKind) continue;
    for (let child = row + 1; child < after[row]!; child = after[child]!) {
      if (kind[child] === blockKind) found[child] = 1;
    }
  }
  return found;
}

/** By row: how many of the rows in it lie in bodies that are stepped over when it is read. */
function hiddenRows({ after }: SyntaxTable, size: number, isBody: Uint8Array): Int32Array {
  const hidden = new Int32Array(size);
  for (let row = size - 1; row >= 0; row--) {
    for (let child = row + 1; child < after[row]!; child = after[child]!) {
      hidden[row]! += isBody[child] === 1 ? after[child]! - child - 1 : hidden[child]!;
    }
  }
  return hidden;
}

/** The rows that `writeRows` wrote at `reader`, all but those of bodies. */
export function readRows(reader: DigitReader): PartialTable {
  return readStretch(reader, newTable(readNumber(reader)), 0, 0);
}

/** Fills `tree` from row `first` on. */
function readStretch(reader: DigitReader, tree: SyntaxTable, first: number, origin: number): PartialTable {
  const { kind, start, end, after } = tree;
  let deferred: Map<number, DeferredBlock> | undefined;
  let from = origin;
  for (let row = first; row < kind.length; row++) {
    const each = readNumber(reader);
    from += readNumber(reader);
    kind[row] = each === sizedBlock ? blockKind : each;
    start[row] = from;
    end[row] = from + readNumber(reader);
    const inside = readNumber(reader);
    if (each !== sizedBlock) after[row] = row + 1 + inside;
    else {
      after[row] = row + 1;
      deferred ??= new Map();
      deferred.set(row, readBlock(reader, inside, from, end[row]!));
    }
  }
  return deferred === undefined ? tree : { ...tree, deferred };
}

function readBlock(reader: DigitReader, inside: number, start: number, end: number): DeferredBlock {
  const flag = readNumber(reader);
  const { text } = reader;
  const at = stepOver(reader);
  return {
    reachesOut: flag === 1,
    rows() {
      const tree = newTable(inside + 1);
      tree.kind[0] = blockKind;
      tree.start[0] = start;
      tree.end[0] = end;
      tree.after[0] = inside + 1;
      return readStretch({ text, at }, tree, 1, start);
    },
  };
}
