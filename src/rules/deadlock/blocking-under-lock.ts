// A lock that many wait for is held by one who waits for something else.
import { createLockFacts, type PauseHolding } from "../../analysis/locks/lock-facts.js";
import { spanOf, textOf } from "../../analysis/values/place.js";
import { code } from "../../base/markdown.js";
import { wordsOf } from "../../base/words.js";
import type { Confidence, Finding } from "../finding.js";
import { productBodies, stepAt } from "../handler-rule.js";
import { lossRule } from "../loss-rule.js";
import { proof } from "../proof.js";
import type { Rule } from "../rule.js";
import { standstillOf } from "./join-under-lock.js";
import { LONG, stepsBelow } from "./waits.js";

/** Locks that are there so that one after the other does what takes long. */
const SERIALISES =
  /^(send|sending|sender|write|writing|read|reading|recv|receive|io|request|requests|connect|connection|conn|socket|sock|serial|port|comm|command|cmd|session|client|process|build|download|fetch|sync|refresh|token|load|reload|update|poll|rate|throttle|limit|limiter|delay|backoff|api|http|device|bus|transport|start|stop|init|setup|restart|run|job|deploy|upload|install|import|db|sem|semaphore)$/;
/** Locks that are held while something waits because that is what the waiting is for. */
const PACES = /throttl|rate|limit|delay|backoff|pace|interval|slow|debounce/i;

/** How sure it is that others should not have to wait for this; undefined where that is what the lock is for. */
function judge({ body, held, pausing }: PauseHolding): Confidence | undefined {
  const { waiting, way } = pausing;
  const made = held.made ? textOf(held.made, 200) : "";
  if (LONG[waiting.on] === undefined || /Semaphore/.test(made)) return undefined;
  const last = textOf(way.at(-1)!, 200);
  const ownWords = wordsOf(held.text).filter(
    (word) => !/^(self|cls|lock|locks|mutex|rlock|cond|condition)$/.test(word),
  );
  if (ownWords.some((word) => SERIALISES.test(word))) return undefined;
  const around = new Set([...wordsOf(body.name), ...way.flatMap((place) => wordsOf(textOf(place, 200)))]);
  if (ownWords.some((word) => around.has(word))) return undefined;
  switch (waiting.on) {
    case "sleep":
      return PACES.test(`${body.name} ${held.text} ${last}`) ? undefined : isMoment(last) ? "low" : "medium";
    case "thread":
      return waiting.isEndless ? "medium" : waiting.canBeLimited ? "low" : undefined;
    case "queue":
      return waiting.isEndless ? "medium" : undefined;
    case "network":
      return waiting.isEndless && !/^(self|cls)\./.test(last) ? "medium" : "low";
    default:
      return "low";
  }
}

/** `time.sleep(0.05)` */
function isMoment(text: string): boolean {
  const [, seconds] = /\(\s*(\d*\.?\d+)\s*\)$/.exec(text) ?? [];
  return seconds !== undefined && Number(seconds) <= 0.1;
}

function finding({ body, held, pausing }: PauseHolding, confidence: Confidence): Finding {
  const { waiting, way } = pausing;
  const here = way[0]!;
  const lock = code(held.text);
  const does = LONG[waiting.on] ?? "waits";
  return {
    ruleId: "blocking-under-lock",
    message: `${code(textOf(here, 40))} ${does} while ${lock} is held.`,
    help: `Wait first, and take ${lock} only for what it protects.`,
    severity: waiting.isEndless ? "medium" : "low",
    confidence,
    ...(body.name === "" ? {} : { where: body.name }),
    evidence: proof([stepAt("acquire", held.way[0]!, `${lock} is held from here`), ...stepsBelow(pausing)], {
      role: "sink",
      span: spanOf(here),
      side: "head",
      note: `${does}; everybody who wants ${lock} waits too`,
    }),
    identity: [held.text, textOf(here, 200)],
  };
}

const check: Rule["check"] = (context) => {
  const { world } = context;
  const factsOf = createLockFacts(world);
  return productBodies(context).flatMap((body) =>
    factsOf(body).pausesHolding.flatMap((holding) => {
      const confidence = judge(holding);
      if (!confidence || standstillOf(world, factsOf, holding)) return [];
      return [finding(holding, confidence)];
    }),
  );
};

const lost = lossRule({
  id: "blocking-under-lock",
  family: "deadlock",
  cwe: "CWE-833",
  title: "Waiting while a lock is held",
  severity: "medium",
  protections: ["wait-outside"],
  saidAt: "exposed",
  message: (_, exposed) => `${exposed} waits under a lock now: whoever it waits for may need the lock.`,
  help: "Wait first, and take the lock only for what it protects.",
  docs: {
    what: "While a lock is held, the thread sleeps, or waits for the network, a process, a queue or another thread: directly, or in a function that it calls.",
    why: "Everybody who wants the lock waits as long. One server that does not answer then stops the whole program, and if whoever should end the wait needs the lock, it never ends.",
    bad: `import queue
import threading


class Store:
    def __init__(self):
        self._lock = threading.Lock()
        self._answers = queue.Queue()
        self._items = {}

    def get(self, key):
        with self._lock:
            return self._items[key]

    def take(self, key):
        with self._lock:
            self._items[key] = self._answers.get()
`,
    good: `import queue
import threading


class Store:
    def __init__(self):
        self._lock = threading.Lock()
        self._answers = queue.Queue()
        self._items = {}

    def get(self, key):
        with self._lock:
            return self._items[key]

    def take(self, key):
        answer = self._answers.get()
        with self._lock:
            self._items[key] = answer
`,
    decides:
      "Library models say which calls wait, for what, and whether a limit is set. It follows which locks are held at each call, and what the functions of the repository wait for in the end. A change that pulls a call that waits (`join`, `shutdown`, `result`) into a lock is reported whatever is known of the call. Waits with a limit, for processes, and on an object's own connection are in the summary only.",
    silent:
      "Locks named for what they serialise (`_send_lock`, `_refresh_lock`) or after what is called; semaphores; a condition that waits for itself; waiting on purpose, for a rate; tests.",
  },
});

export const blockingUnderLock: Rule = { ...lost, check };
