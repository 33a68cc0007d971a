// Values that were parameters of a query became part of its text, or the check of a name that is part of a query is gone.
import { exposesQuery } from "../loss-family.js";
import { lossRule } from "../loss-rule.js";

export const removedQueryParameters = lossRule({
  id: "removed-query-parameters",
  family: "sql-injection",
  cwe: "CWE-89",
  title: "Query protection removed",
  severity: "high",
  protections: ["parameters", "validation", "sanitizer"],
  when: (loss) => loss.protection === "parameters" || exposesQuery(loss),
  message: (guard, exposed) => `${exposed} is built from values without ${guard}.`,
  help: "Pass the values as parameters; check names against a list.",
  docs: {
    what: "Values that were parameters of a query became part of its text, or the check of a name that is part of a query is gone.",
    why: "A value in the text of a query can end the string it stands in and go on as SQL.",
    before: `class Savepoint:
    async def release(self):
        name = self.transaction.savepoint()
        validate_name(name)
        await self.connection.fetchall(f"RELEASE SAVEPOINT {name}")


def validate_name(name):
    if not name.isidentifier():
        raise ValueError(name)
`,
    bad: `class Savepoint:
    async def release(self):
        name = self.transaction.savepoint()
        await self.connection.fetchall(f"RELEASE SAVEPOINT {name}")


def validate_name(name):
    if not name.isidentifier():
        raise ValueError(name)
`,
    good: `class Savepoint:
    async def release(self):
        await self.run("RELEASE SAVEPOINT", self.transaction.savepoint())

    async def run(self, command, name):
        validate_name(name)
        await self.connection.fetchall(command + " " + name)


def validate_name(name):
    if not name.isidentifier():
        raise ValueError(name)
`,
    decides:
      "It looks for calls that run a query and have lost their parameters in a definition where a query is now built by formatting, and for removed checks in front of a query that is built.",
    silent: "Queries whose values are still parameters; constant queries.",
    relatives: {
      bandit: ["B608"],
      ruff: ["S608"],
      codeql: ["py/sql-injection"],
      semgrep: ["formatted-sql-query", "sqlalchemy-execute-raw-query"],
    },
  },
});
