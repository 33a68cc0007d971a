// A `__repr__` or `__str__` that shows a secret.

import type { Body } from "../../analysis/body.js";
import { shownTaints } from "../../analysis/secrets/sensitive.js";
import { spanOf } from "../../analysis/values/place.js";
import { isSecret, type Taint } from "../../analysis/values/value.js";
import { code } from "../../base/markdown.js";
import type { Finding } from "../finding.js";
import { productBodies } from "../handler-rule.js";
import type { Rule } from "../rule.js";
import { stepsOf } from "../trail.js";

export const secretInRepr: Rule = {
  id: "secret-in-repr",
  family: "information-leakage",
  cwe: "CWE-532",
  title: "Secret in the text of an object",
  docs: {
    what: "`__repr__` or `__str__` of a class writes out a password, token or key.",
    why: "The text of an object ends wherever the object is logged, shown by a debugger or reported with an error, and none of these places knows that a secret is in it.",
    bad: `class Account:
    def __init__(self, name, password):
        self.name = name
        self.password = password

    def __repr__(self):
        return f"Account({self.name!r}, {self.password!r})"
`,
    good: `class Account:
    def __init__(self, name, password):
        self.name = name
        self.password = password

    def __repr__(self):
        return f"Account({self.name!r})"
`,
    decides: "It follows secrets, as secret-logged does, into what the two methods return.",
    silent: "Masked, hashed and shortened values; the text that dataclasses make themselves.",
  },
  check: (context) =>
    productBodies(context)
      .filter(({ name }) => /\.__(repr|str|unicode)__$/.test(name))
      .flatMap((body) =>
        shownTaints(context.world.interpretation(body).returns)
          .filter((taint) => isSecret(taint) && !taint.uncertain)
          .map((taint) => finding(body, taint)),
      ),
};

function finding(body: Body, { origin, trail }: Taint): Finding {
  const text = origin.kind === "source" ? origin.text : "";
  const [first, ...rest] = stepsOf(trail).map(({ role, place, note }) => ({
    role,
    span: spanOf(place),
    side: "head" as const,
    note,
  }));
  return {
    ruleId: "secret-in-repr",
    message: `${code(body.name)} writes out ${code(text)}.`,
    help: "Leave it out.",
    where: body.name,
    severity: "medium",
    confidence: "medium",
    evidence: [first!, ...rest],
    identity: [body.name, text],
  };
}
