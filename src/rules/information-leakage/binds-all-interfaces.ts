// Servers that listen where nobody meant them to.
import { misuseRule } from "../misuse-rule.js";
import { isInMainGuard, isSwitched, sourceOf } from "../surroundings.js";

/** Datagrams to a group are received only so; port 0 asks for any free port. */
const HAS_TO = /SOCK_DGRAM|IP_ADD_MEMBERSHIP|SO_BROADCAST|,\s*0\s*\)\s*\)/;

export const bindsAllInterfaces = misuseRule({
  id: "binds-all-interfaces",
  family: "information-leakage",
  cwe: "CWE-668",
  title: "Listens on every network",
  severity: "low",
  kinds: ["binds-all-interfaces"],
  message: (what) => `${what} listens on every network of the machine.`,
  note: "means every interface",
  help: "Take the address from configuration, with `127.0.0.1` as the default.",
  judge: ({ body, call }) =>
    isInMainGuard(body, call) || isSwitched(body, call) || HAS_TO.test(sourceOf(body)) ? undefined : "low",
  docs: {
    what: "A server is bound to `0.0.0.0`, `::` or the empty address.",
    why: "It can then be reached from every network that the machine has, also from those that were forgotten. In a container that is right; on a desktop or a server with several networks it often is not.",
    bad: `from flask import Flask

app = Flask(__name__)


def serve():
    app.run(host="0.0.0.0", port=8080)
`,
    good: `from flask import Flask

app = Flask(__name__)


def serve(host="127.0.0.1"):
    app.run(host=host, port=8080)
`,
    decides:
      "It looks at the addresses that servers and sockets are bound to. Only the summary speaks of it.",
    silent:
      'Addresses from configuration; sockets for datagrams and free ports; code under `if __name__ == "__main__":`; tests and examples.',
    relatives: {
      bandit: ["B104"],
      ruff: ["S104"],
      codeql: ["py/bind-socket-all-network-interfaces"],
      semgrep: ["avoid-bind-to-all-interfaces", "avoid_app_run_with_bad_host"],
      others: ["Sonar S8392"],
    },
  },
});
