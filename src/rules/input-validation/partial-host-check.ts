// Hosts that are recognised by a part of the text, which others can have as well.
import type { Body } from "../../analysis/body.js";
import { statementsOf } from "../../analysis/handlers/handlers.js";
import { code } from "../../base/markdown.js";
import type { Expression, SyntaxNode } from "../../python/ast.js";
import { nodesIn } from "../../python/walk.js";
import type { Finding } from "../finding.js";
import { placeIn, productBodies, stepAt, textIn } from "../handler-rule.js";
import type { Rule } from "../rule.js";
import { answersYes, decisionOf, isAnswered, refuses } from "./accepting-test.js";

const HOST = /^(https?:\/\/)?([\w-]+\.)+[a-z]{2,}$/i;
const FILE = /\.(py|txt|json|ya?ml|html?|js|css|xml|csv|md|png|jpe?g|svg|zip|gz|tar|cfg|ini|log|pdf)$/i;
/** What is compared says where something goes to, or comes from. */
const ADDRESS =
  /(^|[._\s])(\w*(url|uri|host|hostname|origin|referr?er|domain|netloc|redirect|next|link))(\(\)|\.lower\(\)|\[\w+\])?$/i;
const CHECKS =
  /(^|[._])_?(is|has|check|validate|verify|ensure|allow|permit|trust)\w*(safe|valid|allow|trust|origin|host|url|domain|redirect|referr?er|internal)/i;
const SECRET = /authorization|token|credential|cookie|password|api_?key|\bauth\b/i;

interface PartialCheck {
  readonly node: Expression;
  readonly address: Expression;
  readonly host: string;
  readonly form: "in" | "startswith" | "endswith";
}

/** `"shop.example" in url`, `url.startswith("https://shop.example")`, `host.endswith("shop.example")` */
function partialCheck(body: Body, node: SyntaxNode): PartialCheck | undefined {
  if (node.kind === "comparison" && node.operators.length === 1 && node.operators[0]?.endsWith("in")) {
    const [left, right] = node.operands;
    if (left?.kind !== "string" || !right) return undefined;
    return accepted(body, { node, address: right, host: left.value, form: "in" });
  }
  if (node.kind !== "call" || node.callee.kind !== "attribute") return undefined;
  const form = node.callee.name.id;
  const [host] = node.arguments;
  if ((form !== "startswith" && form !== "endswith") || host?.value.kind !== "string") return undefined;
  return accepted(body, { node, address: node.callee.object, host: host.value.value, form });
}

function accepted(body: Body, check: PartialCheck): PartialCheck | undefined {
  const { address, host, form } = check;
  if (!HOST.test(host) || FILE.test(host) || !ADDRESS.test(textIn(body, address))) return undefined;
  if (form === "startswith" && !/^https?:\/\//i.test(host)) return undefined;
  return form === "endswith" && host.includes("/") ? undefined : check;
}

/** Is somebody let through where the check holds, or given a secret? */
function letsThrough(body: Body, check: PartialCheck, all: readonly SyntaxNode[]): boolean {
  if (isAnswered(check.node, all)) return CHECKS.test(body.name);
  const decision = decisionOf(body, check.node, all);
  if (!decision) return false;
  const { statement, isNegated } = decision;
  if (refuses(body, isNegated ? statement.body : statement.otherwise)) return true;
  if (isNegated) return false;
  if (answersYes(body, statement.body) && CHECKS.test(body.name)) return true;
  return statement.body.some((node) => node.kind === "assign" && SECRET.test(textIn(body, node, 200)));
}

const ACTIONS: Readonly<Record<PartialCheck["form"], string>> = {
  in: "Parse it, and compare the whole host name.",
  startswith: "Compare the parsed host name, or end the text with `/`.",
  endswith: "Compare the whole host name, or begin the ending with a dot.",
};

function finding(body: Body, { node, address, host, form }: PartialCheck): Finding {
  const text = textIn(body, node, 60);
  return {
    ruleId: "partial-host-check",
    message: `${code(text)} also holds for hosts of others.`,
    help: ACTIONS[form],
    where: body.name,
    severity: "medium",
    confidence: "medium",
    evidence: [
      stepAt(
        "sink",
        placeIn(body, node),
        `${code(textIn(body, address, 40))} can have ${code(host)} there and lead elsewhere`,
      ),
    ],
    identity: [text],
  };
}

export const partialHostCheck: Rule = {
  id: "partial-host-check",
  family: "input-validation",
  cwe: "CWE-20",
  title: "Host recognised by a part",
  check: (context) =>
    productBodies(context).flatMap((body) => {
      if (body.kind !== "function") return [];
      const all = nodesIn(statementsOf(body));
      return all.flatMap((node) => {
        const check = partialCheck(body, node);
        return check && letsThrough(body, check, all) ? finding(body, check) : [];
      });
    }),
  docs: {
    what: "A URL, host or origin is let through because a known host name is somewhere in it, at its beginning or at its end.",
    why: "`shop.example` is in `https://evil.example/?shop.example`, `https://shop.example` begins `https://shop.example.evil.example`, and `evilshop.example` ends with `shop.example`. Whoever owns such a name passes the check.",
    bad: `def is_allowed_origin(origin):
    return origin.endswith("shop.example")
`,
    good: `def is_allowed_origin(origin):
    return origin == "https://shop.example" or origin.endswith(".shop.example")
`,
    decides:
      "It looks at tests of names such as `url`, `host`, `origin` and `referer` against a literal host name, where the other case refuses, where a function that checks hosts answers with it, or where a secret is added to what is sent there.",
    silent:
      "Texts with the separator (`https://shop.example/`, `.shop.example`); tests that only tell kinds of links apart; file names; tests.",
    relatives: { codeql: ["py/incomplete-url-substring-sanitization"] },
  },
};
