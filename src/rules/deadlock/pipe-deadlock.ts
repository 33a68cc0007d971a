// A process and its child that wait for each other at a full pipe.
import type { Body } from "../../analysis/body.js";
import { type PipeDeadlock, pipeDeadlocksIn } from "../../analysis/resources/pipes.js";
import { code } from "../../base/markdown.js";
import type { Finding } from "../finding.js";
import { placeIn, productBodies, stepAt, textIn } from "../handler-rule.js";
import { proof } from "../proof.js";
import type { Rule } from "../rule.js";

const WHY: Readonly<Record<PipeDeadlock["form"], string>> = {
  wait: "does not come back when the child fills its pipe: nobody reads it meanwhile",
  write: "does not come back when the child fills its output pipe before it has read everything",
  other: "does not come back when the child fills the other pipe before it closes this one",
};

function finding(body: Body, { form, started, at }: PipeDeadlock): Finding {
  return {
    ruleId: "pipe-deadlock",
    message: `${code(textIn(body, at, 40))} ${WHY[form]}.`,
    help: "Use `communicate()`, which reads and writes all pipes at once, or send the output to a file.",
    severity: "medium",
    confidence: "medium",
    ...(body.name === "" ? {} : { where: body.name }),
    evidence: proof(
      [stepAt("acquire", placeIn(body, started), "gives the child pipes of some ten thousand bytes")],
      stepAt("sink", placeIn(body, at), "each waits for the other"),
    ),
    identity: [form, textIn(body, at, 200)],
  };
}

export const pipeDeadlock: Rule = {
  id: "pipe-deadlock",
  family: "deadlock",
  cwe: "CWE-833",
  title: "Deadlock at a pipe",
  check: (context) =>
    productBodies(context).flatMap((body) =>
      pipeDeadlocksIn(body).map((deadlock) => finding(body, deadlock)),
    ),
  docs: {
    what: "A child process is started with pipes, and its end is waited for before its output is read; or everything is written to it, or one of its two outputs is read to the end, before the other one is read.",
    why: "A pipe holds some ten thousand bytes. When it is full the child stops until somebody reads, and the parent, which waits for the child, never does. With little output it works, so that tests pass.",
    bad: `from subprocess import PIPE, Popen


def compile_all(command):
    child = Popen(command, stdout=PIPE)
    code = child.wait()
    return code, child.stdout.read()
`,
    good: `from subprocess import PIPE, Popen


def compile_all(command):
    child = Popen(command, stdout=PIPE)
    output, _ = child.communicate()
    return child.returncode, output
`,
    decides:
      "It follows the uses of a process that was started with `PIPE` in source order, within its function and through `with … as`.",
    silent:
      "`communicate()`; a `wait` with a timeout or without pipes; constant input; processes that are handed to other code before, which may read them.",
  },
};
