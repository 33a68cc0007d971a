// Web applications that are run with their debugger.
import type { Body } from "../../analysis/body.js";
import { withoutKeyword } from "../edits.js";
import { misuseRule } from "../misuse-rule.js";
import { isInMainGuard, isSwitched, sourceOf } from "../surroundings.js";

/** Settings that name the host they serve, or a class of settings that says what it is for. */
function isForProduction(body: Body): boolean {
  const hosts = /ALLOWED_HOSTS\s*=\s*\[([^\]]*)\]/.exec(sourceOf(body))?.[1] ?? "";
  const named = [...hosts.matchAll(/["']([^"']+)["']/g)].map(([, host]) => host!);
  return /prod/i.test(body.name) || named.some((host) => !/^(\*|localhost|127\.|0\.0|\[::1)/.test(host));
}

export const debugMode = misuseRule({
  id: "debug-mode",
  family: "information-leakage",
  cwe: "CWE-489",
  title: "Debug mode in production code",
  severity: "medium",
  kinds: ["debug-mode"],
  message: (what) => `${what} serves the debugger to everybody.`,
  note: "switches debug mode on",
  help: "Switch it on by configuration, for development only.",
  judge: ({ body, call, option }) => {
    if (isSwitched(body, call)) return undefined;
    if (option?.keyword && /DEBUG/.test(option.keyword)) return isForProduction(body) ? "medium" : "low";
    return isInMainGuard(body, call) ? "low" : "medium";
  },
  fix: ({ call, option }) => (option?.keyword === "debug" ? withoutKeyword(call, "debug") : undefined),
  docs: {
    what: "A web application is started with debug mode on.",
    why: "Errors then show source, variables and configuration to the client; some debuggers run any code that is typed into the error page.",
    bad: `from flask import Flask

app = Flask(__name__)


def serve():
    app.run(port=8080, debug=True)
`,
    good: `from flask import Flask

app = Flask(__name__)


def serve():
    app.run(port=8080)
`,
    decides:
      "It looks at the debug options of web frameworks, as the values that reach them, and at `DEBUG = True` in modules and classes of settings that name a host to serve or are for production; in other settings only the summary says it.",
    silent:
      'Values from configuration or the environment; code under a condition about debugging; tests and examples. Under `if __name__ == "__main__":` only the summary says it.',
    relatives: {
      bandit: ["B201"],
      ruff: ["S201"],
      codeql: ["py/flask-debug"],
      semgrep: ["debug-enabled", "avoid_hardcoded_config_DEBUG"],
      others: ["Sonar S4507"],
    },
  },
});
