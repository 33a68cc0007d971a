// Untrusted text inside an HTML page.
import { taintRule } from "../taint-rule.js";

export const crossSiteScripting = taintRule({
  id: "cross-site-scripting",
  family: "input-validation",
  cwe: "CWE-79",
  title: "Cross-site scripting",
  severity: "high",
  sinks: ["html"],
  message: (source) => `This HTML contains ${source} unescaped.`,
  sinkNote: "is shown as HTML",
  help: "Escape the value, or render it with an escaping template.",
  docs: {
    what: "Data from a client becomes part of an HTML page without being escaped.",
    why: "A link or form that somebody else prepared then runs a script in the session of the person who follows it: it reads what they see and acts in their name.",
    bad: `from flask import Flask, render_template, request
from markupsafe import Markup

app = Flask(__name__)


@app.route("/hello")
def hello():
    greeting = Markup("<p>Hello " + request.args["name"] + "</p>")
    return render_template("hello.html", greeting=greeting)
`,
    good: `from flask import Flask, render_template, request
from markupsafe import Markup

app = Flask(__name__)


@app.route("/hello")
def hello():
    greeting = Markup("<p>Hello {}</p>").format(request.args["name"])
    return render_template("hello.html", greeting=greeting)
`,
    decides:
      "It follows data from where a client sends it to text that is declared to be markup (`Markup`, `mark_safe`, `format_html`), sent as an HTML answer, or returned as text by a view whose framework sends text as HTML.",
    silent:
      "Escaped text; templates that escape; answers of another content type; numbers; values compared with constants or found in a collection of them.",
    relatives: {
      bandit: ["B308", "B703", "B704"],
      ruff: ["S308", "S704"],
      codeql: ["py/reflective-xss"],
      semgrep: [
        "avoid-mark-safe",
        "direct-use-of-httpresponse",
        "raw-html-format",
        "directly-returned-format-string",
        "response-contains-unsanitized-input",
        "reflected-data-httpresponse",
        "explicit-unescape-with-markup",
        "tainted-html-string",
        "tainted-html-response",
      ],
    },
  },
});
