// Untrusted text inside a table that a spreadsheet opens.
import { taintRule } from "../taint-rule.js";

export const csvFormulaInjection = taintRule({
  id: "csv-formula-injection",
  family: "input-validation",
  cwe: "CWE-1236",
  title: "CSV formula injection",
  severity: "low",
  sinks: ["csv"],
  message: (source) => `This table contains ${source} as it was sent.`,
  sinkNote: "is written into a table",
  help: "Put `'` before values that begin with `=`, `+`, `-` or `@`.",
  judge: (_arrival, usual) => (usual === "high" ? "low" : undefined),
  docs: {
    what: "Data from a client is written into a CSV table as it was sent.",
    why: "A spreadsheet runs a cell that begins with `=`, `+`, `-` or `@` as a formula, on the machine of whoever opens the table.",
    bad: `import csv
import io

from flask import Flask, request

app = Flask(__name__)


@app.post("/export")
def export():
    table = io.StringIO()
    csv.writer(table).writerow(["name", request.form["name"]])
    return {"size": table.tell()}
`,
    good: `import csv
import io

from flask import Flask, request

app = Flask(__name__)


@app.post("/export")
def export():
    table = io.StringIO()
    csv.writer(table).writerow(["amount", int(request.form["amount"])])
    return {"size": table.tell()}
`,
    decides:
      "It follows data from where a client sends it to the rows of a CSV writer. Who opens the table cannot be seen there, so that this is always mentioned in the summary only.",
    silent:
      "Numbers; values compared with constants or found in a collection of them; data that is not from a client.",
    relatives: { codeql: ["py/csv-injection"], semgrep: ["csv-writer-injection", "use-defusedcsv"] },
  },
});
