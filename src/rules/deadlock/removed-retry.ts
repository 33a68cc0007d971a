// A function that was tried again after a database conflict, and no longer is.
import { lossRule } from "../loss-rule.js";

export const removedRetry = lossRule({
  id: "removed-retry",
  family: "deadlock",
  cwe: "CWE-833",
  title: "Retry after conflicts removed",
  severity: "medium",
  protections: ["retry"],
  message: (guard, exposed) => `${exposed} is no longer tried again after a conflict: ${guard} is gone.`,
  help: "Keep the retry, or make sure that a caller retries the whole transaction.",
  docs: {
    what: "A function had a decorator that runs it again when the database ends its transaction because of a deadlock, a conflict or a lost connection. The decorator is gone.",
    why: "Databases end one of two transactions that wait for each other and expect it to be tried again. Without that, requests fail under load, and what belongs together may be left half done.",
    before: `from oslo_db import api as db_api

from shop.db import writer


@db_api.wrap_db_retry(retry_on_deadlock=True)
def remove_user(user_id):
    with writer() as session:
        session.delete(session.get(user_id))
`,
    bad: `from shop.db import writer


def remove_user(user_id):
    with writer() as session:
        session.delete(session.get(user_id))
`,
    good: `from oslo_db import api as db_api

from shop.db import writer


@db_api.wrap_db_retry(retry_on_deadlock=True)
def remove_user(user_id):
    with writer() as session:
        session.delete(session.get_one(user_id))
`,
    decides:
      "It compares the decorators of a function in base and head: one whose name says that it retries, with no other such decorator or statement in its place.",
    silent:
      "A retry that moved into the body or to another decorator. A retry that says nothing of a database is mentioned in the summary only.",
    relatives: {},
  },
});
