// Untrusted text that chooses a file.
import { taintRule } from "../taint-rule.js";

export const pathTraversal = taintRule({
  id: "path-traversal",
  family: "input-validation",
  cwe: "CWE-22",
  title: "Path traversal",
  severity: "high",
  sinks: ["path"],
  message: (source) => `This file path is built from ${source}.`,
  sinkNote: "is used as a file path",
  help: "Resolve the path and test that it stays in its folder, or use `secure_filename`.",
  docs: {
    what: "Data from a client chooses the file that is opened, served, written, moved or deleted.",
    why: "`../` and absolute paths leave the folder that was meant (`os.path.join` drops everything before an absolute part), so that a client reads the configuration of the server, or replaces its code.",
    bad: `import os

from flask import Flask, request

app = Flask(__name__)


@app.route("/report")
def report():
    path = os.path.join("/srv/reports", request.args["name"])
    with open(path) as file:
        return {"lines": len(file.readlines(10_000))}
`,
    good: `import os

from flask import Flask, request
from werkzeug.utils import secure_filename

app = Flask(__name__)


@app.route("/report")
def report():
    path = os.path.join("/srv/reports", secure_filename(request.args["name"]))
    with open(path) as file:
        return {"lines": len(file.readlines(10_000))}
`,
    decides:
      "It follows data from where a client sends it, through joins and string building, to functions that open, list, serve, move or delete files.",
    silent:
      "Names made safe with `secure_filename` or `safe_join`; numbers and UUIDs; values compared with constants or found in a collection of them; functions that join safely themselves (`send_from_directory`). Data from files, databases and the command line is mentioned in the summary only.",
    relatives: {
      codeql: ["py/path-injection"],
      semgrep: [
        "path-traversal-file-name",
        "path-traversal-join",
        "path-traversal-open",
        "request-data-fileresponse",
        "avoid_send_file_without_path_sanitization",
      ],
    },
  },
});
