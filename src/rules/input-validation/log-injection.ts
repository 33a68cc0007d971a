// Untrusted line breaks inside a log.
import { taintRule } from "../taint-rule.js";

export const logInjection = taintRule({
  id: "log-injection",
  family: "input-validation",
  cwe: "CWE-117",
  title: "Log injection",
  severity: "low",
  sinks: ["log"],
  message: (source) => `This log line contains ${source} as it was sent.`,
  sinkNote: "is written to the log",
  help: "Log it with `%r` or remove line breaks.",
  judge: (_arrival, usual) => (usual === "high" ? "low" : undefined),
  docs: {
    what: "Data from a client is written to a log with its line breaks.",
    why: "A line break begins a log line of the client's own, which readers and tools take for true.",
    bad: `import logging

from flask import Flask, request

app = Flask(__name__)


@app.post("/login")
def login():
    logging.warning("failed login of %s", request.form["user"])
    return {"ok": False}
`,
    good: `import logging

from flask import Flask, request

app = Flask(__name__)


@app.post("/login")
def login():
    logging.warning("failed login number %d", int(request.form["attempt"]))
    return {"ok": False}
`,
    decides:
      "It follows data from where a client sends it to the arguments of logging calls. Whether the formatter escapes line breaks cannot be seen there, so that this is always mentioned in the summary only.",
    silent:
      "Numbers; values compared with constants or found in a collection of them; data that is not from a client.",
    relatives: { codeql: ["py/log-injection"] },
  },
});
