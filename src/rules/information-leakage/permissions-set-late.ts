// A file that is closed to others only after it was written.
import type { Body } from "../../analysis/body.js";
import { calledName } from "../../analysis/calls/callees.js";
import { statementsOf } from "../../analysis/handlers/handlers.js";
import { code } from "../../base/markdown.js";
import type { Call, Expression } from "../../python/ast.js";
import { nodesIn } from "../../python/walk.js";
import type { Finding } from "../finding.js";
import { placeIn, productBodies, stepAt, textIn } from "../handler-rule.js";
import type { Rule } from "../rule.js";

export const permissionsSetLate: Rule = {
  id: "permissions-set-late",
  family: "information-leakage",
  cwe: "CWE-276",
  title: "File protected only after it was written",
  docs: {
    what: "A file is created with `open`, and `os.chmod` takes the rights of others away afterwards.",
    why: "Until then everybody on the machine can open it, and who has it open goes on reading whatever its mode is.",
    bad: `import os


def store(path, text):
    with open(path, "w") as file:
        file.write(text)
    os.chmod(path, 0o600)
`,
    good: `import os


def store(path, text):
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "w") as file:
        file.write(text)
`,
    decides:
      "It pairs a call of `open` for writing with a later `chmod` of the same expression, in one function, whose mode leaves others nothing.",
    silent:
      "An `opener`, a `umask` set in the function, modes that let others read, appending to a file that is there.",
    relatives: { semgrep: ["insecure-file-permissions"] },
  },
  check: (context) =>
    productBodies(context).flatMap((body) => {
      const calls = nodesIn(statementsOf(body)).filter((node): node is Call => node.kind === "call");
      if (calls.some((call) => /umask|mkstemp|NamedTemporaryFile|fchmod/.test(calledName(call)))) return [];
      return calls.flatMap((open) => {
        const path = createdPath(open);
        const later =
          path && calls.find((call) => call.start > open.end && closes(body, call, textIn(body, path, 200)));
        return later ? finding(body, open, later) : [];
      });
    }),
};

/** The path of `open(path, "w")`. */
function createdPath(call: Call): Expression | undefined {
  if (call.callee.kind !== "name" || call.callee.id !== "open") return undefined;
  if (call.arguments.some(({ name }) => name?.id === "opener")) return undefined;
  const [path, mode] = call.arguments;
  const written = call.arguments.find(({ name }) => name?.id === "mode") ?? mode;
  if (path?.form !== "positional" || written?.value.kind !== "string") return undefined;
  return /^[wx]/.test(written.value.value) ? path.value : undefined;
}

/** `os.chmod(path, 0o600)` */
function closes(body: Body, call: Call, path: string): boolean {
  if (calledName(call) !== "chmod") return false;
  const [first, second] = call.arguments;
  if (!first || !second || textIn(body, first.value, 200) !== path) return false;
  const mode = textIn(body, second.value, 80);
  if (/^0o?[0-7]?[4-7]00$/.test(mode)) return true;
  return /S_I[RW]USR/.test(mode) && !/S_I[RWX](GRP|OTH)|S_IRWX[GO]/.test(mode);
}

function finding(body: Body, open: Call, chmod: Call): Finding {
  const text = textIn(body, open, 40);
  return {
    ruleId: "permissions-set-late",
    message: `${code(text)} makes a file that others can read until \`chmod\` closes it.`,
    help: "Create it closed: `os.open` with a mode, or an `opener`.",
    where: body.name,
    severity: "medium",
    confidence: "high",
    evidence: [
      stepAt("sink", placeIn(body, chmod), "closes the file when it is written already"),
      stepAt("acquire", placeIn(body, open), "makes it with the usual mode, open to others"),
    ],
    identity: [text, textIn(body, chmod, 60)],
  };
}
