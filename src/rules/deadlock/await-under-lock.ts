// A coroutine gives way to others while it holds the lock of a thread.
import { type AwaitHolding, createLockFacts } from "../../analysis/locks/lock-facts.js";
import { textOf } from "../../analysis/values/place.js";
import { code } from "../../base/markdown.js";
import type { RuleContext } from "../context.js";
import type { Finding } from "../finding.js";
import { stepAt } from "../handler-rule.js";
import { proof } from "../proof.js";
import type { Rule } from "../rule.js";

/** One for each section: the first `await` in it. */
function check({ world, roots }: RuleContext): readonly Finding[] {
  const factsOf = createLockFacts(world);
  return roots.flatMap((body) => {
    const { awaitsHolding } = factsOf(body);
    return awaitsHolding
      .filter(
        ({ held }, index) =>
          awaitsHolding.findIndex((each) => each.held.way[0]!.node === held.way[0]!.node) === index,
      )
      .map(finding);
  });
}

function finding({ body, held, awaited }: AwaitHolding): Finding {
  const lock = code(held.text);
  return {
    ruleId: "await-under-lock",
    message: held.isReentrant
      ? `${code(textOf(awaited, 40))} lets other coroutines into the section of ${lock}.`
      : `${code(textOf(awaited, 40))} gives way with ${lock} held: the next coroutine that wants it stops the event loop.`,
    help: "Use an `asyncio.Lock` with `async with`, or release the lock before the `await`.",
    severity: "high",
    confidence: held.isReentrant ? "medium" : "high",
    ...(body.name === "" ? {} : { where: body.name }),
    evidence: proof(
      [
        ...(held.made ? [stepAt("flow", held.made, `${lock} is a lock between threads`)] : []),
        stepAt("acquire", held.way[0]!, `${lock} is held from here`),
      ],
      stepAt("sink", awaited, "other coroutines of this thread run meanwhile"),
    ),
    identity: [held.text, textOf(awaited, 200)],
  };
}

export const awaitUnderLock: Rule = {
  id: "await-under-lock",
  family: "deadlock",
  cwe: "CWE-833",
  title: "Await while a thread's lock is held",
  check,
  docs: {
    what: "A coroutine takes a lock of `threading` (or of another library that stops threads) and awaits something while it holds it.",
    why: "Meanwhile other coroutines run in the same thread. The first of them that wants the lock stops the thread, and with it the coroutine that would give the lock back: nothing goes on any more. A reentrant lock lets it in instead, and protects nothing.",
    bad: `import threading

lock = threading.Lock()
balances = {}


async def pay(account, amount, bank):
    with lock:
        balances[account] -= amount
        await bank.book(account, amount)
`,
    good: `import asyncio

lock = asyncio.Lock()
balances = {}


async def pay(account, amount, bank):
    async with lock:
        balances[account] -= amount
        await bank.book(account, amount)
`,
    decides:
      "Library models say which locks stop a thread and which only a coroutine. It follows which of them are held at each `await`, `async for` and `async with`.",
    silent:
      "Locks of asyncio, anyio, trio and of green threads; a lock that is given back before; a lock that only this call knows.",
  },
};
