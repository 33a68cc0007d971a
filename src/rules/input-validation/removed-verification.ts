// A call that refuses what is dangerous is replaced by its relative that does not, or an argument that verifies is gone.
import { lossRule } from "../loss-rule.js";

export const removedVerification = lossRule({
  id: "removed-verification",
  family: "input-validation",
  cwe: "CWE-347",
  title: "Verification weakened",
  severity: "high",
  protections: ["verification"],
  when: (loss) => !loss.did.startsWith("compares"),
  message: (guard, exposed) => `${exposed} does without ${guard}.`,
  help: "Keep what verifies the data, the peer or the source.",
  docs: {
    what: "A call that refuses what is dangerous is replaced by its relative that does not, or an argument that verifies is gone.",
    why: "`yaml.load`, `eval`, `verify_signature=False` and their kind accept what the safer form refused: objects that run code, tokens that nobody signed.",
    before: `from tokens import decode


def claims(token, key):
    return decode(token, key, algorithms=["RS256"])
`,
    bad: `from tokens import decode


def claims(token, key):
    return decode(token, key)
`,
    good: `from tokens import decode

ALGORITHMS = ["RS256"]


def claims(token, key):
    return decode(token, key, algorithms=ALGORITHMS)
`,
    decides:
      "It pairs the calls of rewritten statements by function and first argument, and knows which functions and arguments are weaker forms of which.",
    silent: "Arguments passed on by `**`; calls that are gone.",
  },
});
