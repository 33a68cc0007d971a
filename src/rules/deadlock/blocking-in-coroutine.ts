// A coroutine that keeps the whole event loop waiting.
import type { Body } from "../../analysis/body.js";
import { createLockFacts, type Pausing } from "../../analysis/locks/lock-facts.js";
import { spanOf, textOf } from "../../analysis/values/place.js";
import { code } from "../../base/markdown.js";
import type { RuleContext } from "../context.js";
import type { Finding } from "../finding.js";
import { proof } from "../proof.js";
import type { Rule } from "../rule.js";
import { LONG, stepsBelow } from "./waits.js";

function check({ world, roots }: RuleContext): readonly Finding[] {
  const factsOf = createLockFacts(world);
  return roots.flatMap((body) => {
    if (body.kind !== "function" || !world.cfg(body).isAsync) return [];
    return factsOf(body)
      .everyPause.filter(({ waiting }) => LONG[waiting.on] !== undefined)
      .map((pausing) => finding(body, pausing));
  });
}

function finding(body: Body, pausing: Pausing): Finding {
  const { waiting, way } = pausing;
  const [here, ...deeper] = way;
  const does = LONG[waiting.on] ?? "waits";
  const where = body.kind === "function" ? body.name : "";
  return {
    ruleId: "blocking-in-coroutine",
    message: `${code(textOf(here!, 40))} ${does} and stops the event loop meanwhile.`,
    help: "Await an asynchronous call, or run it with `asyncio.to_thread`.",
    severity: "medium",
    confidence: deeper.length > 1 ? "medium" : "high",
    where,
    evidence: proof(stepsBelow(pausing), {
      role: "sink",
      span: spanOf(here!),
      side: "head",
      note: `runs inside the coroutine ${code(where)}`,
    }),
    identity: [textOf(here!, 200)],
  };
}

export const blockingInCoroutine: Rule = {
  id: "blocking-in-coroutine",
  family: "deadlock",
  cwe: "CWE-833",
  title: "Blocking call in a coroutine",
  check,
  docs: {
    what: "A coroutine calls something that waits for the network, a process, a queue or a clock without giving way: directly, or through functions that are not coroutines.",
    why: "The event loop has one thread. While this call waits, no other request is served, no time-out fires and no connection is answered.",
    bad: `import time


async def poll(client):
    while not await client.ready():
        time.sleep(1)
`,
    good: `import asyncio


async def poll(client):
    while not await client.ready():
        await asyncio.sleep(1)
`,
    decides:
      "Library models say which calls wait, for what, and whether only the coroutine waits. The functions of the repository that a coroutine calls are looked into, as deep as four calls.",
    silent:
      "Functions handed to `asyncio.to_thread` or an executor; files and locks; functions that nobody calls from a coroutine.",
    relatives: {
      ruff: ["ASYNC210", "ASYNC212", "ASYNC220", "ASYNC221", "ASYNC222", "ASYNC230", "ASYNC251"],
      semgrep: ["sync-sleep-in-async-code"],
      others: ["flake8-async ASYNC220"],
    },
  },
};
