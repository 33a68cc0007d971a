// A handler that named the errors it expects now takes all of them, or no longer raises them again.
import { lossRule } from "../loss-rule.js";

export const widenedHandler = lossRule({
  id: "widened-handler",
  family: "exception-handling",
  cwe: "CWE-396",
  title: "Handler widened",
  severity: "medium",
  protections: ["errors"],
  message: (guard, exposed) => `${exposed} now takes errors that ${guard} passed on.`,
  help: "Catch what is expected, and raise the rest again.",
  docs: {
    what: "A handler that named the errors it expects now takes all of them, or no longer raises them again.",
    why: "An error that nobody expected is then treated as the expected one: a check that failed to run counts as passed, and nobody learns of it.",
    before: `def limit_of(settings):
    try:
        return settings["limit"]
    except KeyError:
        return None
`,
    bad: `def limit_of(settings):
    try:
        return settings["limit"]
    except Exception:
        return None
`,
    good: `def limit_of(settings):
    try:
        return settings["limit"]
    except (KeyError, TypeError):
        return None
`,
    decides: "It compares the handlers of the same `try` in base and head.",
    silent:
      "Handlers that raise in the end; several handlers; a handler that returns where it raised is mentioned in the summary only.",
    relatives: {
      ruff: ["BLE001"],
      codeql: ["py/catch-base-exception"],
      others: ["Pylint broad-exception-caught"],
    },
  },
});
