// Untrusted XML read by a parser that expands entities.
import { taintRule } from "../taint-rule.js";

export const xmlExternalEntities = taintRule({
  id: "xml-external-entities",
  family: "input-validation",
  cwe: "CWE-611",
  title: "XML with external entities",
  severity: "high",
  sinks: ["xml"],
  message: (source) => `${source} is parsed as XML with entities enabled.`,
  sinkNote: "is parsed as XML",
  help: "Parse with `defusedxml`, or switch entities off in the parser.",
  docs: {
    what: "XML from a client is parsed by a parser that expands entities or loads DTDs.",
    why: "An entity may name a file or an address of the internal network, whose content then stands in the document; entities that contain each other fill the memory.",
    bad: `from flask import Flask, request
import xmltodict

app = Flask(__name__)


@app.post("/feed")
def feed():
    return {"tags": len(xmltodict.parse(request.get_data(), disable_entities=False))}
`,
    good: `from defusedxml import ElementTree
from flask import Flask, request

app = Flask(__name__)


@app.post("/feed")
def feed():
    return {"tag": ElementTree.fromstring(request.get_data()).tag}
`,
    decides:
      "It follows data from where a client sends it to XML parsers that expand entities as they are configured there.",
    silent:
      "`defusedxml`; parsers with entities switched off; data from local files is mentioned in the summary only.",
    relatives: {
      bandit: ["B313", "B314", "B315", "B316", "B317", "B318", "B319"],
      ruff: ["S313", "S314", "S315", "S316", "S317", "S318", "S319", "S320"],
      codeql: ["py/xxe", "py/xml-bomb"],
      semgrep: ["use-defused-xml", "use-defused-xml-parse"],
    },
  },
});
