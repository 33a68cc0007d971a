// Locks that several places take in such orders that each may wait for the next in a circle.
import { bodiesIn } from "../../analysis/bodies.js";
import { type Body, moduleBodyOf } from "../../analysis/body.js";
import { createLockFacts, type Nesting, type Taking } from "../../analysis/locks/lock-facts.js";
import type { Step } from "../../analysis/step.js";
import { spanOf } from "../../analysis/values/place.js";
import { code } from "../../base/markdown.js";
import type { RuleContext } from "../context.js";
import type { Finding } from "../finding.js";
import { proof } from "../proof.js";
import type { Rule } from "../rule.js";

/** A circle of nestings: each takes what the next one holds, and the last what the first holds. */
type Cycle = readonly [Nesting, Nesting, ...Nesting[]];

/** More locks than that are never taken in a circle by mistake of one change. */
const LONGEST = 4;

function check({ world, roots }: RuleContext): readonly Finding[] {
  const factsOf = createLockFacts(world);
  const changed = new Set<Body>(roots);
  const modules = [...new Set(roots.map(moduleBodyOf))];
  const nestings = modules
    .flatMap((module) => bodiesIn(world, module))
    .flatMap((body) => factsOf(body).nestings)
    .filter(({ outer, inner }) => outer.lock !== inner.lock);
  const found: Finding[] = [];
  const said = new Set<string>();
  for (const nesting of nestings) {
    if (!changed.has(nesting.body)) continue;
    const cycle = shortestCycle(nesting, nestings);
    if (!cycle || isGated(cycle, nestings)) continue;
    const locks = cycle
      .map(({ outer }) => outer.lock)
      .sort()
      .join(" ");
    if (said.has(locks)) continue;
    said.add(locks);
    found.push(finding(cycle));
  }
  return found;
}

/** The ways back from the inner lock of `first` to its outer one, in other functions, breadth first. */
function shortestCycle(first: Nesting, nestings: readonly Nesting[]): Cycle | undefined {
  let ways: readonly (readonly [Nesting, ...Nesting[]])[] = [[first]];
  const reached = new Set([first.inner.lock]);
  for (let length = 2; length <= LONGEST && ways.length > 0; length++) {
    const longer: (readonly [Nesting, Nesting, ...Nesting[]])[] = [];
    for (const way of ways) {
      for (const next of nestings) {
        if (next.body === first.body || next.outer.lock !== way.at(-1)!.inner.lock) continue;
        const [head, ...tail] = way;
        const extended = [head, ...tail, next] as unknown as Cycle;
        if (next.inner.lock === first.outer.lock) return extended;
        if (reached.has(next.inner.lock)) continue;
        reached.add(next.inner.lock);
        longer.push(extended);
      }
    }
    ways = longer;
  }
  return undefined;
}

/** All of them hold one more lock, so that only one is under way at a time. */
function isGated(cycle: Cycle, nestings: readonly Nesting[]): boolean {
  const own = new Set(cycle.map(({ outer }) => outer.lock));
  const [first, ...others] = cycle.map(({ body, inner }) => {
    const beside = nestings.filter(
      (each) => each.body === body && each.inner.way[0]!.node === inner.way[0]!.node,
    );
    return new Set(beside.map(({ outer }) => outer.lock).filter((lock) => !own.has(lock)));
  });
  return [...first!].some((gate) => others.every((gates) => gates.has(gate)));
}

function messageOf([nesting, ...others]: Cycle): string {
  const { outer, inner } = nesting;
  const places = others.map(({ body }) => code(body.name || "this module"));
  return others.length === 1
    ? `${code(outer.text)} then ${code(inner.text)} here, the other way round in ${places[0]!}.`
    : `${code(outer.text)} then ${code(inner.text)} here, and from there back to ${code(outer.text)} in ${places.join(" and ")}.`;
}

function finding(cycle: Cycle): Finding {
  const [nesting, ...others] = cycle;
  const { outer, inner, body } = nesting;
  return {
    ruleId: "lock-order",
    message: messageOf(cycle),
    help: `Take ${cycle.length === 2 ? "the two" : "all"} locks in the same order everywhere.`,
    severity: "high",
    confidence: "high",
    ...(body.name === "" ? {} : { where: body.name }),
    evidence: proof(
      [
        ...others.flatMap((other) => [
          step(
            "acquire",
            other.outer,
            `${code(other.outer.text)} is taken first in ${code(other.body.name)}`,
          ),
          ...way(other.inner, `then ${code(other.inner.text)}`),
        ]),
        step("acquire", outer, `${code(outer.text)} is taken first here`),
        ...way(inner, "").slice(0, -1),
      ],
      way(inner, `then ${code(inner.text)}: each waits for what the next one holds`).at(-1)!,
    ),
    cycle: cycle.map((each) => ({
      holds: each.outer.text,
      waitsFor: each.inner.text,
      where: each.body.name,
    })),
    identity: cycle.map((each) => each.outer.lock).sort(),
  };
}

function step(role: "acquire" | "call", taking: Taking, note: string): Step {
  return { role, span: spanOf(taking.way[0]!), side: "head", note };
}

/** The calls that lead to the lock, and where it is taken. The defect is the first of them, so it comes last. */
function way({ way: places }: Taking, note: string): readonly Step[] {
  const [here, ...deeper] = places;
  return [
    ...deeper
      .reverse()
      .map((place): Step => ({ role: "call", span: spanOf(place), side: "head", note: "on the way" })),
    { role: "acquire", span: spanOf(here!), side: "head", note },
  ];
}

export const lockOrder: Rule = {
  id: "lock-order",
  family: "deadlock",
  cwe: "CWE-833",
  title: "Locks in opposite orders",
  check,
  docs: {
    what: "Two functions take the same two locks, one after the other, in opposite orders; directly or through what they call.",
    why: "Each of two threads then holds what the other one waits for. Nothing fails and nothing is logged: both wait for ever, and everybody behind them.",
    bad: `import threading

accounts = threading.Lock()
journal = threading.Lock()


def transfer(entry, book):
    with accounts:
        with journal:
            book.append(entry)


def replay(book, totals):
    with journal:
        with accounts:
            totals.update(book)
`,
    good: `import threading

accounts = threading.Lock()
journal = threading.Lock()


def transfer(entry, book):
    with accounts:
        with journal:
            book.append(entry)


def replay(book, totals):
    with accounts:
        with journal:
            totals.update(book)
`,
    decides:
      "It collects which lock is taken while another is held, through any number of calls within the repository, and looks for the same two the other way round, or for a circle of up to four. A lock is a field of a class, a global of a module, or a lock by name.",
    silent:
      "Locks that only one function knows (locals, parameters, elements of containers); locks taken in one order everywhere; orders that one more lock keeps apart; tries that do not wait.",
  },
};
