// Passwords, tokens and what holds them, in the log.
import { textOf } from "../../analysis/values/place.js";
import { secretRule } from "../secret-rule.js";

export const secretLogged = secretRule({
  id: "secret-logged",
  family: "information-leakage",
  cwe: "CWE-532",
  title: "Secret in the log",
  severity: "medium",
  sinks: ["log", "metric"],
  message: (secret) => `${secret} is written to the log.`,
  sinkNote: "is written to the log",
  help: "Leave it out, or log a masked form of it.",
  judge: ({ call, taint }) => {
    const text = textOf(call, 80);
    // What a command prints is its answer to the one who runs it.
    if (/^print\b/.test(text)) return "low";
    return /^secret /.test(taint.origin.key) ? "medium" : "high";
  },
  docs: {
    what: "A password, token, key, connection URL with credentials, or a whole collection of headers, cookies or environment variables is written to a log.",
    why: "Logs are kept for long, copied to other systems and read by people who must not have the secret. Whoever reads one can sign in with it.",
    bad: `import logging

log = logging.getLogger(__name__)


def sign_in(directory, name, password):
    log.debug("signing in %s with %s", name, password)
    return directory.bind(name, password)
`,
    good: `import logging

log = logging.getLogger(__name__)


def sign_in(directory, name, password):
    log.debug("signing in %s", name)
    return directory.bind(name, password)
`,
    decides:
      'It follows secrets to the loggers of all known libraries: from calls and members that give them, from names (`db_password`, `access_token`, `broker_url`), from keys of mappings (`headers["Authorization"]`), through text, containers and functions of the repository.',
    silent:
      "What is masked, hashed, encrypted or cut off; its length, type or presence; names that only speak of a secret (`token_count`, `password_changed_at`, `public_key`, `max_tokens`); attributes of an object that is logged as a whole. What `print` shows is mentioned in the summary only.",
    relatives: {
      codeql: ["py/clear-text-logging-sensitive-data"],
      semgrep: ["python-logger-credential-disclosure"],
      others: ["Bearer lang_logger"],
    },
  },
});
