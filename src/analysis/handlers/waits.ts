// `asyncio.wait(tasks)` and `concurrent.futures.wait(jobs)` raise nothing: the exceptions stay in what was waited for.
import type { Assign, Call, Expression, SyntaxNode } from "../../python/ast.js";
import { nodesIn } from "../../python/walk.js";
import type { Body } from "../body.js";
import { calledName, calleesOf } from "../calls/callees.js";
import type { World } from "../world.js";
import { statementsOf } from "./handlers.js";

/** A wait for work that was begun in the same body and that nobody asks for its outcome. */
export interface UnreadWait {
  readonly call: Call;
  /** The variable that takes what is done, if there is one. */
  readonly done: string | undefined;
}

/** In source order; none where tasks are cancelled: then their outcome is known. */
export function unreadWaits(world: World, body: Body): readonly UnreadWait[] {
  const nodes = nodesIn(statementsOf(body));
  const isCalled = (name: RegExp) =>
    nodes.some((node) => node.kind === "call" && name.test(calledName(node)));
  if (isCalled(/^(cancel|add_done_callback|cancel_all)$/)) return [];
  return nodes.flatMap((node) => {
    const wait = waitOf(node);
    if (!wait || !isWait(world, body, wait.call) || !beginsAll(nodes, wait.call)) return [];
    const asked = [
      ...namesIn(wait.call.arguments.map(({ value }) => value)),
      ...(wait.done ? [wait.done] : []),
    ];
    const isRead = nodes.some(
      (each) => each.kind === "name" && each.start > node.end && asked.includes(each.id),
    );
    return isRead ? [] : [wait];
  });
}

/** `await wait(…)` as a statement, or with variables for what is done and what is not. */
function waitOf(node: SyntaxNode): UnreadWait | undefined {
  if (node.kind === "expression") {
    const call = unawaited(node.value);
    return call?.kind === "call" ? { call, done: undefined } : undefined;
  }
  if (node.kind !== "assign" || !node.value) return undefined;
  const call = unawaited(node.value);
  return call?.kind === "call" ? { call, done: doneOf(node) } : undefined;
}

function doneOf({ targets: [target] }: Assign): string | undefined {
  const first = target?.kind === "display" ? target.elements[0] : target;
  return first?.kind === "name" ? first.id : undefined;
}

function unawaited(expression: Expression): Expression {
  return expression.kind === "await" ? expression.value : expression;
}

function isWait(world: World, body: Body, call: Call): boolean {
  if (calledName(call) !== "wait") return false;
  return calleesOf(world, body, call).some(
    (ref) =>
      ref.kind === "symbol" && /^(asyncio(\.tasks)?|concurrent\.futures(\._base)?)\.wait$/.test(ref.name),
  );
}

const BEGINS = /^(create_task|ensure_future|submit|run_in_executor|run_coroutine_threadsafe)$/;

/** Was everything that is waited for begun here, and kept nowhere else? */
function beginsAll(nodes: readonly SyntaxNode[], { arguments: [first] }: Call): boolean {
  if (!first) return false;
  const begins = (value: SyntaxNode) =>
    nodesIn([value]).some((node) => node.kind === "call" && BEGINS.test(calledName(node)));
  if (begins(first.value)) return true;
  const names = namesIn([first.value]);
  const made = nodes.filter(
    (node): node is Assign =>
      node.kind === "assign" &&
      node.targets.some((target) => target.kind === "name" && names.includes(target.id)),
  );
  const bound = new Set(made.flatMap(({ targets }) => namesIn(targets)));
  return (
    names.length > 0 &&
    names.every((name) => bound.has(name)) &&
    made.every(({ value }) => value && begins(value))
  );
}

function namesIn(nodes: readonly SyntaxNode[]): readonly string[] {
  return nodesIn(nodes).flatMap((node) => (node.kind === "name" ? [node.id] : []));
}
