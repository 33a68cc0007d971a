// Untrusted structure inside a query of a document database.
import type { Arrival } from "../../analysis/taint/arrival.js";
import { textOf } from "../../analysis/values/place.js";
import type { Confidence } from "../finding.js";
import { taintRule } from "../taint-rule.js";
import { isBuilt, isParsed } from "../trail.js";

const STRUCTURED = /json|\.data\b|load/i;
const ALWAYS_TEXT = /\.(args|form|values|GET|POST|headers|cookies|query|query_params|path_params|META)\b/;

function judge({ taint: { origin, trail }, argument }: Arrival, usual: Confidence): Confidence | undefined {
  if (origin.kind !== "source") return undefined;
  if (usual !== "high" || isBuilt(trail) || isParsed(trail)) return usual;
  if (STRUCTURED.test(origin.text)) return "high";
  // `find(request.args)` brings keys; a single value of it is text.
  return ALWAYS_TEXT.test(origin.text) && !/^[\w.]+$/.test(textOf(argument)) ? undefined : "low";
}

export const nosqlInjection = taintRule({
  id: "nosql-injection",
  family: "sql-injection",
  cwe: "CWE-943",
  title: "NoSQL injection",
  severity: "high",
  sinks: ["nosql"],
  message: (source) => `This database query is built from ${source}.`,
  sinkNote: "is part of the query",
  help: "Convert the value to a number or an `ObjectId` before it enters the query.",
  judge,
  docs: {
    what: "Data from a client becomes part of a query of a document database, with its structure.",
    why: 'JSON brings objects: where a password is expected, `{"$ne": null}` matches every document, and `$where` runs JavaScript.',
    bad: `from flask import request


def has_account(accounts):
    found = accounts.find_one({"password": request.get_json()["password"]})
    return found is not None
`,
    good: `from bson import ObjectId
from flask import request


def has_account(accounts):
    found = accounts.find_one({"_id": ObjectId(request.get_json()["id"])})
    return found is not None
`,
    decides:
      "It follows JSON, parsed by the framework or by the code, from where a client sends it to the filter of a query, and any data to code that the database runs.",
    silent:
      "Values of the query string, of forms, headers and cookies, which are strings and bring no operators until they are parsed; what stands under `$eq`; numbers and `ObjectId`; values compared with constants.",
    relatives: { codeql: ["py/nosql-injection"], semgrep: ["dynamodb-filter-injection"] },
  },
});
