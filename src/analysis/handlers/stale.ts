// Variables that an attempt was to set and, where it fails first, has not: unset, or left from the round before.
//
// Reaching definitions per `try`, told apart by how old they are. Only variables that nothing but the `try` body sets,
// in one of its own statements, from a call that may well fail; only what a handler of this `try` leads to.
import type { Cfg } from "../../flow/cfg.js";
import type { Instruction } from "../../flow/instruction.js";
import { solve } from "../../flow/solver.js";
import type { Assign, Call, Name, Statement, SyntaxNode, Try } from "../../python/ast.js";
import { nodesIn } from "../../python/walk.js";
import type { Body } from "../body.js";
import { calledName, calleesOf } from "../calls/callees.js";
import type { World } from "../world.js";
import { endsOf } from "./ends.js";
import { type Attempt, attemptsIn, statementsOf } from "./handlers.js";

/** A use of a variable that the failed attempt did not set. */
export interface Stale {
  readonly statement: Try;
  /** Sets the variable when `call` does not fail. */
  readonly assignment: Assign;
  readonly call: Call;
  readonly use: Name;
  /** The handler that leads to the use. */
  readonly handler: Try["handlers"][number];
  /** It may hold the value of an earlier round of the loop; otherwise it is unset. */
  readonly isEarlier: boolean;
  /** Nothing after the assignment can fail: the handler runs for no other reason. */
  readonly isCertain: boolean;
}

/** The first such use of each variable, of the first handler that leads to one, in source order. */
export function staleIn(world: World, body: Body): readonly Stale[] {
  if (body.kind !== "function") return [];
  return attemptsIn(body).flatMap((attempt) => {
    const wanted = wantedOf(world, body, attempt.statement);
    return wanted.length === 0 ? [] : usesOf(world, body, attempt, wanted);
  });
}

interface Wanted {
  readonly name: string;
  readonly assignment: Assign;
  readonly call: Call;
}

/** What the body of the `try` sets first from a call that may fail, and nobody else sets. */
function wantedOf(world: World, body: Body, { body: tried, handlers }: Try): readonly Wanted[] {
  if (handlers.length === 0) return [];
  const wanted = tried.flatMap((statement) => wantedFrom(world, body, statement));
  if (wanted.length === 0) return [];
  const first = tried[0]!.start;
  const last = tried.at(-1)!.end;
  const outside = new Set<string>();
  for (const { instructions } of world.cfg(body).blocks) {
    for (const instruction of instructions) {
      if (instruction.op !== "write" && instruction.op !== "unbind") continue;
      const { variable, node } = instruction;
      const isOwn = variable.storage === "local" && node.start >= first && node.end <= last;
      if (!isOwn) outside.add(variable.name);
    }
  }
  return wanted.filter(
    ({ name }, index) => !outside.has(name) && wanted.findIndex((each) => each.name === name) === index,
  );
}

function wantedFrom(world: World, body: Body, statement: Statement): readonly Wanted[] {
  if (statement.kind !== "assign" || statement.value === undefined) return [];
  const value = statement.value.kind === "await" ? statement.value.value : statement.value;
  const [target] = statement.targets;
  if (value.kind !== "call" || target?.kind !== "name" || !mayFail(world, body, value)) return [];
  return [{ name: target.id, assignment: statement, call: value }];
}

/** Calls that hardly ever raise, by their last word: constructors of plain values, clocks, texts. */
const SAFE = new Set(
  "get copy deepcopy format strip lstrip rstrip split rsplit splitlines partition join lower upper title replace startswith endswith items keys values now utcnow today time monotonic perf_counter getLogger get_logger uuid4 uuid1 isoformat strftime setdefault type super len str repr bool list dict set tuple sorted range enumerate zip max min id isinstance hasattr Lock Event Queue deque defaultdict OrderedDict namedtuple partial".split(
    " ",
  ),
);

/** A class of the repository, or one by its name, mostly keeps what it is given. */
function mayFail(world: World, body: Body, call: Call): boolean {
  const name = calledName(call);
  if (name === "" || SAFE.has(name) || /^[A-Z]\w*[a-z]/.test(name)) return false;
  return !calleesOf(world, body, call).some((ref) => ref.kind === "class");
}

/** How old the value of a variable may be; several at once where ways meet. */
const UNSET = 1;
const FRESH = 2;
const EARLIER = 4;
/** The same behind a handler of the attempt. */
const LOST = 8;
const LEFT = 16;

type Ages = ReadonlyMap<string, number>;

