// What was tried is done without a handler, and its failure ends more than itself.
import { lossRule } from "../loss-rule.js";

export const removedHandler = lossRule({
  id: "removed-handler",
  family: "exception-handling",
  cwe: "CWE-755",
  title: "Handler removed",
  severity: "low",
  protections: ["handler"],
  message: (guard, exposed) => `The handler ${guard} is gone: when ${exposed} fails, nobody sees to it here.`,
  help: "Keep the handler, or take the error in the caller.",
  docs: {
    what: "A `try` is taken away while what it tried stays. Its handler kept one failure apart: from the rounds of a loop that follow, from the steps of cleaning up that follow, or from a client that got an answer.",
    why: "One bad message stops the worker, one failed step of a shutdown leaves the rest undone, one foreseen error becomes an internal one.",
    before: `import logging

log = logging.getLogger(__name__)


def deliver(queue, mailer):
    for message in queue:
        try:
            mailer.send(message)
        except Exception:
            log.exception("not delivered: %s", message.id)
`,
    bad: `def deliver(queue, mailer):
    for message in queue:
        mailer.send(message)
`,
    good: `import logging

from shop.errors import MailError

log = logging.getLogger(__name__)


def deliver(queue, mailer):
    for message in queue:
        try:
            mailer.send(message)
        except MailError:
            log.exception("not delivered: %s", message.id)
`,
    decides:
      "It looks for a `try` of the base whose statements stand unchanged and outside of any `try` in the head, and at what its handler did and what stood around it.",
    silent:
      "Handlers that raised or returned; handlers of missing names, keys and modules; a handler, a `with` or another way of taking errors that the change adds; the same handler elsewhere in the change.",
  },
});
