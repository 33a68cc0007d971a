// A timeout or a limit of size is gone: from a call that is otherwise the same, or as a condition that refused.
import { boundsSize } from "../loss-family.js";
import { lossRule } from "../loss-rule.js";

export const removedLimit = lossRule({
  id: "removed-limit",
  family: "resource-management",
  cwe: "CWE-400",
  title: "Limit removed",
  severity: "medium",
  protections: ["timeout", "limit", "validation"],
  when: (loss) => loss.protection !== "validation" || boundsSize(loss),
  message: (guard, exposed) => `${exposed} no longer has ${guard}.`,
  help: "Keep the limit.",
  docs: {
    what: "A timeout or a limit of size is gone from a call that is otherwise the same.",
    why: "A peer that never answers then holds a thread for ever, and one that never stops sending fills the memory.",
    before: `from fetching import fetch


def load(url):
    return fetch(url, timeout=10)
`,
    bad: `from fetching import fetch


def load(url):
    return fetch(url)
`,
    good: `from fetching import fetch

SECONDS = 10


def load(url):
    return fetch(url, timeout=SECONDS)
`,
    decides:
      "It pairs the calls of rewritten statements by function and first argument and compares their keyword arguments. A condition that refused what is larger than a named limit counts as well.",
    silent: "`timeout=None`; arguments passed on by `**`; a limit that is given by position now.",
  },
});
