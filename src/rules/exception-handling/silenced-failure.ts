// Calls that are told to keep their failure to themselves.
import type { Body } from "../../analysis/body.js";
import { calledName, calleesOf } from "../../analysis/calls/callees.js";
import { statementsOf } from "../../analysis/handlers/handlers.js";
import type { World } from "../../analysis/world.js";
import { code } from "../../base/markdown.js";
import type { Argument, Call } from "../../python/ast.js";
import { nodesIn } from "../../python/walk.js";
import type { Finding } from "../finding.js";
import { placeIn, productBodies, stepAt, textIn } from "../handler-rule.js";
import type { Rule } from "../rule.js";

export const silencedFailure: Rule = {
  id: "silenced-failure",
  family: "exception-handling",
  cwe: "CWE-390",
  title: "Failure silenced by an option",
  docs: {
    what: "Mail is sent, or a mail connection opened, with `fail_silently=True`.",
    why: "When the server refuses or does not answer, nothing is raised and nothing logged. Password resets, alarms and invitations are lost without anybody knowing.",
    bad: `from django.core.mail import send_mail


def invite(address, link):
    send_mail("Invitation", link, "shop@example.org", [address], fail_silently=True)
`,
    good: `from django.core.mail import send_mail


def invite(address, link):
    send_mail("Invitation", link, "shop@example.org", [address])
`,
    decides: "It reads the option at calls that send mail or open a connection to do so.",
    silent:
      "`fail_silently=False`, or a variable; the same option of other functions, such as user messages.",
    relatives: {
      bandit: ["B110", "B112"],
      ruff: ["S110", "S112", "BLE001"],
      codeql: ["py/empty-except"],
      others: ["Pylint broad-exception-caught"],
    },
  },
  check: (context) =>
    productBodies(context).flatMap((body) =>
      nodesIn(statementsOf(body)).flatMap((node) => {
        if (node.kind !== "call") return [];
        const option = node.arguments.find(isSilent);
        return option && isMail(context.world, body, node) ? finding(body, node, option) : [];
      }),
    ),
};

function isSilent({ name, value }: Argument): boolean {
  return name?.id === "fail_silently" && value.kind === "constant" && value.value === true;
}

function isMail(world: World, body: Body, call: Call): boolean {
  if (/^(send|send_messages|send_mail|send_mass_mail|mail_admins|mail_managers)$/.test(calledName(call))) {
    return true;
  }
  return calleesOf(world, body, call).some(
    (ref) => ref.kind === "symbol" && /(^|\.)mail\.get_connection$/.test(ref.name),
  );
}

function finding(body: Body, call: Call, option: Argument): Finding {
  const callee = textIn(body, call.callee, 40);
  return {
    ruleId: "silenced-failure",
    message: `${code(callee)} drops its failure without a trace.`,
    help: "Leave out `fail_silently`, and handle or log the failure.",
    where: body.name,
    severity: "low",
    confidence: "medium",
    evidence: [stepAt("sink", placeIn(body, option), `tells ${code(callee)} to drop its failure`)],
    identity: [callee],
  };
}
