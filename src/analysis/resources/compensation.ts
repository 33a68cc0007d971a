// Effects that a project undoes by hand when a later step fails, and the places where it forgets to.
//
// What undoes what is read off names (`pairs`), and only believed where some handler of the same class or module really
// does it: a project that compensates for one failure means the other failures to be compensated for too.
import type { Call, For, Statement, SyntaxNode, Try, While } from "../../python/ast.js";
import { nodesIn } from "../../python/walk.js";
import { bodiesIn } from "../bodies.js";
import { type Body, moduleBodyOf } from "../body.js";
import { calledName } from "../calls/callees.js";
import { caughtBy } from "../handlers/caught.js";
import { endsOf } from "../handlers/ends.js";
import { attemptsIn, statementsOf } from "../handlers/handlers.js";
import { ownerOf } from "../locks/lock-identity.js";
import type { World } from "../world.js";
import { undoes } from "./pairs.js";

export interface Uncompensated {
  /** `round`: of a loop, only the present one is undone; `gap`: before the `try`; `step`: nothing undoes the first. */
  readonly form: "round" | "gap" | "step";
  readonly body: Body;
  readonly act: Call;
  /** What fails afterwards; the loop itself of form "round". */
  readonly fails: SyntaxNode;
  /** Where the project undoes it otherwise. */
  readonly undo: SyntaxNode;
}

interface Undoing {
  readonly name: string;
  readonly node: SyntaxNode;
}

/** Everything of `body` that stays done when something after it fails. */
export function uncompensatedIn(world: World, body: Body): readonly Uncompensated[] {
  const attempts = attemptsIn(body);
  const handled = attempts.flatMap(({ statement }) => [
    ...statement.handlers.flatMap((handler) => handler.body),
    ...statement.finalizer,
  ]);
  const calls = nodesIn(statementsOf(body)).filter(
    (node): node is Call => node.kind === "call" && !handled.some((each) => contains(each, node)),
  );
  return [
    ...roundsIn(world, body, calls),
    ...gapsIn(body, calls),
    ...stepsIn(
      world,
      body,
      calls,
      attempts.map(({ statement }) => statement),
    ),
  ];
}

/** for port in ports: try: address = pool.allocate(port); save(address); except Gone: pool.deallocate(address) */
function roundsIn(world: World, body: Body, calls: readonly Call[]): readonly Uncompensated[] {
  return attemptsIn(body).flatMap(({ statement, around }): readonly Uncompensated[] => {
    const loop = around.findLast((each): each is For | While => each.kind === "for" || each.kind === "while");
    if (!loop) return [];
    for (const handler of statement.handlers) {
      const { breadth } = caughtBy(world, body, handler);
      const swallows = breadth !== "narrow" && endsOf(world, body, handler.body).raises.length === 0;
      if (swallows) continue;
      for (const undo of undoingIn(handler.body)) {
        const act = calls.find(
          (call) => statement.body.some((each) => contains(each, call)) && isUndoneBy(body, call, undo),
        );
        const fails = act && calls.find((call) => call.start > act.end && contains(statement, call));
        const isSeenTo = around.some(
          (each) => each.kind === "try" && contains(each, loop) && act && compensates(body, each, act),
        );
        if (act && fails && !isSeenTo) return [{ form: "round", body, act, fails: loop, undo: undo.node }];
      }
    }
    return [];
  });
}

/** part = driver.allocate_subnet(x); details = part.get_details(); try: save(details) except: driver.delete_subnet(x) */
function gapsIn(body: Body, calls: readonly Call[]): readonly Uncompensated[] {
  return blocksIn(body).flatMap((block) =>
    block.flatMap((statement, index): readonly Uncompensated[] => {
      if (statement.kind !== "try") return [];
      const before = block.slice(Math.max(0, index - 4), index);
      const undoing = statement.handlers.flatMap((handler) => undoingIn(handler.body));
      for (const undo of undoing) {
        const at = before.findLastIndex((each) =>
          calls.some((call) => contains(each, call) && isSimple(each) && isUndoneBy(body, call, undo)),
        );
        const act = calls.find(
          (call) => at >= 0 && contains(before[at]!, call) && isUndoneBy(body, call, undo),
        );
        const later = before.slice(at + 1);
        const fails = calls.find((call) => later.some((each) => contains(each, call)) && mayFail(call));
        if (act && fails) return [{ form: "gap", body, act, fails, undo: undo.node }];
      }
      return [];
    }),
  );
}

