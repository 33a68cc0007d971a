// Untrusted text inside the source of a template.
import { taintRule } from "../taint-rule.js";

export const templateInjection = taintRule({
  id: "template-injection",
  family: "input-validation",
  cwe: "CWE-1336",
  title: "Template injection",
  severity: "high",
  sinks: ["template"],
  message: (source) => `The source of this template contains ${source}.`,
  sinkNote: "is run as a template",
  help: "Keep the template constant and pass the value as a variable.",
  docs: {
    what: "Data from a client becomes part of the source of a template.",
    why: "A template is a program: `{{ ... }}` reaches the objects behind it, and in most engines runs any Python from there.",
    bad: `from flask import Flask, render_template_string, request

app = Flask(__name__)


@app.route("/hello")
def hello():
    return render_template_string("<p>Hello " + request.args["name"] + "</p>")
`,
    good: `from flask import Flask, render_template_string, request

app = Flask(__name__)


@app.route("/hello")
def hello():
    return render_template_string("<p>Hello {{ name }}</p>", name=request.args["name"])
`,
    decides:
      "It follows data from where a client sends it to the template source of Jinja2, Mako, Django, Tornado and other engines.",
    silent: "Values passed as variables; constant sources; names of template files.",
    relatives: {
      codeql: ["py/template-injection"],
      semgrep: ["render-template-string", "dangerous-template-string"],
    },
  },
});
