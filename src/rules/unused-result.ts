// Rules about calls that answer yes or no, made as a statement: nobody listens to the answer.
import type { Body } from "../analysis/body.js";
import { calledName, calleesOf } from "../analysis/calls/callees.js";
import { statementsOf } from "../analysis/handlers/handlers.js";
import type { World } from "../analysis/world.js";
import { code } from "../base/markdown.js";
import type { Call, ExpressionStatement } from "../python/ast.js";
import { nodesIn } from "../python/walk.js";
import type { Confidence, Finding } from "./finding.js";
import { placeIn, productBodies, stepAt, textIn } from "./handler-rule.js";
import type { Rule } from "./rule.js";
import { sourceOf } from "./surroundings.js";

/** A call whose result says something, as it is written. */
export interface Asked {
  readonly body: Body;
  readonly call: Call;
  /** The last word of what is called: "check_password". */
  readonly name: string;
  /** The text of the object whose method it is; "" for functions. */
  readonly receiver: string;
}

interface UnusedResultRule extends Omit<Rule, "check"> {
  /** How sure it is that the call only answers, and refuses nobody by itself; undefined for other calls. */
  judge(asked: Asked): Confidence | undefined;
}

/** A rule that reports the calls that `judge` knows, where their result is thrown away. */
export function unusedResultRule({ judge, ...rule }: UnusedResultRule): Rule {
  return {
    ...rule,
    check: ({ world, ...context }) =>
      productBodies({ world, ...context }).flatMap((body) =>
        nodesIn(statementsOf(body)).flatMap((node) => {
          const asked = node.kind === "expression" ? statementCall(world, body, node) : undefined;
          const confidence = asked && judge(asked);
          return confidence ? [finding(rule.id, asked, confidence)] : [];
        }),
      ),
  };
}

/** Done so that a wrong name takes as long as a wrong password. */
const FOR_TIME = /dummy|fake|timing|constant.time|enumerat|side.channel/i;

function statementCall(world: World, body: Body, statement: ExpressionStatement): Asked | undefined {
  const { value, start, end } = statement;
  const call = value.kind === "await" ? value.value : value;
  if (call.kind !== "call") return undefined;
  const receiver = call.callee.kind === "attribute" ? textIn(body, call.callee.object) : "";
  // A method of one's own under this name may do something about it.
  if (/^(self|cls)$/.test(receiver)) return undefined;
  const own = calleesOf(world, body, call).flatMap((ref) => (ref.kind === "function" ? [ref.body] : []));
  if (own.some((function_) => /\b(raise|abort)\b/.test(sourceOf(function_)))) return undefined;
  const around = body.module.syntax.text.slice(Math.max(0, start - 250), end);
  return FOR_TIME.test(around) ? undefined : { body, call, name: calledName(call), receiver };
}

function finding(ruleId: string, { body, call, name }: Asked, confidence: Confidence): Finding {
  return {
    ruleId,
    message: `Nothing happens when ${code(name)} says no.`,
    help: "Test the result, and refuse where it is false.",
    where: body.name,
    severity: "high",
    confidence,
    evidence: [stepAt("sink", placeIn(body, call), `${code(name)} returns a result that is not used`)],
    identity: [textIn(body, call, 200)],
  };
}

/** Is what went wrong read afterwards, or the result asked for in another way, so that the call fills it in only? */
export function readsErrors(body: Body): boolean {
  return /\.errors\b/.test(sourceOf(body));
}
