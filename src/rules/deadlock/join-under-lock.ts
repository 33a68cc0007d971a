// A thread is waited for by whoever holds the lock that this thread needs to end.

import type { Body } from "../../analysis/body.js";
import {
  createLockFacts,
  type LockFacts,
  type PauseHolding,
  type Taking,
} from "../../analysis/locks/lock-facts.js";
import { type Started, startedBeside } from "../../analysis/locks/started.js";
import type { Step } from "../../analysis/step.js";
import { spanOf, textOf } from "../../analysis/values/place.js";
import type { World } from "../../analysis/world.js";
import { code } from "../../base/markdown.js";
import type { RuleContext } from "../context.js";
import type { Finding } from "../finding.js";
import { stepAt } from "../handler-rule.js";
import { proof } from "../proof.js";
import type { Rule } from "../rule.js";
import { stepsBelow } from "./waits.js";

/** The thread that is waited for takes the lock that is held meanwhile. */
export interface Standstill extends PauseHolding {
  readonly started: Started;
  readonly needs: Taking;
  /** Other functions are started here too, and which one is waited for is not said. */
  readonly isOneOfSeveral: boolean;
}

/** The thread that `holding` waits for, as far as it takes the lock that is held. */
export function standstillOf(
  world: World,
  factsOf: (body: Body) => LockFacts,
  holding: PauseHolding,
): Standstill | undefined {
  const { body, held, pausing } = holding;
  const { on, isEndless, unlocks } = pausing.waiting;
  if (on !== "thread" || !isEndless || unlocks) return undefined;
  const started = startedBeside(world, body);
  const runs = new Set(started.map(({ run }) => run.definition));
  for (const each of started) {
    const needs = factsOf(each.run).takes.find((taking) => taking.lock === held.lock && taking.isEndless);
    if (needs) return { ...holding, started: each, needs, isOneOfSeveral: runs.size > 1 };
  }
  return undefined;
}

function finding({ body, held, pausing, started, needs, isOneOfSeveral }: Standstill): Finding {
  const here = pausing.way[0]!;
  const lock = code(held.text);
  const run = code(started.run.name);
  const steps: readonly Step[] = [
    stepAt("call", started.at, `${run} runs in a thread`),
    ...needs.way.toReversed().map((place) => stepAt("acquire", place, `${run} takes ${code(needs.text)}`)),
    stepAt("acquire", held.way[0]!, `${lock} is held from here`),
    ...stepsBelow(pausing),
  ];
  return {
    ruleId: "join-under-lock",
    message: `${code(textOf(here, 40))} waits for ${run}, which waits for ${lock}.`,
    help: `Release ${lock} before waiting, so that the thread can end.`,
    severity: "high",
    confidence: isOneOfSeveral ? "medium" : "high",
    ...(body.name === "" ? {} : { where: body.name }),
    evidence: proof(steps, {
      role: "sink",
      span: spanOf(here),
      side: "head",
      note: "waits for the thread while it is held",
    }),
    identity: [held.text, textOf(here, 200)],
  };
}

export const joinUnderLock: Rule = {
  id: "join-under-lock",
  family: "deadlock",
  cwe: "CWE-833",
  title: "Waiting for a thread that needs the lock",
  check: ({ world, roots }: RuleContext) => {
    const factsOf = createLockFacts(world);
    return roots
      .flatMap((body) => factsOf(body).pausesHolding)
      .flatMap((holding) => standstillOf(world, factsOf, holding) ?? [])
      .map(finding);
  },
  docs: {
    what: "While a lock is held, a thread (or a job of an executor) is waited for, and the function that runs there takes the same lock.",
    why: "The thread cannot go on before it has the lock, and the lock is not given back before the thread has ended: both wait for ever.",
    bad: `import threading


class Poller:
    def __init__(self):
        self._lock = threading.Lock()
        self._thread = threading.Thread(target=self._run)
        self._open = True

    def _run(self):
        while True:
            with self._lock:
                if not self._open:
                    return

    def stop(self):
        with self._lock:
            self._open = False
            self._thread.join()
`,
    good: `import threading


class Poller:
    def __init__(self):
        self._lock = threading.Lock()
        self._thread = threading.Thread(target=self._run)
        self._open = True

    def _run(self):
        while True:
            with self._lock:
                if not self._open:
                    return

    def stop(self):
        with self._lock:
            self._open = False
        self._thread.join()
`,
    decides:
      "It collects the functions that a class (or module) starts in threads and executors, and the locks that each of them takes in the end, through any number of calls; then it looks for waits for threads while one of these locks is held.",
    silent:
      "Waits after the lock was given back; threads that never take it, or only try to; threads that another class starts.",
  },
};
