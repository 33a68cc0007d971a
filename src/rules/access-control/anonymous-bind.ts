// Directories that are asked without a password.
import type { Misuse } from "../../analysis/taint/misuse.js";
import { lastPart } from "../../base/words.js";
import { callAt } from "../edits.js";
import type { Confidence } from "../finding.js";
import { misuseRule } from "../misuse-rule.js";
import { sourceOf, textAt } from "../surroundings.js";

const CHECKS_PASSWORDS = /authenticat|login|check_?(password|credentials)|verify/i;

/** A name with an empty password passes on many servers, as if nobody had been named. */
function judge({ call, body, option }: Misuse): Confidence | undefined {
  const [who] = callAt(call)?.arguments ?? [];
  const isNamed = who !== undefined && !/^["']{2}|^None$/.test(textAt(call, who.value));
  const own = lastPart(body.name);
  const empty = option && /^(["']{2}|None)$/.test(textAt(call, option.value.node));
  if (isNamed && empty && CHECKS_PASSWORDS.test(own)) return "medium";
  return /simple_bind|bind_s/.test(sourceOf(body)) && !isNamed ? "low" : undefined;
}

export const anonymousBind = misuseRule({
  id: "anonymous-bind",
  family: "access-control",
  cwe: "CWE-287",
  title: "Directory asked without a password",
  severity: "medium",
  kinds: ["anonymous-bind"],
  message: (what) => `${what} signs in to the directory without a password.`,
  note: "binds without a password",
  help: "Bind with the account's password, and refuse an empty one before.",
  judge,
  docs: {
    what: "A program binds to an LDAP directory without a password.",
    why: "A bind with a name and an empty password succeeds on many servers, as an anonymous one. Code that takes its success for a proof lets everybody in; and a directory that anonymous clients may read tells everybody who is in it.",
    bad: `import ldap


def authenticate(user):
    directory = ldap.initialize("ldaps://directory.example")
    directory.simple_bind_s(f"uid={user},ou=people", "")
    return True
`,
    good: `import ldap
import ldap.dn


def authenticate(user, password):
    if not password:
        return False
    directory = ldap.initialize("ldaps://directory.example")
    directory.simple_bind_s(f"uid={ldap.dn.escape_dn_chars(user)},ou=people", password)
    return True
`,
    decides:
      "It looks for binds of python-ldap with an empty constant password, in functions that authenticate. Of a bind without any name only the summary speaks.",
    silent: "Passwords from anywhere; SASL; ldap3's connections, which look up only; tests and examples.",
    relatives: { codeql: ["py/improper-ldap-auth"], others: ["Sonar S4433"] },
  },
});
