// Tokens whose signature nobody checks.
import type { Misuse } from "../../analysis/taint/misuse.js";
import { textOf } from "../../analysis/values/place.js";
import { callAt } from "../edits.js";
import type { Confidence } from "../finding.js";
import { misuseRule } from "../misuse-rule.js";
import { isSwitched, sourceOf } from "../surroundings.js";

/** Reading who signed, in order to find the key with which the token is verified next. */
function isFirstLook({ call, body }: Misuse): boolean {
  const written = callAt(call);
  const callee = written ? textOf({ syntax: call.syntax, node: written.callee }, 200) : "";
  if (/headers?$/.test(callee)) return true;
  const rest = sourceOf(body).replace(textAt(call), "");
  return /\b(decode|verify|validate|loads|unsign)\w*\(/.test(rest);
}

const textAt = ({ syntax, node }: Misuse["call"]): string => syntax.text.slice(node.start, node.end);

function judge(misuse: Misuse): Confidence | undefined {
  return isFirstLook(misuse) || isSwitched(misuse.body, misuse.call) ? undefined : "high";
}

export const unverifiedSignature = misuseRule({
  id: "unverified-signature",
  family: "input-validation",
  cwe: "CWE-347",
  title: "Signature not verified",
  severity: "high",
  kinds: ["signature-unverified"],
  message: (what) => `${what} trusts a token without verifying its signature.`,
  note: "leaves the signature unverified",
  help: "Verify with the key and exactly one family of algorithms.",
  judge,
  docs: {
    what: "A signed token is read without verifying its signature, with the algorithm `none`, or with algorithms that use the key in different ways.",
    why: "Anybody can write a token that says what they like. Where both HMAC and public key algorithms are accepted, the public key, which everybody knows, serves as the HMAC key of a forged token.",
    bad: `import jwt


def current_user(token, key):
    claims = jwt.decode(token, key, algorithms=["HS256"], options={"verify_signature": False})
    return claims["sub"]
`,
    good: `import jwt


def current_user(token, key):
    claims = jwt.decode(token, key, algorithms=["HS256"])
    return claims["sub"]
`,
    decides:
      "It looks at the options and algorithms that reach functions that decode signed tokens, and at functions that read tokens unverified.",
    silent:
      "Reading the header, or the claims, of a token that the same function verifies as well; options that an operator sets; tests and examples.",
    relatives: {
      codeql: ["py/jwt-missing-verification"],
      semgrep: ["unverified-jwt-decode"],
      others: ["Sonar S5659"],
    },
  },
});
