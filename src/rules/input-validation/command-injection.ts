// Untrusted text that a shell interprets, or that chooses the program to run.
import { quotedForShell } from "../mending.js";
import { taintRule } from "../taint-rule.js";

export const commandInjection = taintRule({
  id: "command-injection",
  family: "input-validation",
  cwe: "CWE-78",
  title: "Command injection",
  severity: "high",
  sinks: ["shell", "program"],
  message: (source) => `This command is built from ${source}.`,
  sinkNote: "is run as a command",
  help: "Run a constant program with a list of arguments and without a shell.",
  fix: quotedForShell,
  docs: {
    what: "Data from a client becomes part of a command line that a shell interprets, or names the program that is run.",
    why: "A shell gives meaning to `;`, `|`, `$(…)`, backticks and line breaks: whoever sends the data runs commands of their own with the rights of the server.",
    bad: `import subprocess

from flask import Flask, request

app = Flask(__name__)


@app.route("/ping")
def ping():
    host = request.args["host"]
    return subprocess.check_output("ping -c 1 " + host, shell=True)
`,
    good: `import subprocess

from flask import Flask, request

app = Flask(__name__)

HOSTS = {"db": "10.0.0.5", "cache": "10.0.0.6"}


@app.route("/ping")
def ping():
    host = HOSTS[request.args["host"]]
    return subprocess.check_output(["ping", "-c", "1", host], timeout=10)
`,
    decides:
      "It follows data from where a client sends it to a string that a shell runs (`shell=True`, `os.system`, `os.popen`) or to the program of an argument list.",
    silent:
      "Argument lists with a constant program; data quoted with `shlex.quote`; numbers; values compared with constants or found in a collection of them.",
    relatives: {
      bandit: ["B602", "B604", "B605", "B609", "B601"],
      ruff: ["S602", "S604", "S605", "S609", "S601"],
      codeql: ["py/command-line-injection", "py/shell-command-constructed-from-input"],
      semgrep: [
        "subprocess-shell-true",
        "subprocess-injection",
        "os-system-injection",
        "command-injection-os-system",
        "dangerous-subprocess-use",
        "dangerous-subprocess-use-audit",
        "dangerous-system-call",
        "dangerous-system-call-audit",
        "dangerous-asyncio-shell",
        "dangerous-asyncio-shell-audit",
        "paramiko-exec-command",
      ],
    },
  },
});
