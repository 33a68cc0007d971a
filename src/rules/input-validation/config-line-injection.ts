// Untrusted line breaks inside a configuration made of lines.
import { taintRule } from "../taint-rule.js";
import { atMost } from "../trail.js";

export const configLineInjection = taintRule({
  id: "config-line-injection",
  family: "input-validation",
  cwe: "CWE-93",
  title: "Configuration line injection",
  severity: "medium",
  sinks: ["config-line"],
  message: (source) => `This configuration entry is named by ${source}.`,
  sinkNote: "is written as a line of configuration",
  help: "Refuse line breaks, brackets and separators in it.",
  judge: (_arrival, usual) => atMost("medium", usual),
  docs: {
    what: "Data from a client is written into a configuration format that is made of lines.",
    why: "A line break adds an entry or a section that the client wrote: another command, another account, another right.",
    bad: `import configparser

from flask import Flask, request

app = Flask(__name__)


@app.post("/shares")
def add_share():
    shares = configparser.RawConfigParser()
    shares.add_section("shares")
    shares.set("shares", request.form["name"], "read-only")
    return {"count": len(shares.options("shares"))}
`,
    good: `import configparser

from flask import Flask, request

app = Flask(__name__)


@app.post("/shares")
def add_share():
    name = request.form["name"]
    if not name.isalnum():
        return {"error": "name"}, 400
    shares = configparser.RawConfigParser()
    shares.add_section("shares")
    shares.set("shares", name, "read-only")
    return {"count": len(shares.options("shares"))}
`,
    decides:
      "It follows data from where a client sends it to names of sections and options, which `configparser` writes as they are.",
    silent:
      "Letters and digits only; numbers; values compared with constants or found in a collection of them.",
  },
});
