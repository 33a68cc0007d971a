// A value that was escaped, quoted or cleaned is now used as it is.
import { exposesQuery } from "../loss-family.js";
import { lossRule } from "../loss-rule.js";

export const removedSanitizer = lossRule({
  id: "removed-sanitizer",
  family: "input-validation",
  cwe: "CWE-116",
  title: "Escaping removed",
  severity: "high",
  protections: ["sanitizer"],
  when: (loss) => !exposesQuery(loss),
  message: (guard, exposed) => `${exposed} uses the value without ${guard}.`,
  help: "Escape or clean the value as before.",
  docs: {
    what: "A value that was escaped, quoted or cleaned is now used as it is.",
    why: "The call took from the value what has a meaning where it is used: tags in a page, wildcards in a filter, a slash in an address. Without it whoever controls the value controls more than the value.",
    before: `from directory import escape_filter_chars


def people_filter(name):
    return "(uid=%s)" % escape_filter_chars(name)
`,
    bad: `def people_filter(name):
    return "(uid=%s)" % name
`,
    good: `from directory import escape_filter_chars


def people_filter(name):
    escaped = escape_filter_chars(name)
    return "(uid=%s)" % escaped
`,
    decides:
      "It pairs the rewritten statements of a definition and looks for calls whose name says that they escape, quote or clean, and whose argument now stands bare.",
    silent: "Calls that moved; another cleaning call in the same statement; values that are no longer used.",
  },
});
