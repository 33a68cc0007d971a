// A check that refused bad values is gone, and the value is used as before.
import { boundsSize, exposesQuery } from "../loss-family.js";
import { lossRule } from "../loss-rule.js";

export const removedValidation = lossRule({
  id: "removed-validation",
  family: "input-validation",
  cwe: "CWE-20",
  title: "Validation removed",
  severity: "medium",
  protections: ["validation"],
  when: (loss) => !exposesQuery(loss) && !boundsSize(loss),
  message: (guard, exposed) => `${exposed} no longer stands behind the check ${guard}.`,
  help: "Keep the check, or put one of equal strength before this use.",
  docs: {
    what: "A check that refused bad values is gone, and the value is used as before.",
    why: "The check was there because the value can be wrong or hostile: a path that leaves its folder, a size that never ends a loop, a host that nobody meant. What stood behind it now takes whatever comes.",
    before: `import re


def load_report(folder, name):
    if not re.fullmatch(r"[a-z0-9_]+", name):
        raise ValueError(name)
    return folder.read(name)
`,
    bad: `import re


def load_report(folder, name):
    return folder.read(name)
`,
    good: `import re

NAME = re.compile(r"[a-z0-9_]+")


def load_report(folder, name):
    if NAME.fullmatch(name) is None:
        raise ValueError(name)
    return folder.read(name)
`,
    decides:
      "It compares the definitions of base and head: a condition whose branch raises, aborts or leaves, a call that is made for its refusal (`validate_name(name)`), an operand of `and` or `or`, an anchor of a pattern. The statement behind it must still stand and still use the value.",
    silent:
      "Checks that moved to another function, a decorator or a base class of the same change; checks that were replaced by another on the same value; operations that went or were rewritten with their check. Tests of type or presence are mentioned in the summary only.",
  },
});
