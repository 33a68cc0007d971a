// An asynchronous generator that hands out items from within a `with` closes it when nobody knows.
import type { FunctionBody } from "../../analysis/body.js";
import { statementsOf } from "../../analysis/handlers/handlers.js";
import type { World } from "../../analysis/world.js";
import { code } from "../../base/markdown.js";
import type { With, Yield } from "../../python/ast.js";
import { isBodyOwner, nodesIn } from "../../python/walk.js";
import type { Finding } from "../finding.js";
import { placeIn, stepAt, textIn } from "../handler-rule.js";
import { proof } from "../proof.js";
import type { Rule } from "../rule.js";

/** Decorators of generators that somebody always runs to their end. */
const MANAGED = /contextmanager|fixture/;

interface Held {
  readonly block: With;
  readonly given: Yield;
}

function heldIn(world: World, body: FunctionBody): readonly Held[] {
  const { definition } = body;
  const { isAsync, isGenerator } = world.cfg(body);
  if (!isAsync || !isGenerator || definition.kind !== "function") return [];
  if (definition.decorators.some(({ expression }) => MANAGED.test(textIn(body, expression, 100)))) return [];
  const nodes = nodesIn(statementsOf(body));
  return nodes.flatMap((given): readonly Held[] => {
    if (given.kind !== "yield") return [];
    const block = nodes.find(
      (node): node is With =>
        node.kind === "with" && !isBodyOwner(node) && node.start < given.start && given.end <= node.end,
    );
    return block && !isProvider(body, block, given) ? [{ block, given }] : [];
  });
}

/** `async with connect() as session: yield session`: frameworks run such a generator to its end. */
function isProvider(body: FunctionBody, { items }: With, { value }: Yield): boolean {
  if (value === undefined) return false;
  const given = textIn(body, value, 100);
  return items.some(({ target }) => target !== undefined && textIn(body, target, 100) === given);
}

function finding(body: FunctionBody, { block, given }: Held): Finding {
  const opened = code(textIn(body, block.items[0]!.context, 40));
  return {
    ruleId: "held-across-yield",
    message: `${opened} stays open when whoever iterates over ${code(body.name)} stops early.`,
    help: "Make it an `asynccontextmanager`, or have callers use `contextlib.aclosing`.",
    severity: "low",
    confidence: "low",
    where: body.name,
    evidence: proof(
      [stepAt("acquire", placeIn(body, block.items[0]!), "is left when the generator ends")],
      stepAt("sink", placeIn(body, given), "the generator may never go on from here"),
    ),
    identity: [textIn(body, given, 200)],
  };
}

export const heldAcrossYield: Rule = {
  id: "held-across-yield",
  family: "resource-management",
  cwe: "CWE-772",
  title: "Held across a yield",
  check: ({ world, roots }) =>
    roots.flatMap((body) =>
      body.kind === "function" ? heldIn(world, body).map((held) => finding(body, held)) : [],
    ),
  docs: {
    what: "An asynchronous generator yields from within a `with` or `async with`.",
    why: "Who iterates may stop early, with `break` or an error. The generator then waits at its `yield` until the garbage collector finds it, and the `with` is left only after that, in another task: a connection, lock or cancel scope stays in use meanwhile.",
    bad: `async def rows(pool, query):
    async with pool.acquire() as connection:
        async for row in connection.cursor(query):
            yield row
`,
    good: `async def rows(pool, query):
    async with pool.acquire() as connection:
        found = await connection.fetch(query)
    for row in found:
        yield row
`,
    decides: "It looks for `yield` inside `with` blocks of asynchronous generators.",
    silent:
      "Context managers, fixtures, and generators that give out just what the `with` opened, which frameworks run to their end. It is in the summary only: many callers iterate to the end.",
    relatives: { ruff: ["ASYNC119"], others: ["flake8-async ASYNC119"] },
  },
};
