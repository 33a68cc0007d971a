// What is acquired and, on some way out of the function, never given back.
import type { Body } from "../../analysis/body.js";
import { holdingsOf } from "../../analysis/resources/held.js";
import { type Leak, leaksOf } from "../../analysis/resources/leaks.js";
import type { Step } from "../../analysis/step.js";
import { type Place, spanOf, textOf } from "../../analysis/values/place.js";
import { code } from "../../base/markdown.js";
import type { ResourceKind } from "../../models/kinds.js";
import type { RuleContext } from "../context.js";
import type { Confidence, Finding } from "../finding.js";
import { proof } from "../proof.js";
import type { Rule } from "../rule.js";

interface Told {
  readonly word: string;
  readonly confidence: Confidence;
  /** How it is given back: "closed" if not said. */
  readonly ended?: string;
}

/** What is told of, in words, and how sure it matters. The garbage collector closes files late, and other things too late. */
const KINDS: Partial<Record<ResourceKind, Told>> = {
  file: { word: "file", confidence: "medium" },
  archive: { word: "archive", confidence: "medium" },
  socket: { word: "socket", confidence: "medium" },
  response: { word: "response", confidence: "medium" },
  "memory-map": { word: "memory map", confidence: "medium" },
  connection: { word: "connection", confidence: "low" },
  "temporary-file": { word: "temporary file", confidence: "low" },
  process: { word: "process", confidence: "low", ended: "waited for" },
  executor: { word: "executor", confidence: "low", ended: "shut down" },
};

function check({ world, roots }: RuleContext): readonly Finding[] {
  return roots.flatMap((body) => {
    if (body.kind === "class") return [];
    const { modelled } = world.interpretation(body);
    if (![...modelled.values()].some(({ acquires }) => acquires && KINDS[acquires])) return [];
    const cfg = world.cfg(body);
    const placeOf = (node: Place["node"]): Place => ({ syntax: body.module.syntax, node });
    return leaksOf(cfg, holdingsOf(cfg, modelled, placeOf)).flatMap(
      (leak) => finding(body, leak, placeOf) ?? [],
    );
  });
}

function finding(body: Body, leak: Leak, placeOf: (node: Place["node"]) => Place): Finding | undefined {
  const { resource, raisedBy } = leak;
  const known = KINDS[resource.kind];
  if (!known || resource.lock !== undefined) return undefined;
  const { ended = "closed" } = known;
  const acquiring = code(textOf(placeOf(resource.node), 40));
  const acquire: Step = {
    role: "acquire",
    span: spanOf(placeOf(resource.node)),
    side: "head",
    note: `${acquiring} ${ended === "closed" ? "opens" : "starts"} the ${known.word}`,
  };
  const message = raisedBy
    ? `The ${known.word} of ${acquiring} is not ${ended} when ${code(textOf(placeOf(raisedBy), 40))} raises.`
    : `The ${known.word} of ${acquiring} is never ${ended}.`;
  const raises: readonly Step[] = raisedBy
    ? [
        {
          role: "call",
          span: spanOf(placeOf(raisedBy)),
          side: "head",
          note: "an exception here leaves the function",
        },
      ]
    : [];
  return {
    ruleId: "resource-leak",
    message,
    help: `${ended === "closed" ? "Open" : "Start"} it in a \`with\` statement.`,
    severity: "low",
    // What a script opens at its top level lives as long as the process as a rule.
    confidence: body.kind === "module" ? "low" : known.confidence,
    ...(body.name === "" ? {} : { where: body.name }),
    evidence: proof(raises, acquire),
    identity: [textOf(placeOf(resource.node), 200), raisedBy ? "exception" : "always"],
  };
}

export const resourceLeak: Rule = {
  id: "resource-leak",
  family: "resource-management",
  cwe: "CWE-772",
  title: "Not closed",
  check,
  docs: {
    what: "A function opens a file, socket, archive or response and, on some way out, neither closes it nor hands it on.",
    why: "The descriptor stays open until the garbage collector comes by: later on PyPy, in reference cycles and while a traceback is kept. Under load the process runs out of descriptors, and data that was written may be lost.",
    bad: `def load(path):
    return open(path).read()
`,
    good: `def load(path):
    with open(path) as file:
        return file.read()
`,
    decides:
      "Library models say what acquires and what releases. It follows the value through the function's variables, on the ways of exceptions too; what is returned, stored elsewhere or handed to code that may keep it has another owner.",
    silent:
      "What is returned, yielded, put on `self`, in a container or into a call that may keep it; what a nested function uses; locks, which have a rule of their own. Processes, executors, temporary files and what a module opens at its top level are in the summary only.",
    relatives: {
      ruff: ["SIM115", "ASYNC119"],
      codeql: ["py/file-not-closed"],
      semgrep: ["open-never-closed", "socket-shutdown-close"],
      others: ["Pylint consider-using-with"],
    },
  },
};
