// Untrusted text inside an LDAP filter or name.
import { taintRule } from "../taint-rule.js";

export const ldapInjection = taintRule({
  id: "ldap-injection",
  family: "input-validation",
  cwe: "CWE-90",
  title: "LDAP injection",
  severity: "high",
  sinks: ["ldap-filter", "ldap-dn"],
  message: (source) => `This LDAP query is built from ${source}.`,
  sinkNote: "is part of the LDAP query",
  help: "Escape it with `escape_filter_chars` in a filter, `escape_dn_chars` in a name.",
  docs: {
    what: "Data from a client becomes part of an LDAP filter or distinguished name.",
    why: "`*` and `)(` change what the filter asks: a login accepts any user, a search returns everybody. In a name, `,` leads to another branch of the tree.",
    bad: `from flask import Flask, request
import ldap

app = Flask(__name__)


@app.route("/people")
def people():
    directory = ldap.initialize("ldaps://ldap.example.com")
    found = directory.search_s("dc=example", ldap.SCOPE_SUBTREE, "(uid=" + request.args["uid"] + ")")
    return {"count": len(found)}
`,
    good: `from flask import Flask, request
import ldap
from ldap.filter import escape_filter_chars

app = Flask(__name__)


@app.route("/people")
def people():
    directory = ldap.initialize("ldaps://ldap.example.com")
    uid = escape_filter_chars(request.args["uid"])
    found = directory.search_s("dc=example", ldap.SCOPE_SUBTREE, "(uid=" + uid + ")")
    return {"count": len(found)}
`,
    decides:
      "It follows data from where a client sends it to the filters and names of python-ldap and ldap3.",
    silent:
      "Data escaped for the place where it stands; numbers; values compared with constants or found in a collection of them.",
    relatives: { codeql: ["py/ldap-injection"] },
  },
});
