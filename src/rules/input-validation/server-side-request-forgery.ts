// Untrusted text that chooses to which server a request goes.
import { taintRule } from "../taint-rule.js";

export const serverSideRequestForgery = taintRule({
  id: "server-side-request-forgery",
  family: "input-validation",
  cwe: "CWE-918",
  title: "Server-side request forgery",
  severity: "high",
  sinks: ["url"],
  message: (source) => `${source} chooses the server to which this request goes.`,
  sinkNote: "is the address of the request",
  help: "Take the host from a list of allowed ones; let the client choose only a path.",
  judge: ({ taint: { origin } }, usual) =>
    origin.kind === "source" && origin.source === "remote-response" ? "low" : usual,
  docs: {
    what: "Data from a client decides to which host the server itself sends a request.",
    why: "The server reaches what the client cannot: services without passwords on the internal network, the metadata service of the cloud with its credentials, files through `file://`.",
    bad: `from flask import Flask, request
import requests

app = Flask(__name__)


@app.route("/preview")
def preview():
    answer = requests.get(request.args["url"], timeout=5)
    return {"status": answer.status_code}
`,
    good: `from flask import Flask, request
import requests

app = Flask(__name__)


@app.route("/preview")
def preview():
    answer = requests.get("https://images.example.com/" + request.args["name"], timeout=5)
    return {"status": answer.status_code}
`,
    decides:
      "It follows data from where a client sends it to the address of an HTTP client or socket, when it stands where the host is chosen.",
    silent:
      'Data after a constant scheme and host (`"https://example.com/" + path`); values compared with constants or found in a collection of them. Addresses from other servers, configuration, files and databases are mentioned in the summary only.',
    relatives: {
      bandit: ["B310"],
      ruff: ["S310"],
      codeql: ["py/full-ssrf", "py/partial-ssrf"],
      semgrep: [
        "ssrf-injection-requests",
        "ssrf-injection-urllib",
        "ssrf-requests",
        "tainted-url-host",
        "dynamic-urllib-use-detected",
      ],
    },
  },
});
