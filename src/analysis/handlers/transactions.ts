// Where a database transaction runs: `with` blocks and decorators that commit at their end, and calls that commit.
import type { Call, Expression, Statement } from "../../python/ast.js";
import type { Body } from "../body.js";
import { calledName, calleesOf, modelsOf } from "../calls/callees.js";
import type { World } from "../world.js";

const BEGINS =
  /(^|[._])(session|db|engine|conn|connection|database)\w*(\(\))?\.(begin|begin_nested|transaction)\(|(^|\.)(atomic|begin_nested|in_transaction)\(|\b(writer|CONTEXT_WRITER)\.using\(/i;

/** The innermost `with` among `around` whose block is one transaction. */
export function transactionAround(
  world: World,
  body: Body,
  around: readonly Statement[],
): Extract<Statement, { kind: "with" }> | undefined {
  const blocks = around.filter((statement) => statement.kind === "with");
  return blocks.findLast(({ items }) => items.some(({ context }) => isTransaction(world, body, context)));
}

/** Is `context`, the manager of a `with`, a transaction that ends with the block? */
export function isTransaction(world: World, body: Body, context: Expression): boolean {
  const written = body.module.syntax.text.slice(context.start, context.end);
  if (BEGINS.test(written)) return true;
  if (context.kind !== "call") return false;
  return (
    modelsOf(world, body, context).some(({ acquires }) => acquires === "transaction") ||
    calleesOf(world, body, context).some(
      (ref) => ref.kind === "symbol" && world.catalogue.symbol(ref.name)?.holds === "transaction",
    )
  );
}

const DATABASE = /(^|[._])\w*(session|conn|connection|db|database|transaction|cnx|cursor)\w*(\(\))?$/i;

/** `session.commit()`, `self.db.flush()`, by the names of the method and its object. */
export function isDatabaseCall(body: Body, call: Call, method: RegExp): boolean {
  if (call.callee.kind !== "attribute" || !method.test(calledName(call))) return false;
  const { start, end } = call.callee.object;
  return DATABASE.test(body.module.syntax.text.slice(start, end));
}
