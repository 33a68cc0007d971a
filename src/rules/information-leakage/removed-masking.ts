// A value that was masked, compared in constant time or made by a safe generator no longer is.
import { lossRule } from "../loss-rule.js";

export const removedMasking = lossRule({
  id: "removed-masking",
  family: "information-leakage",
  cwe: "CWE-532",
  title: "Protection of a secret removed",
  severity: "medium",
  protections: ["masking", "verification"],
  when: (loss) => loss.protection === "masking" || loss.did.startsWith("compares"),
  message: (guard, exposed) => `${exposed} does without ${guard}.`,
  help: "Keep what hides or protects the value.",
  docs: {
    what: "A value that was masked, compared in constant time or made by a safe generator no longer is.",
    why: "Logs are read by more people than passwords are meant for; a comparison that stops early and a random number that can be predicted give a secret away without any log.",
    before: `import logging

from shop.privacy import mask_card

log = logging.getLogger(__name__)


def charge(card):
    log.info("charging %s", mask_card(card))
`,
    bad: `import logging

log = logging.getLogger(__name__)


def charge(card):
    log.info("charging %s", card)
`,
    good: `import logging

from shop.privacy import mask_card

log = logging.getLogger(__name__)


def charge(card):
    log.info("charging card %s", mask_card(card))
`,
    decides:
      "It pairs rewritten statements and looks for calls whose name says that they mask, for `compare_digest`, `secrets` and cookie flags that are gone while the value stays.",
    silent: "Values that are no longer used; another masking call in their place.",
  },
});
