// Untrusted text on which `format` is called.
import { taintRule } from "../taint-rule.js";

export const formatStringInjection = taintRule({
  id: "format-string-injection",
  family: "input-validation",
  cwe: "CWE-134",
  title: "Format string from the client",
  severity: "medium",
  sinks: ["format-string"],
  message: (source, sink) => `${source} is the format string of ${sink}.`,
  sinkNote: "is the format string",
  help: "Keep the format string constant and pass the value as an argument.",
  docs: {
    what: "Data from a client is the text on which `format` or `format_map` is called.",
    why: "`{0.__class__.__init__.__globals__}` reads from the arguments to the globals of their modules, secrets included; `{:>999999999}` fills the memory.",
    bad: `from flask import Flask, request

app = Flask(__name__)


SECRET_SETTINGS = {"pool": "eu-1"}


@app.route("/label")
def label():
    return {"label": ("Label " + request.args["pattern"]).format(SECRET_SETTINGS)}
`,
    good: `from flask import Flask, request

app = Flask(__name__)


SECRET_SETTINGS = {"pool": "eu-1"}


@app.route("/label")
def label():
    return {"label": "Label {}: {}".format(request.args["pattern"], SECRET_SETTINGS)}
`,
    decides:
      "It follows data from where a client sends it to the text whose `format` or `format_map` is called, or to `string.Formatter`.",
    silent: "Data that is only an argument of the call; `%` and `string.Template`, which read no attributes.",
    relatives: { semgrep: ["flask-api-method-string-format"], others: ["Pysa 5034"] },
  },
});
