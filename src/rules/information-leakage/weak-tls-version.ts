// TLS connections that accept broken versions of the protocol.
import { misuseRule } from "../misuse-rule.js";
import { isSwitched } from "../surroundings.js";

export const weakTlsVersion = misuseRule({
  id: "weak-tls-version",
  family: "information-leakage",
  cwe: "CWE-327",
  title: "Broken version of TLS",
  severity: "medium",
  kinds: ["weak-tls-version"],
  message: (what) => `${what} allows a broken version of TLS.`,
  note: "allows versions before TLS 1.2",
  help: "Require TLS 1.2: `ssl.PROTOCOL_TLS_CLIENT` and `minimum_version = ssl.TLSVersion.TLSv1_2`.",
  judge: ({ body, call }) => (isSwitched(body, call) ? undefined : "high"),
  docs: {
    what: "A TLS context is made for SSL 2, SSL 3, TLS 1.0 or TLS 1.1.",
    why: "These versions have known attacks (POODLE, BEAST) that let somebody on the way read parts of what is sent; nothing current needs them.",
    bad: `import ssl


def make_context():
    return ssl.SSLContext(ssl.PROTOCOL_TLSv1)
`,
    good: `import ssl


def make_context():
    return ssl.create_default_context()
`,
    decides: "It looks at the protocol constants that reach TLS contexts and at their lowest version.",
    silent: "Versions that an operator chooses; tests and examples.",
    relatives: {
      bandit: ["B502", "B503", "B504"],
      ruff: ["S502", "S503", "S504"],
      codeql: ["py/insecure-protocol", "py/insecure-default-protocol"],
      semgrep: ["weak-ssl-version", "ssl-wrap-socket-is-deprecated"],
    },
  },
});
