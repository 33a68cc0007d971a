// Untrusted names of columns, tables and procedures.
import { taintRule } from "../taint-rule.js";
import { atMost } from "../trail.js";

export const sqlIdentifierInjection = taintRule({
  id: "sql-identifier-injection",
  family: "sql-injection",
  cwe: "CWE-89",
  title: "SQL identifier from the client",
  severity: "medium",
  sinks: ["sql-identifier"],
  message: (source) => `${source} chooses a column, table or procedure of this query.`,
  sinkNote: "is used as a name in the query",
  help: "Look the name up in a collection of the names that a client may choose.",
  judge: (_arrival, usual) => atMost("medium", usual),
  docs: {
    what: "Data from a client is the name of a column, table, procedure or relation of a query.",
    why: "A bound parameter cannot stand for a name, so that nothing quotes it. Even where the library does, a client that chooses columns sorts and filters by secret ones and reads them out bit by bit.",
    bad: `from flask import Flask, request
import psycopg2

app = Flask(__name__)


@app.route("/report")
def report():
    cursor = psycopg2.connect("dbname=shop").cursor()
    cursor.callproc(request.args["report"])
    return {"rows": cursor.rowcount}
`,
    good: `from flask import Flask, request
import psycopg2

app = Flask(__name__)


REPORTS = {"day": "report_by_day", "month": "report_by_month"}


@app.route("/report")
def report():
    cursor = psycopg2.connect("dbname=shop").cursor()
    cursor.callproc(REPORTS[request.args["report"]])
    return {"rows": cursor.rowcount}
`,
    decides:
      "It follows data from where a client sends it to the names in calls of database drivers and object mappers (`order_by`, `callproc`, `copy_to`).",
    silent:
      "Quoted identifiers of the driver (`sql.Identifier`); values compared with constants or found in a collection of them; data that is a bound value.",
    relatives: {
      bandit: ["B608"],
      ruff: ["S608"],
      codeql: ["py/sql-injection"],
      semgrep: ["tainted-sql-string", "formatted-sql-query", "sqlalchemy-execute-raw-query"],
    },
  },
});
