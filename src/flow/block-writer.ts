// Blocks under construction: labels that are jumped to before they are placed, and the one block being written.
import { forEachTarget } from "./edges.js";
import type { Instruction, Terminator, Value } from "./instruction.js";
import { mayRaise, terminatorMayRaise } from "./may-raise.js";

/** A block by the number it has while its body is built; `layOut` gives out the final ones. */
export type Label = number;

export interface DraftBlock {
  readonly instructions: Instruction[];
  /** Its targets are labels. Undefined until the block is closed. */
  terminator: Terminator | undefined;
  handler: Label;
  mayRaise: boolean;
  /** The first block of a `try` or `with` body: it keeps its handler. */
  isGuard: boolean;
  /** Something jumps here. (Handlers are not jumped to.) */
  isTarget: boolean;
}

export interface BlockWriter {
  /** By label. */
  readonly drafts: DraftBlock[];
  /** Labels in the order in which they were placed. */
  readonly placed: Label[];
  /** As `Cfg.definitions`. */
  readonly definitions: (Instruction | undefined)[];
  /** Where exceptions of what is written now go. Change it with `setHandler`. */
  handler: Label;
  /** The open block; undefined after a jump: what is written next is then unreachable. */
  current: DraftBlock | undefined;
}

export const ENTRY: Label = 0;
export const RETURNED: Label = 1;
export const RAISED: Label = 2;

/** A writer whose entry block is open; the blocks for `return` and for unhandled exceptions have their labels. */
export function startWriting(): BlockWriter {
  const writer: BlockWriter = {
    drafts: [],
    placed: [],
    definitions: [],
    handler: RAISED,
    current: undefined,
  };
  for (const label of [newLabel(writer), newLabel(writer), newLabel(writer)]) {
    if (label !== ENTRY) writer.drafts[label]!.terminator = { kind: "stop" };
  }
  place(writer, ENTRY);
  return writer;
}

export function newLabel(writer: BlockWriter): Label {
  writer.drafts.push({
    instructions: [],
    terminator: undefined,
    handler: RAISED,
    mayRaise: false,
    isGuard: false,
    isTarget: false,
  });
  return writer.drafts.length - 1;
}

/** Goes on writing at `label`; the block written so far falls through to it. A label is placed once. */
export function place(writer: BlockWriter, label: Label): void {
  jump(writer, label);
  const draft = writer.drafts[label]!;
  draft.handler = writer.handler;
  writer.placed.push(label);
  writer.current = draft;
}

/**
 * As `place`, for a label to which all jumps have been written: when there is none, nothing is placed, and what
 * follows is as unreachable as what came before.
 */
export function meetAt(writer: BlockWriter, label: Label): void {
  if (writer.current !== undefined || writer.drafts[label]!.isTarget) place(writer, label);
}

/** Ends the open block, if there is one, with a jump. */
export function jump(writer: BlockWriter, target: Label): void {
  if (writer.current === undefined) return;
  writer.drafts[target]!.isTarget = true;
  writer.current.terminator = { kind: "jump", target };
  writer.current = undefined;
}

/** Ends the block. What follows is unreachable until a label is placed. */
export function terminate(writer: BlockWriter, terminator: Terminator): void {
  const block = openBlock(writer);
  block.terminator = terminator;
  forEachTarget(terminator, (label) => {
    writer.drafts[label]!.isTarget = true;
  });
  if (terminatorMayRaise(terminator)) block.mayRaise = true;
  writer.current = undefined;
}

/** From here on exceptions go to `handler`: a new block, unless nothing in this one raises. */
export function setHandler(writer: BlockWriter, handler: Label): void {
  if (writer.handler === handler) return;
  writer.handler = handler;
  const block = writer.current;
  if (block === undefined) return;
  if (block.mayRaise || block.isGuard) place(writer, newLabel(writer));
  else block.handler = handler;
}

/** Writes an instruction without result. */
export function emit(writer: BlockWriter, instruction: Instruction): void {
  const block = writer.current ?? openBlock(writer);
  block.instructions.push(instruction);
  if (!block.mayRaise && mayRaise(instruction)) block.mayRaise = true;
}

/** Writes an instruction whose `result` is `nextValue(writer)`. */
export function emitValue(writer: BlockWriter, instruction: Instruction & { readonly result: Value }): Value {
  writer.definitions.push(instruction);
  emit(writer, instruction);
  return instruction.result;
}

/** The number that the next value gets. */
export function nextValue(writer: BlockWriter): Value {
  return writer.definitions.length;
}

/** A value without instruction: the item of a `next`. */
export function newItem(writer: BlockWriter): Value {
  writer.definitions.push(undefined);
  return writer.definitions.length - 1;
}

/** A stretch of blocks whose exceptions go to `handler`. */
export interface Guarded {
  readonly handler: Label;
  readonly outerHandler: Label;
  readonly first: DraftBlock | undefined;
  readonly firstPlaced: number;
}

/** Begins a `try` or `with` body. */
export function beginGuarded(writer: BlockWriter, handler: Label): Guarded {
  const outerHandler = writer.handler;
  writer.handler = handler;
  if (writer.current !== undefined) place(writer, newLabel(writer));
  const first = writer.current;
  if (first !== undefined) first.isGuard = true;
  return { handler, outerHandler, first, firstPlaced: writer.placed.length - 1 };
}

/** Ends it: exceptions go where they went before. Its handler has an edge afterwards, even if nothing raises. */
export function endGuarded(writer: BlockWriter, guarded: Guarded): void {
  if (guarded.first !== undefined && !raisesSince(writer, guarded)) guarded.first.mayRaise = true;
  setHandler(writer, guarded.outerHandler);
}

function raisesSince(writer: BlockWriter, { firstPlaced, handler }: Guarded): boolean {
  for (let index = firstPlaced; index < writer.placed.length; index++) {
    const draft = writer.drafts[writer.placed[index]!]!;
    if (draft.mayRaise && draft.handler === handler) return true;
  }
  return false;
}

function openBlock(writer: BlockWriter): DraftBlock {
  if (writer.current === undefined) place(writer, newLabel(writer));
  return writer.current!;
}
