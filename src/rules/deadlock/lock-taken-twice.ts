// A lock that is taken again by whoever holds it already, and that does not allow it.
import { createLockFacts, type Nesting } from "../../analysis/locks/lock-facts.js";
import type { Step } from "../../analysis/step.js";
import { type Place, spanOf } from "../../analysis/values/place.js";
import { code } from "../../base/markdown.js";
import type { RuleContext } from "../context.js";
import type { Finding } from "../finding.js";
import { proof } from "../proof.js";
import type { Rule } from "../rule.js";

function check({ world, roots }: RuleContext): readonly Finding[] {
  const factsOf = createLockFacts(world);
  return roots
    .flatMap((body) => factsOf(body).nestings)
    .filter(({ outer, inner }) => outer.lock === inner.lock && !outer.isReentrant && !inner.isReentrant)
    .map(finding);
}

function finding({ body, outer, inner }: Nesting): Finding {
  const lock = code(outer.text);
  const [here, ...deeper] = inner.way;
  return {
    ruleId: "lock-taken-twice",
    message: `${lock} is taken again while it is held: this waits for itself.`,
    help: "Release it first, move the work into a function that expects it held, or use an `RLock`.",
    severity: "high",
    confidence: "high",
    ...(body.name === "" ? {} : { where: body.name }),
    evidence: proof(
      [
        ...(outer.made ? [step("flow", outer.made, `${lock} is not reentrant`)] : []),
        step("acquire", outer.way[0]!, `${lock} is taken`),
        ...deeper.reverse().map((place) => step("acquire", place, `${code(inner.text)} is taken in the end`)),
      ],
      step("call", here!, "here it is held already"),
    ),
    identity: [outer.lock, inner.text],
  };
}

function step(role: Step["role"], place: Place, note: string): Step {
  return { role, span: spanOf(place), side: "head", note };
}

export const lockTakenTwice: Rule = {
  id: "lock-taken-twice",
  family: "deadlock",
  cwe: "CWE-833",
  title: "Lock taken twice",
  check,
  docs: {
    what: "While a lock that is not reentrant is held, the same lock is taken again: directly, or by a method that is called.",
    why: "The thread waits for itself, for ever, and with it everybody else who wants the lock.",
    bad: `import threading


class Store:
    def __init__(self):
        self._lock = threading.Lock()
        self._items = {}

    def get(self, key):
        with self._lock:
            return self._items.get(key)

    def rename(self, old, new):
        with self._lock:
            self._items[new] = self.get(old)
`,
    good: `import threading


class Store:
    def __init__(self):
        self._lock = threading.RLock()
        self._items = {}

    def get(self, key):
        with self._lock:
            return self._items.get(key)

    def rename(self, old, new):
        with self._lock:
            self._items[new] = self.get(old)
`,
    decides:
      "It follows which locks are held at each call, and which locks the callee takes in the end, through any number of calls within the repository.",
    silent:
      "Reentrant locks; tries that do not wait; locks of other objects of the same class, as far as the code names them otherwise.",
  },
};
