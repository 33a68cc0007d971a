// Rows stay locked and a connection stays taken while something else is waited for.
import type { Body } from "../../analysis/body.js";
import { statementsOf } from "../../analysis/handlers/handlers.js";
import { isTransaction } from "../../analysis/handlers/transactions.js";
import { createLockFacts, type Pausing } from "../../analysis/locks/lock-facts.js";
import { type Place, textOf } from "../../analysis/values/place.js";
import type { World } from "../../analysis/world.js";
import { code } from "../../base/markdown.js";
import type { Range } from "../../base/span.js";
import type { WaitKind } from "../../models/kinds.js";
import { isBodyOwner, nodesIn } from "../../python/walk.js";
import type { Confidence, Finding } from "../finding.js";
import { placeIn, productBodies, stepAt } from "../handler-rule.js";
import { proof } from "../proof.js";
import type { Rule } from "../rule.js";
import { LONG, stepsBelow } from "./waits.js";

/** A stretch of a body that runs in one transaction. */
interface Section {
  readonly begins: Place;
  readonly within: Range;
}

const SLOW: readonly WaitKind[] = ["network", "sleep", "process", "queue", "thread", "user"];
/** What the transaction itself waits for: its connection. */
const CONNECTS = /\b(connect|begin|acquire|create_pool|raw_connection|get_connection)\($/;
/** Other stores answer quickly as a rule; a short wait for them is not what this is about. */
const STORES = /redis|cache|memcache|mongo|elastic|dynamo|dogpile/i;

function sectionsOf(world: World, body: Body): readonly Section[] {
  const blocks = nodesIn(statementsOf(body)).flatMap((node): readonly Section[] => {
    if (node.kind !== "with" || isBodyOwner(node)) return [];
    const item = node.items.find(({ context }) => isTransaction(world, body, context));
    return item ? [{ begins: placeIn(body, item), within: node }] : [];
  });
  if (body.kind !== "function" || body.definition.kind !== "function") return blocks;
  const { definition } = body;
  const index = world
    .factsOf(body)
    .decoratorModels.findIndex((models) => models.some(({ holds }) => holds === "transaction"));
  const decorator = definition.decorators[index];
  return decorator ? [...blocks, { begins: placeIn(body, decorator), within: definition }] : blocks;
}

/** What `body` waits for: its thread, and where it is a coroutine, only itself. */
function pausesOf(world: World, body: Body, pauses: readonly Pausing[]): readonly Pausing[] {
  const suspensions = [...world.interpretation(body).modelled].flatMap(([node, { waits }]) =>
    waits?.suspends ? [{ waiting: waits, way: [placeIn(body, node)] }] : [],
  );
  return [...pauses, ...suspensions];
}

function judge({ waiting, way }: Pausing): Confidence | undefined {
  const last = textOf(way.at(-1)!, 200);
  if (!SLOW.includes(waiting.on) || CONNECTS.test(last.slice(0, last.indexOf("(") + 1))) return undefined;
  if (STORES.test(last) || waiting.on === "process") return "low";
  if (waiting.on === "queue" || waiting.on === "thread") return waiting.isEndless ? "medium" : "low";
  return "medium";
}

function finding(body: Body, { begins }: Section, pausing: Pausing, confidence: Confidence): Finding {
  const { waiting, way } = pausing;
  const here = way[0]!;
  const does = LONG[waiting.on] ?? "waits";
  return {
    ruleId: "slow-call-in-transaction",
    message: `${code(textOf(here, 40))} ${does} inside a database transaction.`,
    help: "Do it before the transaction begins or after it has ended.",
    severity: "medium",
    confidence,
    ...(body.name === "" ? {} : { where: body.name }),
    evidence: proof(
      [stepAt("acquire", begins, "the transaction begins"), ...stepsBelow(pausing)],
      stepAt("sink", here, `${does} while the transaction is open`),
    ),
    identity: [textOf(here, 200)],
  };
}

export const slowCallInTransaction: Rule = {
  id: "slow-call-in-transaction",
  family: "deadlock",
  cwe: "CWE-833",
  title: "Slow call inside a transaction",
  check: (context) => {
    const { world } = context;
    const factsOf = createLockFacts(world);
    return productBodies(context).flatMap((body) => {
      const sections = sectionsOf(world, body);
      if (sections.length === 0) return [];
      return pausesOf(world, body, factsOf(body).everyPause).flatMap((pausing) => {
        const { node } = pausing.way[0]!;
        const section = sections.find(({ within }) => within.start <= node.start && node.end <= within.end);
        const confidence = section && judge(pausing);
        return confidence ? finding(body, section, pausing, confidence) : [];
      });
    });
  },
  docs: {
    what: "Between the beginning and the end of a database transaction the code waits for something else: an HTTP or RPC call, a mail server, a sleep, a queue, another thread.",
    why: "As long as it waits, the rows that were changed stay locked and the connection is taken. Others wait for the rows, the pool runs empty, and where the called service itself needs one of these rows, neither goes on.",
    bad: `import requests
from django.db import transaction


def pay(order):
    with transaction.atomic():
        order.lock()
        answer = requests.post("https://bank.example/pay", json={"id": order.id}, timeout=30)
        order.finish(answer.ok)
`,
    good: `import requests
from django.db import transaction


def pay(order):
    answer = requests.post("https://bank.example/pay", json={"id": order.id}, timeout=30)
    with transaction.atomic():
        order.lock()
        order.finish(answer.ok)
`,
    decides:
      "It knows what begins a transaction (`with` blocks and decorators of SQLAlchemy, Django, oslo.db, peewee, asyncpg and others) and which calls wait, in the functions of the repository that are called too.",
    silent:
      "Calls of the database itself; work that is put off until after the commit; tests. Processes and other stores are in the summary only.",
  },
};
