// TLS connections that take any certificate.
import type { Misuse } from "../../analysis/taint/misuse.js";
import { callAt, withoutKeyword } from "../edits.js";
import { misuseRule } from "../misuse-rule.js";
import { isSwitched, sourceOf } from "../surroundings.js";

/** A server does not ask clients for certificates; a pinned certificate is checked by other means. */
const SERVER_OR_PINNED =
  /PROTOCOL_TLS_SERVER|CLIENT_AUTH|server_side\s*=\s*True|fingerprint|getpeercert|pinn(ed|ing)/i;

/** `check_hostname = False` has to come before `verify_mode = CERT_NONE`: one defect, said at the latter. */
function isFirstOfPair({ call, body }: Misuse): boolean {
  const own = call.syntax.text.slice(call.node.start, call.node.end);
  return (
    /check_hostname/.test(own) && /verify_mode\s*=\s*(ssl\.)?(VerifyMode\.)?CERT_NONE/.test(sourceOf(body))
  );
}

export const unverifiedCertificate = misuseRule({
  id: "unverified-certificate",
  family: "input-validation",
  cwe: "CWE-295",
  title: "Certificate not verified",
  severity: "high",
  kinds: ["tls-unverified"],
  message: (what) => `${what} accepts any server's certificate.`,
  note: "switches the check of the certificate off",
  help: 'Leave the check on; name the file of your own authority (`verify="ca.pem"`) if it is private.',
  judge: (misuse) => {
    if (isFirstOfPair(misuse) || isSwitched(misuse.body, misuse.call)) return undefined;
    return SERVER_OR_PINNED.test(sourceOf(misuse.body)) ? undefined : "high";
  },
  fix: ({ call, option }) =>
    callAt(call) && option?.keyword === "verify" ? withoutKeyword(call, "verify") : undefined,
  docs: {
    what: "A client opens a TLS connection without checking whose certificate it is shown.",
    why: "Anybody on the way can answer instead of the server with a certificate of their own, read everything that is sent, passwords and tokens included, and change what comes back.",
    bad: `import requests


def fetch_orders(token):
    headers = {"Authorization": f"Bearer {token}"}
    answer = requests.get("https://shop.example/orders", headers=headers, timeout=10, verify=False)
    return answer.status_code
`,
    good: `import requests


def fetch_orders(token):
    headers = {"Authorization": f"Bearer {token}"}
    answer = requests.get("https://shop.example/orders", headers=headers, timeout=10)
    return answer.status_code
`,
    decides:
      "It looks at the options with which HTTP clients, TLS contexts, database drivers and other clients are called, as the values that reach them; assignments such as `session.verify = False` count too.",
    silent:
      "Options that an operator sets (a variable, or code under a condition that names the check: `if not config.verify_ssl:`); contexts of servers; code that compares the certificate's fingerprint; tests, examples and documentation.",
    relatives: {
      bandit: ["B501", "B323"],
      ruff: ["S501", "S323"],
      codeql: ["py/request-without-cert-validation"],
      semgrep: ["disabled-cert-validation", "unverified-ssl-context"],
      others: ["Sonar S4830", "Sonar S5527"],
    },
  },
});
