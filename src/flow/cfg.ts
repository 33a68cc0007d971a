// The control-flow graph of one body: basic blocks of instructions, with an exception edge from every block that may raise.
import type { ClassDefinition, FunctionDefinition, Lambda, ModuleSyntax } from "../python/ast.js";
import type { Instruction, Terminator } from "./instruction.js";

export interface Block {
  /** Its number: its index in `Cfg.blocks`. */
  readonly id: number;
  readonly instructions: readonly Instruction[];
  readonly terminator: Terminator;
  /**
   * Where an exception goes that an instruction of this block raises: the first block of the innermost handler or
   * finally copy; `Cfg.raised` when none is left. One handler for the whole block: a block ends where it changes.
   */
  readonly handler: number;
  /**
   * True when there is an edge to `handler`: an instruction may raise, the terminator does, or nothing in a guarded
   * body may raise and this is its first block (a signal may arrive anywhere, so no handler is without an edge).
   */
  readonly mayRaise: boolean;
  /** False when no path from the entry leads here (code after `return`). */
  readonly reachable: boolean;
}

/** What has a body of its own. A comprehension is evaluated inside the body that holds it. */
export type BodyOwner = FunctionDefinition | Lambda | ClassDefinition | ModuleSyntax;

export interface Cfg {
  readonly owner: BodyOwner;
  readonly blocks: readonly Block[];
  /** Always 0. */
  readonly entry: number;
  /** The one block to which every `return` leads; it has no instructions and ends in `stop`. */
  readonly returned: number;
  /** The one block to which every exception leads that no handler stops; no instructions, ends in `stop`. */
  readonly raised: number;
  readonly valueCount: number;
  /** The instruction that assigns each value (by value number); undefined for the item of a `next`. */
  readonly definitions: readonly (Instruction | undefined)[];
  readonly isGenerator: boolean;
  readonly isAsync: boolean;
}
