// Two locks that one place takes in one order and another place in the other.
import { bodiesIn } from "../../analysis/bodies.js";
import { type Body, moduleBodyOf } from "../../analysis/body.js";
import { createLockFacts, type Nesting, type Taking } from "../../analysis/locks/lock-facts.js";
import type { Step } from "../../analysis/step.js";
import { spanOf } from "../../analysis/values/place.js";
import { code } from "../../base/markdown.js";
import type { RuleContext } from "../context.js";
import type { Finding } from "../finding.js";
import type { Rule } from "../rule.js";

function check({ world, roots }: RuleContext): readonly Finding[] {
  const factsOf = createLockFacts(world);
  const isOrder = ({ outer, inner }: Nesting) => outer.lock !== inner.lock;
  // Most changes nest no locks: then nobody need know the rest of their files.
  if (!roots.some((body) => factsOf(body).nestings.some(isOrder))) return [];
  const changed = new Set<Body>(roots);
  const modules = [...new Set(roots.map(moduleBodyOf))];
  const nestings = modules
    .flatMap((module) => bodiesIn(world, module))
    .flatMap((body) => factsOf(body).nestings);
  const byPair = new Map<string, Nesting[]>();
  for (const nesting of nestings) {
    const pair = `${nesting.outer.lock} > ${nesting.inner.lock}`;
    byPair.set(pair, [...(byPair.get(pair) ?? []), nesting]);
  }
  const found: Finding[] = [];
  const said = new Set<string>();
  for (const nesting of nestings) {
    const { outer, inner, body } = nesting;
    if (!isOrder(nesting) || !changed.has(body)) continue;
    const [opposite] = byPair.get(`${inner.lock} > ${outer.lock}`) ?? [];
    const pair = [outer.lock, inner.lock].sort().join(" ");
    if (!opposite || opposite.body === body || said.has(pair)) continue;
    said.add(pair);
    found.push(finding(nesting, opposite));
  }
  return found;
}

function finding(nesting: Nesting, opposite: Nesting): Finding {
  const { outer, inner, body } = nesting;
  const first = code(outer.text);
  const second = code(inner.text);
  return {
    ruleId: "lock-order",
    message: `${first} then ${second} here, the other way round in ${code(opposite.body.name || "this module")}.`,
    help: "Take the two locks in the same order everywhere.",
    severity: "high",
    confidence: "high",
    ...(body.name === "" ? {} : { where: body.name }),
    evidence: [
      step(
        "acquire",
        opposite.outer,
        `${code(opposite.outer.text)} is taken first in ${code(opposite.body.name)}`,
      ),
      ...way(opposite.inner, `then ${code(opposite.inner.text)}`),
      step("acquire", outer, `${first} is taken first here`),
      ...way(inner, `then ${second}: each waits for what the other holds`),
    ],
    cycle: [
      { holds: outer.text, waitsFor: inner.text, where: body.name },
      { holds: inner.text, waitsFor: outer.text, where: opposite.body.name },
    ],
    identity: [outer.lock, inner.lock].sort(),
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
      "It collects which lock is taken while another is held, through any number of calls within the repository, and looks for the same two the other way round. A lock is a field of a class, a global of a module, or a lock by name.",
    silent:
      "Locks that only one function knows (locals, parameters, elements of containers); locks taken in one order everywhere; tries that do not wait.",
  },
};
