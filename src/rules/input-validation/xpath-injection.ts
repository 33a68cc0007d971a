// Untrusted text inside an XPath expression.
import { taintRule } from "../taint-rule.js";

export const xpathInjection = taintRule({
  id: "xpath-injection",
  family: "input-validation",
  cwe: "CWE-643",
  title: "XPath injection",
  severity: "high",
  sinks: ["xpath"],
  message: (source) => `This XPath expression is built from ${source}.`,
  sinkNote: "is run as XPath",
  help: "Pass the value as an XPath variable (`$name`).",
  docs: {
    what: "Data from a client becomes part of an XPath expression.",
    why: "A quote ends the string it was meant to be; `or 1=1` then selects every node, passwords and other users included.",
    bad: `from flask import Flask, request
from lxml import etree

app = Flask(__name__)


USERS = etree.parse("users.xml", etree.XMLParser(resolve_entities=False))


@app.route("/users")
def user():
    return {"found": bool(USERS.xpath("//user[@name='" + request.args["name"] + "']"))}
`,
    good: `from flask import Flask, request
from lxml import etree

app = Flask(__name__)


USERS = etree.parse("users.xml", etree.XMLParser(resolve_entities=False))


@app.route("/users")
def user():
    return {"found": bool(USERS.xpath("//user[@name=$name]", name=request.args["name"]))}
`,
    decides:
      "It follows data from where a client sends it to the expression of `xpath`, `find`, `findall` and `XPath`.",
    silent: "XPath variables; numbers; values compared with constants or found in a collection of them.",
    relatives: { codeql: ["py/xpath-injection"] },
  },
});
