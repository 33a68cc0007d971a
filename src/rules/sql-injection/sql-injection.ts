// Untrusted text inside an SQL statement.
import { withPlaceholder } from "../mending.js";
import { taintRule } from "../taint-rule.js";

export const sqlInjection = taintRule({
  id: "sql-injection",
  family: "sql-injection",
  cwe: "CWE-89",
  title: "SQL injection",
  severity: "high",
  sinks: ["sql"],
  message: (source) => `This SQL statement is built from ${source}.`,
  sinkNote: "is run as SQL",
  help: "Pass the value as a query parameter, next to the statement.",
  fix: withPlaceholder,
  docs: {
    what: "Data from a client becomes part of the text of an SQL statement.",
    why: "Whoever sends it can end the string it was meant to be and go on with SQL of their own: read other users' rows, change them, or drop them. Quoting by hand fails on the first case nobody thought of; a bound parameter cannot fail, because it never is part of the text.",
    bad: `import sqlite3

from flask import Flask, request

app = Flask(__name__)


@app.route("/users")
def find_user():
    connection = sqlite3.connect("app.db")
    name = request.args["name"]
    row = connection.execute(f"SELECT * FROM users WHERE name = '{name}'").fetchone()
    connection.close()
    return {"found": row is not None}
`,
    good: `import sqlite3

from flask import Flask, request

app = Flask(__name__)


@app.route("/users")
def find_user():
    connection = sqlite3.connect("app.db")
    name = request.args["name"]
    row = connection.execute("SELECT * FROM users WHERE name = ?", (name,)).fetchone()
    connection.close()
    return {"found": row is not None}
`,
    decides:
      "It follows data from where a client sends it, through assignments, string building, containers and calls, to the statement argument of a database driver.",
    silent:
      "Bound parameters; numbers, UUIDs and booleans; values compared with constants or found in a collection of them; URL parts whose converter admits only numbers; composed identifiers of the driver.",
    relatives: {
      bandit: ["B608", "B610", "B611"],
      ruff: ["S608", "S610", "S611"],
      codeql: ["py/sql-injection"],
      semgrep: [
        "tainted-sql-string",
        "formatted-sql-query",
        "sqlalchemy-execute-raw-query",
        "avoid-sqlalchemy-text",
        "avoid-raw-sql",
        "sql-injection-db-cursor-execute",
        "sql-injection-using-raw",
        "sql-injection-using-rawsql",
        "sql-injection-using-extra-where",
        "avoid-query-set-extra",
        "sqlalchemy-sql-injection",
        "sqlalchemy-sqli",
        "psycopg-sqli",
        "asyncpg-sqli",
        "aiopg-sqli",
        "pg8000-sqli",
        "mysql-sqli",
        "pymysql-sqli",
        "pymssql-sqli",
        "pyramid-sqlalchemy-sql-injection",
      ],
    },
  },
});
