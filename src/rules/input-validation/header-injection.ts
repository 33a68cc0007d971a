// Untrusted line breaks inside HTTP headers.
import { taintRule } from "../taint-rule.js";
import { atMost } from "../trail.js";

export const headerInjection = taintRule({
  id: "header-injection",
  family: "input-validation",
  cwe: "CWE-113",
  title: "Header injection",
  severity: "medium",
  sinks: ["header"],
  message: (source) => `This HTTP header contains ${source}.`,
  sinkNote: "is written into a header",
  help: "Refuse values with line breaks.",
  judge: (_arrival, usual) => atMost("medium", usual),
  docs: {
    what: "Data from a client is written into an HTTP header by an interface that does not refuse line breaks.",
    why: "A line break ends the header: whoever sends it adds headers of their own, a cookie for instance, or a whole answer.",
    bad: `from tornado.web import RequestHandler


class Page(RequestHandler):
    def get(self):
        self.set_header(self.get_argument("name"), "1")
`,
    good: `from tornado.web import RequestHandler


class Page(RequestHandler):
    def get(self):
        self.set_header("X-Name", self.get_argument("name"))
`,
    decides:
      "It follows data from where a client sends it to header names and values of interfaces that write them as they are.",
    silent: "Frameworks that refuse line breaks in headers themselves; numbers; quoted values.",
    relatives: { codeql: ["py/http-response-splitting"], others: ["Pysa 5029"] },
  },
});
