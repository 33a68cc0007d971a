// A handler that told what went wrong, and now hides it.
import { lossRule } from "../loss-rule.js";

export const removedErrorTrace = lossRule({
  id: "removed-error-trace",
  family: "exception-handling",
  cwe: "CWE-778",
  title: "Cause of an error no longer told",
  severity: "low",
  protections: ["error-trace"],
  message: (guard, exposed) => `${exposed} no longer says what went wrong, as ${guard} did.`,
  help: "Log with the traceback (`logger.exception`), or raise with the text and the cause of the error.",
  docs: {
    what: "A handler logged the traceback of an error that nobody foresaw, or raised another error with the text and cause of the first. Now it says that something failed, and not what.",
    why: "The failure cannot be found any more: nobody sees which call failed, and an attack that shows in such errors goes unnoticed.",
    before: `import logging

log = logging.getLogger(__name__)


def synchronise(repository, report):
    try:
        return repository.fetch()
    except Exception as error:
        log.exception("fetching failed: %s", error)
        return report.failure()
`,
    bad: `import logging

log = logging.getLogger(__name__)


def synchronise(repository, report):
    try:
        return repository.fetch()
    except Exception as error:
        log.error("fetching failed: %s", error)
        return report.failure()
`,
    good: `import logging

log = logging.getLogger(__name__)


def synchronise(repository, report):
    try:
        return repository.fetch()
    except OSError as error:
        log.error("fetching failed: %s", error)
        return report.failure()
`,
    decides:
      "It pairs the rewritten lines of a handler: a log call that wrote the traceback (`exception`, `exc_info`, `format_exc`) in a handler for every error, and a `raise` that had the caught error in its text or behind `from`.",
    silent:
      "Handlers for named errors that log less; handlers that raise the error again or tell it on another line; another kind of error raised.",
    relatives: { ruff: ["TRY400", "B904"] },
  },
});
