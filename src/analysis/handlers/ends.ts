// How a list of statements can end: by going on, raising, returning, or leaving the loop around it.
import type { Break, Call, Continue, Expression, Raise, Return, Statement } from "../../python/ast.js";
import type { Body } from "../body.js";
import { calledName, calleesOf, modelsOf, neverReturns } from "../calls/callees.js";
import type { World } from "../world.js";

export interface Ends {
  /** The statement after the list is reached. */
  readonly next: boolean;
  /** An exception leaves on purpose: a `raise`, or a call or block that always raises. */
  readonly raises: readonly (Raise | Call)[];
  readonly returns: readonly Return[];
  readonly jumps: readonly (Break | Continue)[];
}

const NEXT: Ends = { next: true, raises: [], returns: [], jumps: [] };

/** The ends of `statements`, which stand in `body`. */
export function endsOf(world: World, body: Body, statements: readonly Statement[]): Ends {
  let ends = NEXT;
  for (const statement of statements) {
    if (!ends.next) break;
    const own = endsOfOne(world, body, statement);
    ends = { ...either(ends, own), next: own.next };
  }
  return ends;
}

function either(left: Ends, right: Ends): Ends {
  return {
    next: left.next || right.next,
    raises: [...left.raises, ...right.raises],
    returns: [...left.returns, ...right.returns],
    jumps: [...left.jumps, ...right.jumps],
  };
}

function endsOfOne(world: World, body: Body, statement: Statement): Ends {
  const inside = (statements: readonly Statement[]) => endsOf(world, body, statements);
  switch (statement.kind) {
    case "raise":
      return { ...NEXT, next: false, raises: [statement] };
    case "return":
      return { ...NEXT, next: false, returns: [statement] };
    case "break":
    case "continue":
      return { ...NEXT, next: false, jumps: [statement] };
    case "expression":
      return endsOfExpression(world, body, statement.value);
    case "if":
      return either(inside(statement.body), inside(statement.otherwise));
    case "for":
    case "while":
      return endsOfLoop(statement, either(inside(statement.body), inside(statement.otherwise)));
    case "with":
      return endsOfWith(world, body, statement, inside(statement.body));
    case "match":
      return statement.cases.reduce((ends: Ends, { body: block }) => either(ends, inside(block)), NEXT);
    case "try":
      return endsOfTry(statement, inside);
    default:
      return NEXT;
  }
}

function endsOfExpression(world: World, body: Body, expression: Expression): Ends {
  const value = expression.kind === "await" ? expression.value : expression;
  if (value.kind !== "call") return NEXT;
  const callees = calleesOf(world, body, value);
  const ends = callees.length > 0 && callees.every((ref) => neverReturns(world, ref));
  return ends ? { ...NEXT, next: false, raises: [value] } : NEXT;
}

/** `break` and `continue` inside mean the loop itself; it is left at its end unless it is endless. */
function endsOfLoop(loop: Extract<Statement, { kind: "for" | "while" }>, inside: Ends): Ends {
  const endless = loop.kind === "while" && loop.test.kind === "constant" && loop.test.value === true;
  const left = inside.jumps.some(({ kind }) => kind === "break");
  return { ...inside, next: !endless || left, jumps: [] };
}

function endsOfWith(
  world: World,
  body: Body,
  { items }: Extract<Statement, { kind: "with" }>,
  inside: Ends,
): Ends {
  for (const { context } of items) {
    if (context.kind !== "call") continue;
    if (reraises(world, body, context)) return { ...NEXT, next: false, raises: [context] };
    const swallows = modelsOf(world, body, context).some((model) => model.swallows !== undefined);
    if (swallows && inside.raises.length > 0) return { ...inside, next: true };
  }
  return inside;
}

/** At the end of its block the handled exception is raised again, even after a `return`. */
function reraises(world: World, body: Body, call: Call): boolean {
  if (call.arguments.some(({ name }) => name?.id === "reraise")) return false;
  return (
    calledName(call) === "save_and_reraise_exception" ||
    modelsOf(world, body, call).some((model) => model.reraises === true)
  );
}

function endsOfTry(
  { body, handlers, otherwise, finalizer }: Extract<Statement, { kind: "try" }>,
  inside: (statements: readonly Statement[]) => Ends,
): Ends {
  const main = inside([...body, ...otherwise]);
  // What the body raises, a handler may stop.
  const tried = handlers.length > 0 ? { ...main, raises: [] } : main;
  const together = handlers.reduce((ends, handler) => either(ends, inside(handler.body)), tried);
  const last = inside(finalizer);
  if (!last.next) return last;
  return { ...either(together, last), next: together.next };
}
