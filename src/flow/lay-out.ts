// From drafts to a CFG: empty blocks are skipped, blocks are numbered in source order, the unreachable are marked.
import { assertNever } from "../base/assert.js";
import { type BlockWriter, type DraftBlock, ENTRY, type Label, RAISED, RETURNED } from "./block-writer.js";
import type { Block } from "./cfg.js";
import { forEachTarget } from "./edges.js";
import type { Terminator } from "./instruction.js";

const DROPPED = 0;
const UNREACHABLE = 1;
const REACHABLE = 2;

/**
 * The final blocks: the entry first, the block of `return` last but one, that of unhandled exceptions last.
 * Changes the drafts' terminators in place.
 * @throws when a label was jumped to and never placed: a bug of the builder.
 */
export function layOut(writer: BlockWriter): readonly Block[] {
  const destinations = skipEmptyBlocks(writer.drafts);
  const fates = decideFates(writer, destinations);
  const order = writer.placed.filter((label) => fates[label] !== DROPPED);
  order.push(RETURNED, RAISED);
  const numbers = new Int32Array(writer.drafts.length).fill(-1);
  order.forEach((label, index) => {
    numbers[label] = index;
  });
  const numberOf = (label: Label): number => numbers[destinations[label]!]!;
  return order.map((label, id) => {
    const draft = writer.drafts[label]!;
    const handler = numberOf(draft.handler);
    return {
      id,
      instructions: draft.instructions,
      terminator: retarget(terminatorOf(draft), numberOf),
      handler: handler === -1 ? numbers[RAISED]! : handler,
      mayRaise: draft.mayRaise,
      reachable: fates[label] === REACHABLE,
    };
  });
}

/** For each label the first block on the way from it that does something. An endless empty loop is one block. */
function skipEmptyBlocks(drafts: readonly DraftBlock[]): Int32Array {
  const destinations = new Int32Array(drafts.length).fill(UNKNOWN);
  const path: Label[] = [];
  for (let label = 0; label < drafts.length; label++) {
    let at = label;
    for (let next = skipped(drafts[at]!); next !== undefined && destinations[at] === UNKNOWN; ) {
      destinations[at] = ON_PATH;
      path.push(at);
      at = next;
      next = skipped(drafts[at]!);
    }
    if (destinations[at]! < 0) destinations[at] = at;
    const destination = destinations[at]!;
    for (const step of path) destinations[step] = destination;
    path.length = 0;
  }
  return destinations;
}

const UNKNOWN = -1;
const ON_PATH = -2;

function skipped(draft: DraftBlock): Label | undefined {
  const isEmpty = draft.instructions.length === 0 && !draft.mayRaise;
  return isEmpty && draft.terminator?.kind === "jump" ? draft.terminator.target : undefined;
}

/** Which blocks there are in the end: those the entry reaches, and unreachable ones with something in them. */
function decideFates(writer: BlockWriter, destinations: Int32Array): Uint8Array {
  const fates = new Uint8Array(writer.drafts.length);
  const spread = (root: Label, fate: number): void => {
    const pending = [root];
    fates[root] = fate;
    const reach = (label: Label) => {
      const target = destinations[label]!;
      if (fates[target] !== DROPPED) return;
      fates[target] = fate;
      pending.push(target);
    };
    for (let label = pending.pop(); label !== undefined; label = pending.pop()) {
      const draft = writer.drafts[label]!;
      if (draft.mayRaise) reach(draft.handler);
      forEachTarget(terminatorOf(draft), reach);
      if (draft.terminator?.kind === "return") reach(RETURNED);
    }
  };
  spread(ENTRY, REACHABLE);
  for (const label of writer.placed) {
    if (fates[label] === DROPPED && writer.drafts[label]!.instructions.length > 0) spread(label, UNREACHABLE);
  }
  return fates;
}

function terminatorOf(draft: DraftBlock): Terminator {
  if (draft.terminator === undefined) throw new Error("a block was jumped to and never placed");
  return draft.terminator;
}

type Writable<T> = { -readonly [Key in keyof T]: T[Key] };

function retarget(terminator: Writable<Terminator>, numberOf: (label: Label) => number): Terminator {
  switch (terminator.kind) {
    case "jump":
      terminator.target = numberOf(terminator.target);
      return terminator;
    case "branch":
      terminator.whenTrue = numberOf(terminator.whenTrue);
      terminator.whenFalse = numberOf(terminator.whenFalse);
      return terminator;
    case "next":
      terminator.body = numberOf(terminator.body);
      terminator.exhausted = numberOf(terminator.exhausted);
      return terminator;
    case "catch":
    case "match":
      terminator.matched = numberOf(terminator.matched);
      terminator.unmatched = numberOf(terminator.unmatched);
      return terminator;
    case "return":
    case "raise":
    case "stop":
      return terminator;
    default:
      return assertNever(terminator);
  }
}
