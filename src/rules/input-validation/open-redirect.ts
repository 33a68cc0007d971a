// Untrusted text that chooses where a browser goes next.
import { taintRule } from "../taint-rule.js";

export const openRedirect = taintRule({
  id: "open-redirect",
  family: "input-validation",
  cwe: "CWE-601",
  title: "Open redirect",
  severity: "medium",
  sinks: ["redirect"],
  message: (source) => `${source} chooses where this redirect leads.`,
  sinkNote: "is the target of the redirect",
  help: "Redirect only to paths of this site: test the host, or look the target up.",
  docs: {
    what: "Data from a client is the target of a redirect.",
    why: "A link to a trusted site then leads to a forged one: for phishing, and for stealing the codes and tokens that login flows append to the address. `//host` and `/\\\\host` are other hosts too.",
    bad: `from flask import Flask, redirect, request

app = Flask(__name__)


@app.route("/done")
def done():
    return redirect(request.args["next"])
`,
    good: `from flask import Flask, redirect, request

app = Flask(__name__)

PAGES = {"home": "/", "orders": "/orders"}


@app.route("/done")
def done():
    return redirect(PAGES.get(request.args["next"], "/"))
`,
    decides:
      "It follows data from where a client sends it to the location of a redirect, when it stands where the host is chosen.",
    silent:
      'Data after a constant host or a constant path (`"/orders/" + number`); `url_for`; `url_has_allowed_host_and_scheme`; values compared with constants or found in a collection of them.',
    relatives: { codeql: ["py/url-redirection"], semgrep: ["open-redirect"] },
  },
});
