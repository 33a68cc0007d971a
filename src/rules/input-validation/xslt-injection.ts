// Untrusted stylesheets.
import { taintRule } from "../taint-rule.js";

export const xsltInjection = taintRule({
  id: "xslt-injection",
  family: "input-validation",
  cwe: "CWE-91",
  title: "XSLT injection",
  severity: "high",
  sinks: ["xslt"],
  message: (source) => `This stylesheet comes from ${source}.`,
  sinkNote: "is run as a stylesheet",
  help: "Keep stylesheets on the server and let the client choose one by name.",
  docs: {
    what: "Data from a client is run as an XSLT stylesheet.",
    why: "A stylesheet is a program that reads files and addresses (`document()`), and with extensions writes them.",
    bad: `from flask import Flask, request
from lxml import etree

app = Flask(__name__)


SAFE = etree.XMLParser(resolve_entities=False)


@app.post("/transform")
def transform():
    style = etree.XSLT(etree.fromstring(request.get_data(), SAFE))
    return {"result": str(style(etree.fromstring("<a/>", SAFE)))}
`,
    good: `from flask import Flask, request
from lxml import etree

app = Flask(__name__)


SAFE = etree.XMLParser(resolve_entities=False)


@app.post("/transform")
def transform():
    style = etree.XSLT(etree.parse("style.xsl", SAFE))
    return {"result": str(style(etree.fromstring(request.get_data(), SAFE)))}
`,
    decides: "It follows data from where a client sends it to the stylesheet of `etree.XSLT`.",
    silent: "Documents that are transformed by a constant stylesheet.",
    relatives: { codeql: ["py/xslt-injection"] },
  },
});
