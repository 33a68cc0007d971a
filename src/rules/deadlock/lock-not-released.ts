// A lock that a function takes and, on some way out, does not give back.

import { holdingsOf } from "../../analysis/resources/held.js";
import { type Leak, leaksOf } from "../../analysis/resources/leaks.js";
import type { Step } from "../../analysis/step.js";
import { type Place, spanOf, textOf } from "../../analysis/values/place.js";
import { code } from "../../base/markdown.js";
import type { RuleContext } from "../context.js";
import type { Finding } from "../finding.js";
import { proof } from "../proof.js";
import type { Rule } from "../rule.js";

function check({ world, roots }: RuleContext): readonly Finding[] {
  return roots.flatMap((body) => {
    const { modelled } = world.interpretation(body);
    if (![...modelled.values()].some(({ acquires }) => acquires === "lock" || acquires === "file-lock"))
      return [];
    const cfg = world.cfg(body);
    const placeOf = (node: Place["node"]): Place => ({ syntax: body.module.syntax, node });
    return leaksOf(cfg, holdingsOf(cfg, modelled, placeOf))
      .filter(({ resource }) => resource.lock !== undefined)
      .map((leak) => finding(body.name, leak, placeOf));
  });
}

function finding(
  where: string,
  { resource, raisedBy }: Leak,
  placeOf: (node: Place["node"]) => Place,
): Finding {
  const lock = code(resource.lock ?? "");
  const acquire: Step = {
    role: "acquire",
    span: spanOf(placeOf(resource.node)),
    side: "head",
    note: `${lock} is taken`,
  };
  const leaves: readonly Step[] = raisedBy
    ? [
        {
          role: "call",
          span: spanOf(placeOf(raisedBy)),
          side: "head",
          note: `an exception here leaves with ${lock} held`,
        },
      ]
    : [];
  return {
    ruleId: "lock-not-released",
    message: raisedBy
      ? `${lock} stays locked when ${code(textOf(placeOf(raisedBy), 40))} raises.`
      : `${lock} stays locked on one way out of the function.`,
    help: `Hold it with \`with ${resource.lock ?? "lock"}:\`, or release it in \`finally\`.`,
    severity: "high",
    confidence: raisedBy ? "high" : "medium",
    ...(where === "" ? {} : { where }),
    evidence: proof(leaves, acquire),
    identity: [resource.lock ?? "", raisedBy ? "exception" : "end"],
  };
}

export const lockNotReleased: Rule = {
  id: "lock-not-released",
  family: "deadlock",
  cwe: "CWE-667",
  title: "Lock not released",
  check,
  docs: {
    what: "A function takes a lock and releases it, but not on every way out: an exception or an early return leaves it locked.",
    why: "The next one who wants the lock waits for ever, and after it everybody else: one failed request stops the service.",
    bad: `import threading

lock = threading.Lock()
totals = {}


def add(name, amount):
    lock.acquire()
    totals[name] = convert(amount)
    lock.release()


def convert(amount):
    return int(amount)
`,
    good: `import threading

lock = threading.Lock()
totals = {}


def add(name, amount):
    with lock:
        totals[name] = convert(amount)


def convert(amount):
    return int(amount)
`,
    decides:
      "It follows each lock that the function both takes and releases along every path, those of exceptions too. The lock is known by its model; which lock it is, by the expression on which it is called.",
    silent:
      "`with lock:`; a release in `finally`; functions that take a lock for their caller and never release it; tries that did not get the lock.",
  },
};
