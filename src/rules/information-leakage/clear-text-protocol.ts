// Credentials over protocols that encrypt nothing.
import type { Misuse } from "../../analysis/taint/misuse.js";
import type { Confidence } from "../finding.js";
import { misuseRule } from "../misuse-rule.js";
import { isSwitched, sourceOf, textAt } from "../surroundings.js";

const LOCAL = /localhost|127\.0\.0\.1|\[?::1\b|unix_socket|minio|localstack/i;
const SIGNS_IN = /\.login\(\s*[^)\s]|passw|passwd|\.write\([^)]*passw/i;

function judge({ call, body, option }: Misuse): Confidence | undefined {
  const own = textAt(call, call.node);
  if (LOCAL.test(own) || isSwitched(body, call)) return undefined;
  if (option) return "low";
  const source = sourceOf(body);
  if (LOCAL.test(source) || /FTP_TLS|anonymous/i.test(source)) return undefined;
  return SIGNS_IN.test(source) ? "medium" : "low";
}

export const clearTextProtocol = misuseRule({
  id: "clear-text-protocol",
  family: "information-leakage",
  cwe: "CWE-319",
  title: "Credentials in clear text",
  severity: "medium",
  kinds: ["clear-text-protocol"],
  message: (what) => `${what} sends the password in clear text.`,
  note: "opens a connection without encryption",
  help: "Use the encrypted form: `FTP_TLS`, SSH, TLS.",
  judge,
  docs: {
    what: "A program signs in over FTP, Telnet or NNTP, or switches the encryption of a connection off.",
    why: "Everybody on the way reads the user name and the password, and everything that follows, and can change it.",
    bad: `import ftplib


def upload(host, user, password, file):
    with ftplib.FTP(host, timeout=10) as server:
        server.login(user, password)
        server.storbinary("STOR report.csv", file)
`,
    good: `import ftplib


def upload(host, user, password, file):
    with ftplib.FTP_TLS(host, timeout=10) as server:
        server.login(user, password)
        server.prot_p()
        server.storbinary("STOR report.csv", file)
`,
    decides:
      "It looks for clients of these protocols in functions that sign in. Without a password in sight, and of options that switch encryption off, only the summary speaks.",
    silent:
      "Anonymous FTP; servers on the same machine; code that chooses between both forms; tests and examples.",
    relatives: {
      bandit: ["B312", "B321", "B401", "B402"],
      ruff: ["S312", "S321", "S401", "S402"],
      semgrep: [
        "telnetlib",
        "use-ftp-tls",
        "request-with-http",
        "request-session-with-http",
        "insecure-urlopen",
        "insecure-urlopen-ftp",
        "http-not-https-connection",
        "require-encryption",
      ],
      others: ["Sonar S5332"],
    },
  },
});
