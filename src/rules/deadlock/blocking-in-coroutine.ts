// A coroutine that keeps the whole event loop waiting.
import type { Body } from "../../analysis/body.js";
import { createLockFacts, type Pausing } from "../../analysis/locks/lock-facts.js";
import { spanOf, textOf } from "../../analysis/values/place.js";
import { code } from "../../base/markdown.js";
import type { RuleContext } from "../context.js";
import type { Confidence, Finding } from "../finding.js";
import { lossRule } from "../loss-rule.js";
import { proof } from "../proof.js";
import type { Rule } from "../rule.js";
import { LONG, stepsBelow } from "./waits.js";

function check({ world, roots }: RuleContext): readonly Finding[] {
  const factsOf = createLockFacts(world);
  return roots.flatMap((body) => {
    if (body.kind !== "function" || !world.cfg(body).isAsync) return [];
    return factsOf(body).everyPause.flatMap((pausing) => {
      const confidence = judge(pausing);
      return confidence ? finding(body, pausing, confidence) : [];
    });
  });
}

/** A disk answers in moments as a rule: that is told of where the coroutine itself asks it, and in the summary. */
function judge({ waiting, way }: Pausing): Confidence | undefined {
  if (waiting.on === "disk") return way.length === 1 ? "low" : undefined;
  if (LONG[waiting.on] === undefined) return undefined;
  return way.length > 2 ? "medium" : "high";
}

function finding(body: Body, pausing: Pausing, confidence: Confidence): Finding {
  const { waiting, way } = pausing;
  const here = way[0]!;
  const does = LONG[waiting.on] ?? "waits for the disk";
  const where = body.kind === "function" ? body.name : "";
  return {
    ruleId: "blocking-in-coroutine",
    message: `${code(textOf(here, 40))} ${does} and stops the event loop meanwhile.`,
    help: "Await an asynchronous call, or run it with `asyncio.to_thread`.",
    severity: waiting.on === "disk" ? "low" : "medium",
    confidence,
    where,
    evidence: proof(stepsBelow(pausing), {
      role: "sink",
      span: spanOf(here),
      side: "head",
      note: `runs inside the coroutine ${code(where)}`,
    }),
    identity: [textOf(here, 200)],
  };
}

const lost = lossRule({
  id: "blocking-in-coroutine",
  family: "deadlock",
  cwe: "CWE-833",
  title: "Blocking call in a coroutine",
  severity: "medium",
  protections: ["off-loop"],
  saidAt: "exposed",
  message: (guard, exposed) => `${exposed} keeps the event loop waiting: ${guard} ran it in a thread.`,
  help: "Keep it in a thread, or await an asynchronous call.",
  docs: {
    what: "A coroutine calls something that waits for the network, a process, a queue or a clock without giving way: directly, or through functions that are not coroutines. Or a change takes such work back from the thread to which the coroutine gave it.",
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
      "Library models say which calls wait, for what, and whether only the coroutine waits. The functions of the repository that a coroutine calls are looked into, as deep as four calls. A function that the base gave to a thread (`to_thread`, `run_in_executor`, `run_in_threadpool`) and that the head calls without `await` counts whatever it does.",
    silent:
      "Functions handed to `asyncio.to_thread` or an executor; locks; functions that nobody calls from a coroutine. Files that the coroutine itself reads, writes or looks for are in the summary only.",
    relatives: {
      ruff: [
        "ASYNC210",
        "ASYNC212",
        "ASYNC220",
        "ASYNC221",
        "ASYNC222",
        "ASYNC230",
        "ASYNC240",
        "ASYNC250",
        "ASYNC251",
      ],
      semgrep: ["sync-sleep-in-async-code"],
      others: ["flake8-async ASYNC220"],
    },
  },
});

export const blockingInCoroutine: Rule = { ...lost, check };
