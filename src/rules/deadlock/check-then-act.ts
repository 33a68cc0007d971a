// What was true when it was asked need not be true when it is relied on: others run in between.
import { type Body, classOf, moduleBodyOf } from "../../analysis/body.js";
import { type StaleTest, staleTestsIn } from "../../analysis/locks/stale-tests.js";
import { code } from "../../base/markdown.js";
import type { Confidence, Finding } from "../finding.js";
import { placeIn, productBodies, stepAt, textIn } from "../handler-rule.js";
import { lossRule } from "../loss-rule.js";
import { proof } from "../proof.js";
import type { Rule } from "../rule.js";
import { sourceOf } from "../surroundings.js";

/**
 * What is used must be taken away somewhere for the use to fail. What is made twice is often no harm, unless others
 * meet at it.
 */
function judge({ body, state, isUse, makesMeeting }: StaleTest): Confidence {
  if (!isUse) return makesMeeting ? "medium" : "low";
  const owner: Body = state.includes(".") ? (classOf(body) ?? body) : moduleBodyOf(body);
  const name = state.replace(".", "\\.");
  const takes = new RegExp(
    `${name}(\\.(pop|popitem|clear|remove|discard)\\(|\\s*=\\s*(None|\\{\\}))|\\bdel ${name}\\[`,
    "g",
  );
  return takes.test(withoutInit(sourceOf(owner))) ? "medium" : "low";
}

/** Without the method that makes the object, which runs before anybody else. */
function withoutInit(source: string): string {
  return source.replace(/^([ \t]*)def __init__\b.*(\n(?:\1[ \t].*|[ \t]*$))*/gm, "");
}

function finding(stale: StaleTest, confidence: Confidence): Finding {
  const { body, test, awaited, act, state, isUse } = stale;
  const asked = code(textIn(body, test, 40));
  return {
    ruleId: "check-then-act",
    message: isUse
      ? `${asked} is asked before ${code(textIn(body, awaited, 40))}, and relied on after it.`
      : `While ${code(textIn(body, awaited, 40))} waits, another coroutine finds ${code(state)} without it too.`,
    help: isUse
      ? "Take out what is needed before the `await`, or ask again after it."
      : "Put it there before the `await`, or hold an `asyncio.Lock` from the test on.",
    severity: "medium",
    confidence,
    where: body.name,
    evidence: proof(
      [
        stepAt("flow", placeIn(body, test), "is true here"),
        stepAt("call", placeIn(body, awaited), "other coroutines run meanwhile"),
      ],
      stepAt("sink", placeIn(body, act), "need not be true any more"),
    ),
    identity: [textIn(body, test, 200), textIn(body, act, 200)],
  };
}

export const checkThenAct: Rule = {
  ...lossRule({
    id: "check-then-act",
    family: "deadlock",
    cwe: "CWE-362",
    title: "Check and act apart",
    severity: "medium",
    protections: ["race"],
    message: (guard, exposed) => `${exposed} can be overtaken by another thread: ${guard} is gone.`,
    help: "Look and act in one step, or hold a lock from the one to the other.",
    docs: {
      what: "A coroutine asks something of what it shares with others, awaits, and relies on the answer; or a change takes apart what looked and acted in one step.",
      why: "Between the two, another coroutine or thread removes what was there, or makes what was missing a second time: a `KeyError` under load, a waiter that nobody wakes, a count that is too low.",
      bad: `class Resolver:
    def __init__(self):
        self._pending = {}

    async def wait_for(self, host, trace):
        if host in self._pending:
            await trace.hit(host)
            return self._pending[host]
        return None

    def done(self, host):
        self._pending.pop(host, None)
`,
      good: `class Resolver:
    def __init__(self):
        self._pending = {}

    async def wait_for(self, host, trace):
        if host in self._pending:
            pending = self._pending[host]
            await trace.hit(host)
            return pending
        return None

    def done(self, host):
        self._pending.pop(host, None)
`,
      decides:
        "In coroutines it looks for tests of a field or global, an `await` in the branch, and what relies on the test after it: a look-up of the key that was found, a member of what was not None, a key or field that is set because it was missing. In a change it looks for what was whole: `pop` with a default, a handler for a conflict, a field read once into a variable, a counter that the database counts, an object that is complete when others see it.",
      silent:
        "Sections under a lock; places that are asked again, reserved before the `await` or ready for a `KeyError`. What nobody removes elsewhere, and caches that are filled twice, are in the summary only.",
    },
  }),
  check: (context) =>
    productBodies(context).flatMap((body) => {
      if (body.kind !== "function" || !context.world.cfg(body).isAsync) return [];
      return staleTestsIn(body).map((stale) => finding(stale, judge(stale)));
    }),
};
