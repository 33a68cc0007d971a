// The exception handlers of a body: what each stops, how it ends, and what stands around it.
import type { ExceptHandler, Statement, SyntaxNode, Try } from "../../python/ast.js";
import { forEachChild } from "../../python/children.js";
import { isBodyOwner } from "../../python/walk.js";
import type { Body } from "../body.js";
import type { World } from "../world.js";
import { type Caught, caughtBy } from "./caught.js";
import { type Ends, endsOf } from "./ends.js";

export interface Handler {
  readonly body: Body;
  readonly statement: Try;
  readonly handler: ExceptHandler;
  readonly caught: Caught;
  readonly ends: Ends;
  /** The statements around the `try` inside its body, outermost first. */
  readonly around: readonly Statement[];
}

/** A `try` and the statements around it, outermost first. */
export interface Attempt {
  readonly statement: Try;
  readonly around: readonly Statement[];
}

/** The handlers of `body`, in source order; not those of functions and classes inside it. */
export function handlersOf(world: World, body: Body): readonly Handler[] {
  return attemptsIn(body).flatMap(({ statement, around }) =>
    statement.handlers.map((handler) => ({
      body,
      statement,
      handler,
      caught: caughtBy(world, body, handler),
      ends: endsOf(world, body, handler.body),
      around,
    })),
  );
}

/** Every `try` of `body`, in source order. */
export function attemptsIn(body: Body): readonly Attempt[] {
  const found: Attempt[] = [];
  const visit = (node: SyntaxNode, around: readonly Statement[]): void => {
    if (node.kind === "try") found.push({ statement: node, around });
    if (isBodyOwner(node) || isExpression(node)) return;
    forEachChild(node, visit, isBlock(node) ? [...around, node] : around);
  };
  for (const statement of statementsOf(body)) visit(statement, []);
  return found;
}

/** The statements that run when the body runs. */
export function statementsOf({ definition }: Body): readonly Statement[] {
  return "kind" in definition && definition.kind === "lambda" ? [] : definition.body;
}

const BLOCKS = new Set(["for", "while", "if", "with", "match", "try"]);

function isBlock(node: SyntaxNode): node is Extract<Statement, { kind: "for" }> {
  return BLOCKS.has(node.kind);
}

/** Simple statements and expressions hold no `try`. */
function isExpression(node: SyntaxNode): boolean {
  return !BLOCKS.has(node.kind) && node.kind !== "case" && node.kind !== "except";
}
