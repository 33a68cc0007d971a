// Something outside is taken or given back, a later step fails, and nothing undoes it.
import { type Uncompensated, uncompensatedIn } from "../../analysis/resources/compensation.js";
import { code } from "../../base/markdown.js";
import type { Finding } from "../finding.js";
import { placeIn, productBodies, stepAt, textIn } from "../handler-rule.js";
import { proof } from "../proof.js";
import type { Rule } from "../rule.js";

function messageOf({ form, body, act, fails }: Uncompensated): string {
  const done = code(textIn(body, act, 40));
  switch (form) {
    case "round":
      return `When a later round fails, what ${done} did in earlier rounds is not undone.`;
    case "gap":
      return `${done} is not undone when ${code(textIn(body, fails, 40))} fails, before the ${code("try")}.`;
    case "step":
      return `${done} is not undone when ${code(textIn(body, fails, 40))} fails.`;
  }
}

function finding(missing: Uncompensated): Finding {
  const { form, body, act, fails, undo } = missing;
  const acts = stepAt("acquire", placeIn(body, act), "changes something outside");
  const undone = stepAt("release", placeIn(body, undo), "is how it is undone elsewhere");
  const leaves = stepAt("call", placeIn(body, fails), "an error here leaves it as it is");
  return {
    ruleId: "missing-compensation",
    message: messageOf(missing),
    help:
      form === "gap"
        ? "Move the call into the `try` whose handler undoes it."
        : "Keep what was done, and undo all of it when a later step fails.",
    severity: "medium",
    confidence: "medium",
    ...(body.name === "" ? {} : { where: body.name }),
    evidence:
      form === "gap" ? proof([acts, undone], leaves) : proof(form === "round" ? [undone] : [leaves], acts),
    identity: [form, textIn(body, act, 200)],
  };
}

export const missingCompensation: Rule = {
  id: "missing-compensation",
  family: "resource-management",
  cwe: "CWE-460",
  title: "Not undone on failure",
  check: (context) =>
    productBodies(context).flatMap((body) =>
      body.kind === "function" ? uncompensatedIn(context.world, body).map(finding) : [],
    ),
  docs: {
    what: "Code takes something outside the process (allocates, reserves, binds, connects) and has a way to undo it, but on one way of failing it does not: a call between the taking and the `try`, an earlier round of a loop, an earlier one of two steps.",
    why: "What was taken stays taken and nobody knows of it any more. Addresses, ports and quota run out, and the state outside no longer fits the database.",
    bad: `def open_port(driver, network):
    port = driver.allocate_port(network)
    details = port.describe()
    try:
        network.save(details)
    except Exception:
        driver.deallocate_port(port)
        raise
    return port
`,
    good: `def open_port(driver, network):
    port = driver.allocate_port(network)
    try:
        details = port.describe()
        network.save(details)
    except Exception:
        driver.deallocate_port(port)
        raise
    return port
`,
    decides:
      "Names say what undoes what (`allocate` and `deallocate`, `reserve` and `release`, with the same other words), and it counts only where some handler of the same function, class or module really undoes it.",
    silent:
      "Steps inside a `try` whose handler undoes them; the undoing itself; loops in which every error is handled; logging and looking between the two; pairs that no handler uses.",
  },
};
