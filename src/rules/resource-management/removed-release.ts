// A `with`, `finally`, `close()` or `wait()` is gone while what it released is acquired as before.
import { lossRule } from "../loss-rule.js";

export const removedRelease = lossRule({
  id: "removed-release",
  family: "resource-management",
  cwe: "CWE-772",
  title: "Release removed",
  severity: "medium",
  protections: ["release"],
  message: (guard, exposed) => `${exposed} no longer has ${guard}.`,
  help: "Release it on every path, best with `with`.",
  docs: {
    what: "A `with`, `finally`, `close()` or `wait()` is gone while what it released is acquired as before.",
    why: "What is not released stays: open files up to the limit of the process, children that nobody waits for, connections that the pool never gets back.",
    before: `def count_lines(path):
    with open(path) as lines:
        return sum(1 for _ in lines)
`,
    bad: `def count_lines(path):
    lines = open(path)
    return sum(1 for _ in lines)
`,
    good: `from pathlib import Path


def count_lines(path):
    return Path(path).read_text().count("\\n")
`,
    decides:
      "It compares the definition in base and head: a context manager whose expression now stands outside `with`, a `finally` whose release is gone or stands on the usual way only, a release call that is gone.",
    silent:
      "Releases that moved, also into a callback or another function of the same change; things that are returned or kept in an object.",
  },
});
