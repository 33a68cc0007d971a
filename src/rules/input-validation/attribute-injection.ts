// Untrusted text that names an attribute.
import { taintRule } from "../taint-rule.js";
import { atMost, isBuilt } from "../trail.js";

export const attributeInjection = taintRule({
  id: "attribute-injection",
  family: "input-validation",
  cwe: "CWE-470",
  title: "Attribute chosen by the client",
  severity: "medium",
  sinks: ["attribute-name"],
  message: (source) => `${source} chooses which attribute is used here.`,
  sinkNote: "is the name of the attribute",
  help: "Look the name up in a mapping of the attributes that a client may choose.",
  judge: ({ taint: { trail } }, usual) => (isBuilt(trail) ? "low" : atMost("medium", usual)),
  docs: {
    what: "Data from a client is the name of an attribute that is read, called, set or deleted.",
    why: "Every attribute is within reach then: private methods, `__class__`, `__dict__`, fields such as `is_admin`. One of them does what no client should.",
    bad: `from flask import Flask, request

app = Flask(__name__)


class Jobs:
    def start(self):
        return "started"


@app.post("/jobs")
def run_job():
    return {"result": getattr(Jobs(), request.args["action"])()}
`,
    good: `from flask import Flask, request

app = Flask(__name__)


class Jobs:
    def start(self):
        return "started"


ACTIONS = {"start": Jobs.start}


@app.post("/jobs")
def run_job():
    return {"result": ACTIONS[request.args["action"]](Jobs())}
`,
    decides:
      'It follows data from where a client sends it to the name in `getattr`, `setattr`, `delattr`, `attrgetter` and `methodcaller`. A name behind a constant prefix (`"get_" + name`) is mentioned in the summary only.',
    silent:
      "Values compared with constants or found in a collection of them; data from files, databases and the command line is mentioned in the summary only.",
    relatives: {
      semgrep: ["dangerous-globals-use", "globals-misuse-code-execution"],
      others: ["Pysa 5010", "Bearer lang_reflection_using_user_input"],
    },
  },
});
