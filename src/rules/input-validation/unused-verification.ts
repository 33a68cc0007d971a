// Checks that answer yes or no, where nobody listens.
import type { Body } from "../../analysis/body.js";
import { calledName, calleesOf } from "../../analysis/calls/callees.js";
import { statementsOf } from "../../analysis/handlers/handlers.js";
import type { World } from "../../analysis/world.js";
import { code } from "../../base/markdown.js";
import type { Call, ExpressionStatement } from "../../python/ast.js";
import { nodesIn } from "../../python/walk.js";
import type { Finding } from "../finding.js";
import { placeIn, productBodies, stepAt, textIn } from "../handler-rule.js";
import type { Rule } from "../rule.js";
import { sourceOf } from "../surroundings.js";

/** Functions of libraries that return a boolean and never raise for a wrong value. */
const BY_NAME =
  /^(compare_digest|check_password_hash|checkpw|url_has_allowed_host_and_scheme|is_safe_url|validate_on_submit)$/;
/** Forms and serializers say whether they are valid; what they found is for whoever looks at their errors. */
const OF_FORMS = /^(is_valid|validate)$/;
const FORM = /(^|[._])(form|serializer)\d?(\(.*\))?$/i;
/** The same where the object is a user: others have methods of these names that raise. */
const OF_USERS = /^(check_password|has_perms?|has_module_perms|is_authenticated|verify_password)$/;
const USER = /(^|[._])(user|account|member|current_user|principal)(\(\))?$/i;
/** Done so that a wrong name takes as long as a wrong password. */
const FOR_TIME = /dummy|fake|timing|constant.time|enumerat|side.channel/i;

function unused(world: World, body: Body, { value, start, end }: ExpressionStatement): Call | undefined {
  const call = value.kind === "await" ? value.value : value;
  if (call.kind !== "call") return undefined;
  const name = calledName(call);
  const receiver = call.callee.kind === "attribute" ? textIn(body, call.callee.object) : "";
  // A method of one's own under this name may do something about it.
  if (/^(self|cls)$/.test(receiver)) return undefined;
  const isForm = (OF_FORMS.test(name) && FORM.test(receiver)) || name === "validate_on_submit";
  if (isForm && (call.arguments.length > 0 || /\.errors\b/.test(sourceOf(body)))) return undefined;
  if (!BY_NAME.test(name) && !isForm && !(OF_USERS.test(name) && USER.test(receiver))) return undefined;
  const own = calleesOf(world, body, call).flatMap((ref) => (ref.kind === "function" ? [ref.body] : []));
  if (own.some((function_) => /\b(raise|abort)\b/.test(sourceOf(function_)))) return undefined;
  const around = body.module.syntax.text.slice(Math.max(0, start - 250), end);
  return FOR_TIME.test(around) ? undefined : call;
}

function finding(body: Body, call: Call): Finding {
  const name = calledName(call);
  return {
    ruleId: "unused-verification",
    message: `Nothing happens when ${code(name)} says no.`,
    help: "Test the result, and refuse where it is false.",
    where: body.name,
    severity: "high",
    confidence: BY_NAME.test(name) ? "high" : "medium",
    evidence: [stepAt("sink", placeIn(body, call), `${code(name)} returns a result that is not used`)],
    identity: [textIn(body, call, 200)],
  };
}

export const unusedVerification: Rule = {
  id: "unused-verification",
  family: "input-validation",
  cwe: "CWE-252",
  title: "Verification without consequence",
  check: (context) =>
    productBodies(context).flatMap((body) =>
      nodesIn(statementsOf(body)).flatMap((node) => {
        const call = node.kind === "expression" ? unused(context.world, body, node) : undefined;
        return call ? finding(body, call) : [];
      }),
    ),
  docs: {
    what: "A signature, password or permission is checked by a function that returns True or False, and the result is thrown away.",
    why: "The check is there to be read and never refuses anybody: a forged signature passes like a right one.",
    bad: `import hashlib
import hmac


def receive(key, body, signature):
    expected = hmac.new(key, body, hashlib.sha256).hexdigest()
    hmac.compare_digest(expected, signature)
    return body
`,
    good: `import hashlib
import hmac


def receive(key, body, signature):
    expected = hmac.new(key, body, hashlib.sha256).hexdigest()
    if not hmac.compare_digest(expected, signature):
        raise PermissionError("wrong signature")
    return body
`,
    decides:
      "It looks for calls that stand alone as a statement: of `compare_digest`, `checkpw`, `check_password_hash` and Django's check of redirect targets, of `validate_on_submit`, of `is_valid` and `validate` on forms and serializers, and of `check_password`, `has_perm` and `has_perms` on users.",
    silent:
      "Functions of the repository that raise; checks that are made only to take as long as others (their comment or argument says so); tests.",
    relatives: { codeql: ["py/ignored-return-value"] },
  },
};
