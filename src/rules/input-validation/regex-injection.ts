// Untrusted text compiled as a regular expression.
import { taintRule } from "../taint-rule.js";
import { atMost } from "../trail.js";

export const regexInjection = taintRule({
  id: "regex-injection",
  family: "input-validation",
  cwe: "CWE-1333",
  title: "Regular expression from the client",
  severity: "medium",
  sinks: ["regex"],
  message: (source) => `${source} is compiled as a regular expression.`,
  sinkNote: "is compiled as a pattern",
  help: "Escape it with `re.escape`, or search for it as plain text.",
  judge: (_arrival, usual) => atMost("medium", usual),
  docs: {
    what: "Data from a client is compiled as a regular expression.",
    why: "A pattern such as `(a+)+$` takes exponential time and holds the interpreter lock meanwhile: one request stops the whole process.",
    bad: `import re

from flask import Flask, request

app = Flask(__name__)


LINES = ["alpha", "beta"]


@app.route("/search")
def search():
    pattern = re.compile(request.args["pattern"])
    return {"count": sum(1 for line in LINES if pattern.search(line))}
`,
    good: `import re

from flask import Flask, request

app = Flask(__name__)


LINES = ["alpha", "beta"]


@app.route("/search")
def search():
    pattern = re.compile(re.escape(request.args["pattern"]))
    return {"count": sum(1 for line in LINES if pattern.search(line))}
`,
    decides: "It follows data from where a client sends it to the pattern of `re` functions.",
    silent:
      "`re.escape`; numbers; values compared with constants or found in a collection of them; text that is only searched.",
    relatives: { codeql: ["py/regex-injection"] },
  },
});
