// Tests of shared state in a coroutine that may no longer hold where they are acted on, because an `await` lies between.
import type { Expression, If, Statement, SyntaxNode } from "../../python/ast.js";
import { nodesIn } from "../../python/walk.js";
import { type Body, classOf, type FunctionBody } from "../body.js";
import { statementsOf } from "../handlers/handlers.js";
import { dottedName } from "../protection/dotted.js";

/** What a test of shared state finds. */
interface Question {
  /** "self._waiters", "CACHE" */
  readonly state: string;
  /** Source of the key that is looked for in it; undefined where the state itself is asked for. */
  readonly key: string | undefined;
  /** The test holds where there is something. */
  readonly isThere: boolean;
}

export interface StaleTest {
  readonly body: FunctionBody;
  readonly test: Expression;
  readonly awaited: SyntaxNode;
  /** Acts as if the test still held. */
  readonly act: SyntaxNode;
  readonly state: string;
  /** It uses what was there; else it makes what was missing. */
  readonly isUse: boolean;
  /** What is made is what others wait for or on: a lock, an event, a task. */
  readonly makesMeeting: boolean;
}

/** Where `body`, a coroutine, acts on a test of its object's or module's state after others have run. */
export function staleTestsIn(body: FunctionBody): readonly StaleTest[] {
  const statements = statementsOf(body);
  const locked = nodesIn(statements).filter(
    (node) => node.kind === "with" && LOCKED.test(headText(body, node)),
  );
  return nodesIn(statements).flatMap((node) => {
    if (node.kind !== "if" || !("body" in node)) return [];
    if (locked.some(({ start, end }) => start <= node.start && node.end <= end)) return [];
    return questionsIn(body, node.test).flatMap((question) => {
      const branches = [
        { taken: node.body, isThere: question.isThere },
        { taken: node.otherwise, isThere: !question.isThere },
      ];
      const isAlone = node.test.kind !== "boolean";
      return branches
        .filter(({ isThere }) => isAlone || isThere === question.isThere)
        .flatMap(({ taken, isThere }) => staleIn(body, node, { ...question, isThere }, taken) ?? []);
    });
  });
}

const LOCKED = /lock|mutex|semaphore|condition|\bcond\b/i;

function headText(body: Body, { start, end }: SyntaxNode): string {
  const text = sourceIn(body, { start, end });
  const colon = text.indexOf(":\n");
  return colon < 0 ? text.slice(0, 120) : text.slice(0, colon);
}

function sourceIn(
  { module }: Body,
  { start, end }: { readonly start: number; readonly end: number },
): string {
  return module.syntax.text.slice(start, end);
}

/** Operands of `and` count each, for where the test holds they all do. */
function questionsIn(body: FunctionBody, test: Expression): readonly Question[] {
  if (test.kind === "boolean") {
    return test.operator === "and" ? test.operands.flatMap((each) => questionsIn(body, each)) : [];
  }
  if (test.kind === "unary" && test.operator === "not") {
    return questionsIn(body, test.operand).map((each) => ({ ...each, isThere: !each.isThere }));
  }
  if (test.kind === "comparison") {
    const [operator, ...others] = test.operators;
    const [left, right] = test.operands;
    if (others.length > 0 || !left || !right) return [];
    if (operator === "in" || operator === "not in") {
      return asked(body, right, sourceIn(body, left), operator === "in");
    }
    const isNone = right.kind === "constant" && right.value === null;
    return isNone && (operator === "is" || operator === "is not")
      ? asked(body, left, undefined, operator === "is not")
      : [];
  }
  return asked(body, test, undefined, true);
}

function asked(
  body: FunctionBody,
  shared: Expression,
  key: string | undefined,
  isThere: boolean,
): readonly Question[] {
  const state = dottedName(shared);
  return state !== undefined && isShared(body, state) ? [{ state, key, isThere }] : [];
}

/** A field of the object, or a global of the module. */
function isShared(body: FunctionBody, state: string): boolean {
  if (/^(self|cls)\.\w+$/.test(state)) return classOf(body) !== undefined;
  if (!/^\w+$/.test(state)) return false;
  const { definition, module } = body;
  const isParameter = definition.parameters.some(({ name }) => name.id === state);
  const assigned = new RegExp(`^\\s+(?!global\\b)${state}\\s*=[^=]`, "m").test(sourceIn(body, definition));
  return module.scopes.module.bindings.has(state) && !isParameter && !assigned;
}

function staleIn(
  body: FunctionBody,
  { test }: If,
  question: Question,
  taken: readonly Statement[],
): StaleTest | undefined {
  const nodes = nodesIn(taken);
  const awaits = nodes.filter(({ kind }) => kind === "await");
  if (awaits.length === 0) return undefined;
  const acts = nodes.filter((node) => actsOn(body, node, question));
  for (const act of acts) {
    // What is assigned is worked out before: an `await` in it is over.
    const until = act.kind === "assign" ? act.end : act.start;
    const awaited = awaits.find(({ end }) => end <= until);
    if (!awaited) return undefined;
    if (isAskedAgain(body, nodes, act, awaited, question)) continue;
    const { state, isThere } = question;
    const makesMeeting =
      act.kind === "assign" && act.value !== undefined && MEETING.test(sourceIn(body, act.value));
    return { body, test, awaited, act, state, isUse: isThere, makesMeeting };
  }
  return undefined;
}

const MEETING =
  /\b(\w*Event\w*|\w*Lock|\w*Condition|Semaphore|Future|Queue|create_future|create_task|ensure_future)\(/;

/** `state[key]`, `state.pop(key)`, `del state[key]`, `state.method()`; or `state[key] = …`, `state = …`. */
function actsOn(body: FunctionBody, node: SyntaxNode, { state, key, isThere }: Question): boolean {
  if (!isThere) {
    return (
      node.kind === "assign" &&
      node.targets.some((target) =>
        key === undefined ? dottedName(target) === state : isElement(body, target, state, key),
      )
    );
  }
  if (key === undefined) {
    return node.kind === "attribute" && dottedName(node.object) === state;
  }
  if (node.kind === "subscript") return isElement(body, node, state, key);
  if (node.kind !== "call" || node.callee.kind !== "attribute" || node.arguments.length !== 1) return false;
  const { object, name } = node.callee;
  return (
    name.id === "pop" && dottedName(object) === state && sourceIn(body, node.arguments[0]!.value) === key
  );
}

function isElement(body: FunctionBody, node: SyntaxNode, state: string, key: string): boolean {
  return node.kind === "subscript" && dottedName(node.object) === state && sourceIn(body, node.index) === key;
}

/** A test of the same state stands around `act`, after the `await`; or an `except` stands ready for it. */
function isAskedAgain(
  body: FunctionBody,
  nodes: readonly SyntaxNode[],
  act: SyntaxNode,
  awaited: SyntaxNode,
  { state }: Question,
): boolean {
  return nodes.some((node) => {
    if (node.start > act.start) return false;
    if (node.kind === "try") {
      const isAround = node.start <= act.start && act.end <= node.end;
      const handled = node.handlers.some(({ type }) =>
        /KeyError|LookupError|AttributeError|Exception/.test(type ? sourceIn(body, type) : "Exception"),
      );
      return isAround && handled;
    }
    const isTest = node.kind === "if" || node.kind === "while" || node.kind === "conditional";
    return isTest && node.test.start >= awaited.end && sourceIn(body, node.test).includes(state);
  });
}