function usesOf(
  world: World,
  body: Body,
  { statement, around }: Attempt,
  wanted: readonly Wanted[],
): readonly Stale[] {
  const cfg = world.cfg(body);
  const goesOn = statement.handlers.find((handler) => endsOf(world, body, handler.body).next);
  const behind = goesOn ? plainBehind(statement, around.at(-1), statementsOf(body)) : [];
  const names = new Set(wanted.map(({ name }) => name));
  const assignments = new Set<SyntaxNode>(wanted.flatMap(({ assignment }) => assignment.targets));
  const start = firstOf(cfg, statement);
  const solution = solve<Ages>(cfg, {
    direction: "forward",
    initial: new Map([...names].map((name) => [name, UNSET])),
    join: (left, right) => new Map([...left].map(([name, age]) => [name, age | (right.get(name) ?? 0)])),
    equals: (left, right) => [...left].every(([name, age]) => right.get(name) === age),
    transfer: (instruction, ages) => {
      const begun = instruction === start ? changed(ages, grownOld) : ages;
      if (instruction.op !== "write" || !names.has(instruction.variable.name)) return begun;
      return new Map([...begun, [instruction.variable.name, FRESH]]);
    },
    refine: (terminator, edge, ages) =>
      terminator.kind === "catch" && edge === "matched" && isOf(statement, terminator.node)
        ? changed(ages, lost)
        : ages,
    raise: (instruction, before) => (isCall(instruction) ? before : undefined),
  });
  const found = new Map<string, Stale>();
  for (const block of cfg.blocks) {
    const states = solution.statesOf(block);
    for (const [index, instruction] of block.instructions.entries()) {
      if (instruction.op !== "read" || !names.has(instruction.variable.name)) continue;
      const { node, variable } = instruction;
      const age = states[index]?.get(variable.name) ?? 0;
      if ((age & (LOST | LEFT)) === 0 || node.kind !== "name" || assignments.has(node)) continue;
      const handler =
        statement.handlers.find((each) => isPlainIn(each.body, node)) ??
        (isPlainIn(behind, node) ? goesOn : undefined);
      const known = found.get(variable.name);
      if (!handler || (known && known.use.start <= node.start)) continue;
      const { assignment, call } = wanted.find(({ name }) => name === variable.name)!;
      const isEarlier = (age & LEFT) !== 0;
      const isCertain = !callsBetween(cfg, assignment.end, statement.body.at(-1)!.end);
      found.set(variable.name, { statement, assignment, call, use: node, handler, isEarlier, isCertain });
    }
  }
  return [...found.values()];
}

/** Only what runs other code is taken to raise. */
const isCall = ({ op }: Instruction): boolean => op === "call" || op === "suspend" || op === "enter";

const grownOld = (age: number): number => (age & FRESH ? (age & ~FRESH) | EARLIER : age);

const lost = (age: number): number => (age & UNSET ? LOST : 0) | (age & EARLIER ? LEFT : 0) | (age & FRESH);

function changed(ages: Ages, change: (age: number) => number): Ages {
  return new Map([...ages].map(([name, age]) => [name, change(age)]));
}

const isOf = ({ handlers }: Try, node: SyntaxNode): boolean => handlers.some((handler) => handler === node);

/** The first instruction of the body of the `try`: where an attempt begins. */
function firstOf(cfg: Cfg, { body }: Try): Instruction | undefined {
  const from = body[0]!.start;
  const to = body.at(-1)!.end;
  for (const { instructions } of cfg.blocks) {
    const first = instructions.find(({ node }) => node.start >= from && node.end <= to);
    if (first) return first;
  }
  return undefined;
}

function callsBetween(cfg: Cfg, from: number, to: number): boolean {
  return cfg.blocks.some(({ instructions }) =>
    instructions.some((each) => isCall(each) && each.node.start >= from && each.node.end <= to),
  );
}

/** The statements right behind the `try` in its block, up to the first that asks something. */
function plainBehind(
  statement: Try,
  block: Statement | undefined,
  outermost: readonly Statement[],
): readonly Statement[] {
  const lists = block ? blocksOf(block) : [outermost];
  const list = lists.find((each) => each.includes(statement)) ?? [];
  const behind = list.slice(list.indexOf(statement) + 1);
  const end = behind.findIndex(({ kind }) => !PLAIN.has(kind));
  return end < 0 ? behind : behind.slice(0, end);
}

const PLAIN = new Set(["expression", "assign", "augmented", "return", "raise", "for", "with"]);

const ASKING = new Set(["if", "conditional", "boolean", "try", "while"]);

function blocksOf(block: Statement): readonly (readonly Statement[])[] {
  switch (block.kind) {
    case "if":
    case "for":
    case "while":
      return [block.body, block.otherwise];
    case "with":
      return [block.body];
    case "try":
      return [block.body, block.otherwise, block.finalizer, ...block.handlers.map(({ body }) => body)];
    case "match":
      return block.cases.map(({ body }) => body);
    default:
      return [];
  }
}

/** Is `node` inside of `statements`, outside of anything that asks or tries first? */
function isPlainIn(statements: readonly Statement[], node: SyntaxNode): boolean {
  return statements.some(
    (statement) =>
      statement.start <= node.start &&
      node.end <= statement.end &&
      !nodesIn([statement]).some(
        (each) => ASKING.has(each.kind) && each.start <= node.start && node.end <= each.end,
      ),
  );
}
