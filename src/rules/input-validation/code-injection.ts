// Untrusted text that is run as Python, or names a module to import.
import { taintRule } from "../taint-rule.js";

export const codeInjection = taintRule({
  id: "code-injection",
  family: "input-validation",
  cwe: "CWE-95",
  title: "Code injection",
  severity: "high",
  sinks: ["code", "import"],
  message: (source) => `${source} decides which code runs here.`,
  sinkNote: "is run as Python",
  help: "Look the choice up in a mapping, or parse it with `ast.literal_eval` or `json`.",
  docs: {
    what: "Data from a client is evaluated as Python, or names the module that is imported.",
    why: "Whoever sends it runs whatever they like with the rights of the server. An empty `__builtins__` does not help: every object leads back to all classes.",
    bad: `from flask import Flask, request

app = Flask(__name__)


@app.route("/sum")
def total():
    return {"total": eval(request.args["terms"])}
`,
    good: `from flask import Flask, request

app = Flask(__name__)


@app.route("/sum")
def total():
    return {"total": sum(int(term) for term in request.args["terms"].split("+"))}
`,
    decides:
      "It follows data from where a client sends it to `eval`, `exec`, `compile`, `import_module`, `__import__` and their relatives.",
    silent: "`ast.literal_eval`; numbers; values compared with constants or found in a collection of them.",
    relatives: {
      bandit: ["B102", "B307"],
      ruff: ["S102", "S307"],
      codeql: ["py/code-injection"],
      semgrep: [
        "eval-injection",
        "exec-injection",
        "eval-detected",
        "exec-detected",
        "user-eval",
        "user-exec",
        "user-eval-format-string",
        "user-exec-format-string",
        "tainted-code-exec",
      ],
    },
  },
});
