// A test of the origin that says yes to every site.
import type { FunctionBody } from "../../analysis/body.js";
import { classOf } from "../../analysis/body.js";
import { libraryBases } from "../../analysis/taint/entry.js";
import { code } from "../../base/markdown.js";
import type { Return, Statement } from "../../python/ast.js";
import type { RuleContext } from "../context.js";
import type { Confidence, Finding } from "../finding.js";
import { placeIn, productBodies, stepAt } from "../handler-rule.js";
import type { Rule } from "../rule.js";

const TESTS_ORIGIN =
  /^_?(check|validate|verify|is_valid|is_allowed|allow|is_trusted)_(same_)?(ws_|websocket_)?origin$/;

function check(context: RuleContext): readonly Finding[] {
  return productBodies(context).flatMap((body) => {
    if (body.kind !== "function" || body.definition.kind !== "function") return [];
    if (!TESTS_ORIGIN.test(body.definition.name.id)) return [];
    const answer = onlyAnswer(body.definition.body);
    return answer ? [finding(context, body, body.definition.name.id, answer)] : [];
  });
}

/** `return True`, where that is all that a function does beside its documentation. */
function onlyAnswer(body: readonly Statement[]): Return | undefined {
  const [only, ...more] = body.filter(
    (each) => !(each.kind === "expression" && each.value.kind === "string") && each.kind !== "pass",
  );
  if (only?.kind !== "return" || more.length > 0) return undefined;
  return only.value?.kind === "constant" && only.value.value === true ? only : undefined;
}

function finding({ world }: RuleContext, body: FunctionBody, name: string, answer: Return): Finding {
  return {
    ruleId: "any-origin",
    message: `${code(name)} lets the pages of every site connect.`,
    help: "Compare the origin with the hosts that may connect.",
    severity: "high",
    confidence: confidenceIn(world, body),
    where: body.name,
    evidence: [
      stepAt(
        "sink",
        placeIn(body, answer),
        "says yes to every origin; the browser sends the visitor's cookies along",
      ),
    ],
    identity: [name],
  };
}

/** Of a handler of a known framework it is known that nothing else stands in the way. */
function confidenceIn(world: RuleContext["world"], body: FunctionBody): Confidence {
  const owner = classOf(body);
  if (!owner) return "low";
  const isServed = libraryBases(world, owner).some(({ subclassEntries }) => subclassEntries !== undefined);
  return isServed || owner.definition.bases.length > 0 ? "medium" : "low";
}

export const anyOrigin: Rule = {
  id: "any-origin",
  family: "access-control",
  cwe: "CWE-1385",
  title: "WebSocket open to every site",
  check,
  docs: {
    what: "The method that decides which sites may open a WebSocket, or send a request with the visitor's cookies, always says yes.",
    why: "A browser lets every page open a WebSocket to every host and sends the cookies along. The origin is all that tells the own pages from those of an attacker, who otherwise acts as whoever visits him.",
    bad: `from tornado.websocket import WebSocketHandler


class Terminal(WebSocketHandler):
    def check_origin(self, origin):
        return True

    def on_message(self, message):
        self.application.shell.send(message)
`,
    good: `from urllib.parse import urlsplit

from tornado.websocket import WebSocketHandler


class Terminal(WebSocketHandler):
    def check_origin(self, origin):
        return urlsplit(origin).hostname == "shop.example"

    def on_message(self, message):
        self.application.shell.send(message)
`,
    decides:
      "It looks for `check_origin` and functions of such names whose body is `return True`. Those of a class with bases are reported; of other functions only the summary speaks.",
    silent: "Functions that look at anything before they answer; tests and examples.",
    relatives: { semgrep: ["websocket-missing-origin-check"] },
  },
};