/** removed = self.release(old); added = self.allocate(new): the second fails, and nobody takes the old ones back. */
function stepsIn(
  world: World,
  body: Body,
  calls: readonly Call[],
  attempts: readonly Try[],
): readonly Uncompensated[] {
  const known = compensatedBeside(world, body);
  if (known.length === 0) return [];
  const effects = calls.flatMap((call) => {
    if (call.callee.kind !== "attribute" || !/^(self|cls)$/.test(textOf(body, call.callee.object))) return [];
    const undo = known.find(({ name }) => undoneEitherWay(name, calledName(call)));
    return undo ? [{ call, undo }] : [];
  });
  return effects.flatMap(({ call: act, undo }, index): readonly Uncompensated[] => {
    const next = effects.slice(index + 1).find(({ call }) => call.start > act.end);
    if (!next || undoes(calledName(next.call), calledName(act))) return [];
    if (areExclusive(body, act, next.call)) return [];
    if (attempts.some((attempt) => contains(attempt, next.call) && compensates(body, attempt, act)))
      return [];
    return [{ form: "step", body, act, fails: next.call, undo: undo.node }];
  });
}

/** What the handlers of the class around `body`, or of the functions of its module, undo. */
function compensatedBeside(world: World, body: Body): readonly Undoing[] {
  const owner = ownerOf(body);
  return bodiesIn(world, moduleBodyOf(body))
    .filter((each) => ownerOf(each) === owner && each.definition !== body.definition)
    .flatMap((each) =>
      attemptsIn(each).flatMap(({ statement }) =>
        statement.handlers.flatMap((handler) => undoingIn(handler.body)),
      ),
    );
}

/** What is called, or handed on to be called, by name. */
function undoingIn(statements: readonly Statement[]): readonly Undoing[] {
  return nodesIn(statements).flatMap((node): readonly Undoing[] => {
    if (node.kind === "attribute") return [{ name: node.name.id, node }];
    return node.kind === "name" ? [{ name: node.id, node }] : [];
  });
}

function undoneEitherWay(name: string, act: string): boolean {
  return undoes(name, act) || undoes(act, name);
}

/** By its name and, where that is the verb alone, by the object: `subnet.allocate` and `subnet.deallocate`. */
function isUndoneBy(body: Body, call: Call, { name, node }: Undoing): boolean {
  const own = calledName(call);
  if (own === "" || !undoes(name, own)) return false;
  if (own.replace(/^_+/, "").includes("_") || call.callee.kind !== "attribute") return true;
  return node.kind === "attribute" && textOf(body, node.object) === textOf(body, call.callee.object);
}

function compensates(body: Body, attempt: Try, act: Call): boolean {
  const statements = [...attempt.handlers.flatMap((handler) => handler.body), ...attempt.finalizer];
  return undoingIn(statements).some(
    (undo) => isUndoneBy(body, act, undo) || undoneEitherWay(undo.name, calledName(act)),
  );
}

/** Logging, and what only looks at what is there, is not what fails. */
function mayFail(call: Call): boolean {
  return !/^(debug|info|warning|warn|error|exception|critical|log|len|str|int|repr|isinstance|dict|list|set|tuple|sorted|append|extend|format|join|items|keys|values|copy|deepcopy)$/.test(
    calledName(call),
  );
}

/** Do they stand in two branches of one `if`, or does the first one's branch leave? */
function areExclusive(body: Body, first: Call, second: Call): boolean {
  return nodesIn(statementsOf(body)).some((node) => {
    if (node.kind !== "if" || !("body" in node)) return false;
    const inBody = node.body.some((each) => contains(each, first));
    const inOther = node.otherwise.some((each) => contains(each, first));
    const branch = inBody ? node.body : inOther ? node.otherwise : undefined;
    if (!branch || branch.some((each) => contains(each, second))) return false;
    return contains(node, second) || /^(return|raise|continue|break)$/.test(branch.at(-1)?.kind ?? "");
  });
}

function blocksIn(body: Body): readonly (readonly Statement[])[] {
  const blocks: (readonly Statement[])[] = [statementsOf(body)];
  for (const node of nodesIn(statementsOf(body))) {
    if (!("body" in node)) continue;
    if (node.kind === "if" || node.kind === "for" || node.kind === "while")
      blocks.push(node.body, node.otherwise);
    else if (node.kind === "with") blocks.push(node.body);
    else if (node.kind === "try") blocks.push(node.body);
  }
  return blocks;
}

function isSimple({ kind }: Statement): boolean {
  return kind === "assign" || kind === "expression";
}

function contains(outer: SyntaxNode, inner: SyntaxNode): boolean {
  return outer.start <= inner.start && inner.end <= outer.end;
}

function textOf({ module }: Body, { start, end }: SyntaxNode): string {
  return module.syntax.text.slice(start, end);
}
