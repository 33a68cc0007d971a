// Comparing a signature or token in a way that stops at the first difference.
import type { Body } from "../../analysis/body.js";
import { calledName, calleesOf } from "../../analysis/calls/callees.js";
import { statementsOf } from "../../analysis/handlers/handlers.js";
import { isSecretName } from "../../analysis/secrets/declared.js";
import type { World } from "../../analysis/world.js";
import { code } from "../../base/markdown.js";
import { wordsOf } from "../../base/words.js";
import type { Comparison, Expression } from "../../python/ast.js";
import { nodesIn } from "../../python/walk.js";
import type { Finding } from "../finding.js";
import { placeIn, productBodies, stepAt, textIn } from "../handler-rule.js";
import type { Rule } from "../rule.js";

export const timingUnsafeComparison: Rule = {
  id: "timing-unsafe-comparison",
  family: "information-leakage",
  cwe: "CWE-208",
  title: "Comparison that leaks by its time",
  docs: {
    what: "A signature, MAC, token or key is compared with `==` or `!=`.",
    why: "The comparison ends at the first byte that differs. Who measures how long many answers take finds the right value byte by byte.",
    bad: `import hashlib
import hmac


def verify(key, body, signature):
    return hmac.new(key, body, hashlib.sha256).hexdigest() == signature
`,
    good: `import hashlib
import hmac


def verify(key, body, signature):
    expected = hmac.new(key, body, hashlib.sha256).hexdigest()
    return hmac.compare_digest(expected, signature)
`,
    decides:
      "It reads the names of what is compared (`signature`, `hmac`, `csrf_token`, `api_key`, what `sign()` and `digest()` give) in functions that verify something.",
    silent:
      "Comparisons with constants, lengths and None; two values of one form (`password == password_confirmation`); checksums of files and caches; signatures of functions.",
    relatives: {
      codeql: [
        "py/timing-attack-against-hash",
        "py/timing-attack-sensitive-info",
        "py/timing-attack-against-header-value",
      ],
    },
  },
  check: (context) =>
    productBodies(context).flatMap((body) =>
      nodesIn(statementsOf(body)).flatMap((node) =>
        node.kind === "comparison" && isUnsafe(context.world, body, node) ? finding(body, node) : [],
      ),
    ),
};

const VERIFIES =
  /verif|auth|valid|sign|hmac|_mac\b|token|login|csrf|xsrf|webhook|secur|crypt|password|permission|access|api_?key|callback/i;

function isUnsafe(world: World, body: Body, { operators, operands }: Comparison): boolean {
  if (operators.length !== 1 || (operators[0] !== "==" && operators[0] !== "!=")) return false;
  const [left, right] = operands as readonly [Expression, Expression];
  if (isConstant(world, left) || isConstant(world, right)) return false;
  if (operands.some((operand) => isKeyedHash(world, body, operand))) return true;
  const context = `${body.module.path} ${body.name}`;
  if (!VERIFIES.test(body.name) && !VERIFIES.test(body.module.path)) return false;
  const names = [nameOf(left), nameOf(right)];
  if (names.some((name) => OTHERWISE.test(name))) return false;
  return [left, right].some((operand) => isAuthentic(world, operand, context));
}

/** The methods and functions of the standard library that give a MAC. */
const MACS = new Set(["hmac.digest", "hmac.HMAC.digest", "hmac.HMAC.hexdigest"]);
const KEYED = /(^|_)hmac(_|$)|^(get|make|create|compute|calculate|generate|build)_(mac|signature)$/;

/** What a function gives whose name says that it makes a MAC: called here, or where the variable is set. */
function isKeyedHash(world: World, body: Body, operand: Expression): boolean {
  if (operand.kind === "call") {
    if (calleesOf(world, body, operand).some((ref) => ref.kind === "symbol" && MACS.has(ref.name)))
      return true;
    const name = calledName(operand);
    const { callee } = operand;
    if (/^(hex)?digest$/.test(name) && callee.kind === "attribute")
      return isKeyedHash(world, body, callee.object);
    return KEYED.test(name) && !/compare|verify|check|valid|equal/.test(name);
  }
  if (operand.kind !== "name") return false;
  const sets = nodesIn(statementsOf(body)).filter(
    (node) =>
      node.kind === "assign" &&
      node.targets.some((target) => target.kind === "name" && target.id === operand.id),
  );
  return (
    sets.length > 0 &&
    sets.every(
      (node) => node.kind === "assign" && node.value?.kind === "call" && isKeyedHash(world, body, node.value),
    )
  );
}

/** What is compared in public, or is the second entry of a form. */
const OTHERWISE =
  /confirm|repeat|again|retype|verification|new|old|previous|current|original|password_?[12]|pass(wd|word)?2|checksum|etag|sha_?sum|file|content|cache|blob|image|commit|tree|param|func|inspect|signal|address|type|kind|class|len|count|version|method|^id$|_id$/i;

const AUTHENTIC = new Set(["signature", "sig", "hmac", "mac"]);

/** A value that proves by itself where a message comes from or who somebody is. */
function isAuthentic(world: World, operand: Expression, context: string): boolean {
  if (operand.kind === "call") {
    const name = calledName(operand);
    if (/^(hex)?digest$/.test(name)) return /hmac|mac\b|sign|verif|auth|token|secur|crypt/i.test(context);
    return /^_?(sign|get_signature|compute_signature|calculate_signature|make_signature|create_signature|generate_signature|hmac_\w+|sign_\w+)$/.test(
      name,
    );
  }
  const name = nameOf(operand);
  const words = wordsOf(name);
  if (words.length > 0 && words.length <= 4 && AUTHENTIC.has(words.at(-1)!)) {
    return words.at(-1) !== "mac" || /hmac|sign|verif|crypt|auth/i.test(context);
  }
  return isSecretName(world, name, context) && !/^credentials?$/.test(name);
}

/** The last name in `operand`: "signature" of `self.signature`, of `headers["signature"]` and of `signature.strip()`. */
function nameOf(operand: Expression): string {
  switch (operand.kind) {
    case "name":
      return operand.id;
    case "attribute":
      return operand.name.id;
    case "subscript":
      return operand.index.kind === "string" ? operand.index.value : nameOf(operand.object);
    case "call": {
      const [first] = operand.arguments;
      const isLookUp = calledName(operand) === "get" && first?.value.kind === "string";
      if (isLookUp && first.value.kind === "string") return first.value.value;
      if (!/^(strip|lower|upper|encode|decode|hexdigest|digest|hex)$/.test(calledName(operand))) return "";
      return operand.callee.kind === "attribute" ? nameOf(operand.callee.object) : "";
    }
    default:
      return "";
  }
}

/** A literal, or a constant by its spelling (`token == Token.NAME`). */
function isConstant(world: World, operand: Expression): boolean {
  if (operand.kind === "attribute")
    return /^[A-Z][A-Z0-9_]*$/.test(operand.name.id) && !isSecretName(world, operand.name.id, "");
  return !["name", "call", "subscript"].includes(operand.kind);
}

function finding(body: Body, comparison: Comparison): Finding {
  const text = textIn(body, comparison, 60);
  return {
    ruleId: "timing-unsafe-comparison",
    message: `${code(text)} takes longer the more of the secret is right.`,
    help: "Compare with `hmac.compare_digest`.",
    where: body.name,
    severity: "medium",
    confidence: "medium",
    evidence: [stepAt("sink", placeIn(body, comparison), "ends at the first difference")],
    identity: [text],
  };
}
