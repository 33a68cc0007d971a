// Options of a configuration that are secret by their name and not declared so.
import type { Body } from "../../analysis/body.js";
import { calledName } from "../../analysis/calls/callees.js";
import { statementsOf } from "../../analysis/handlers/handlers.js";
import { isSecretName } from "../../analysis/secrets/declared.js";
import type { World } from "../../analysis/world.js";
import { code } from "../../base/markdown.js";
import type { Call } from "../../python/ast.js";
import { nodesIn } from "../../python/walk.js";
import type { RuleContext } from "../context.js";
import type { Finding } from "../finding.js";
import { placeIn, productBodies, stepAt } from "../handler-rule.js";
import type { Rule } from "../rule.js";

export const unmarkedSecretOption: Rule = {
  id: "unmarked-secret-option",
  family: "information-leakage",
  cwe: "CWE-532",
  title: "Secret option not marked as secret",
  docs: {
    what: "An option of oslo.config whose name says that it is a secret is declared without `secret=True`, or an option of click asks for a password without hiding what is typed.",
    why: "A service of oslo writes the values of all its options to the log when it starts, but for those that are marked. What is typed unhidden stays on the screen.",
    bad: `from oslo_config import cfg

OPTIONS = [
    cfg.StrOpt("admin_user", help="Name of the administrator"),
    cfg.StrOpt("admin_password", help="Password of the administrator"),
]
`,
    good: `from oslo_config import cfg

OPTIONS = [
    cfg.StrOpt("admin_user", help="Name of the administrator"),
    cfg.StrOpt("admin_password", secret=True, help="Password of the administrator"),
]
`,
    decides: "It reads the name of the option and the arguments of its declaration.",
    silent:
      "Options whose name only speaks of a secret (`token_ttl`, `password_file`); numbers and switches.",
    relatives: { bandit: ["B109"] },
  },
  check: (context) =>
    productBodies(context).flatMap((body) =>
      declarationsIn(body).flatMap((call) => (isUnmarked(context, body, call) ? finding(body, call) : [])),
    ),
};

/** The calls of `body`, decorators of its functions included. */
function declarationsIn(body: Body): readonly Call[] {
  return nodesIn(statementsOf(body)).flatMap((node): readonly Call[] => {
    if (node.kind === "call") return [node];
    if (node.kind !== "function") return [];
    return node.decorators.flatMap(({ expression }) => (expression.kind === "call" ? expression : []));
  });
}

function isUnmarked({ world }: RuleContext, body: Body, call: Call): boolean {
  const name = calledName(call);
  const imported = world.importsOf(body.module);
  const has = (option: string) => call.arguments.some(({ name: own }) => own?.id === option);
  if (call.arguments.some(({ form }) => form === "doubleStar")) return false;
  if (/^(StrOpt|URIOpt|ListOpt|MultiStrOpt|DictOpt)$/.test(name)) {
    return (
      (imported.has("oslo_config") || imported.has("oslo")) && !has("secret") && isSecretOption(world, call)
    );
  }
  if (name !== "option" && name !== "prompt") return false;
  const asks = name === "prompt" || has("prompt");
  return imported.has("click") && asks && !has("hide_input") && isSecretOption(world, call);
}

function isSecretOption(world: World, call: Call): boolean {
  const name = optionName(call);
  return name !== undefined && !/\s/.test(name) && isSecretName(world, name.replaceAll("-", "_"), "");
}

/** "admin_password" or "--admin-password" */
function optionName(call: Call): string | undefined {
  const [first] = call.arguments;
  return first?.form === "positional" && first.value.kind === "string"
    ? first.value.value.replace(/^-+/, "")
    : undefined;
}

function finding(body: Body, call: Call): Finding {
  const name = optionName(call) ?? "";
  const hides = /^(option|prompt)$/.test(calledName(call));
  return {
    ruleId: "unmarked-secret-option",
    message: hides
      ? `${code(name)} is shown on the screen while it is typed.`
      : `The option ${code(name)} is written to the log like any other.`,
    help: hides ? "Pass `hide_input=True`." : "Pass `secret=True`.",
    where: body.name,
    severity: "medium",
    confidence: "medium",
    evidence: [stepAt("sink", placeIn(body, call), "does not mark the option")],
    identity: [name],
  };
}
