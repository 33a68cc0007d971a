// A `with lock:` or the release of a lock is gone while the statements it held stand on, or a lock can no longer be taken twice by its holder.
import { lossRule } from "../loss-rule.js";

export const removedLock = lossRule({
  id: "removed-lock",
  family: "deadlock",
  cwe: "CWE-667",
  title: "Locking removed or weakened",
  severity: "medium",
  protections: ["lock"],
  message: (guard, exposed) => `${exposed} no longer has ${guard}.`,
  help: "Hold the lock here, and release it on every path.",
  docs: {
    what: "A `with lock:` or the release of a lock is gone while the statements it held stand on, or a lock can no longer be taken twice by its holder.",
    why: "Two threads then change the same data at once; a lock that is not released when something fails stops everybody who asks for it later.",
    before: `def move(account, amount):
    with account.lock:
        account.balance -= amount
`,
    bad: `def move(account, amount):
    account.balance -= amount
`,
    good: `def move(account, amount):
    with account.lock:
        account.balance = account.balance - amount
`,
    decides:
      "It compares the definition in base and head: what stood inside the lock and now stands outside any, a release that was in `finally` and now is on the usual way only, `RLock` that became `Lock`.",
    silent: "Statements that are held by another lock; definitions that are gone.",
  },
});
