// Secrets drawn from a generator whose next numbers can be computed.
import type { Misuse } from "../../analysis/taint/misuse.js";
import { lastPart } from "../../base/words.js";
import type { SyntaxNode } from "../../python/ast.js";
import type { Confidence } from "../finding.js";
import { misuseRule } from "../misuse-rule.js";
import { pathTo, textAt } from "../surroundings.js";

const SECRET =
  /(^|_)(passw(or)?d|pwd|passphrase|secret|otp|csrf|api_?key|access_?key|secret_?key|session_?(id|key)|auth_?(code|key|token)|reset_?(code|key|token)|access_?token|invite_?code|verification_?code|salt)(_|$)/i;
const TOKEN = /(^|_)(token|nonce|sid)$/i;
const TEXT = /join\(|ascii_letters|hexdigits|getrandbits|randbytes/;

/** What the value is called: the variable, keyword or key that takes it, or the function that gives it. */
function destination({ body, call }: Misuse): { readonly name: string; readonly text: string } {
  const around = pathTo(body, call.node);
  for (const node of [...around].reverse()) {
    const name = takes(node, (range) => textAt(call, range));
    if (name !== undefined) return { name: lastWord(name), text: textAt(call, node) };
  }
  return { name: "", text: "" };
}

function takes(node: SyntaxNode, text: (range: SyntaxNode) => string): string | undefined {
  if (node.kind === "argument") return node.name?.id;
  if (node.kind === "assign") return text(node).split("=")[0]?.trim();
  return undefined;
}

const lastWord = (name: string): string =>
  name
    .replace(/["'\]]+$/, "")
    .split(/[.["'\s]+/)
    .at(-1) ?? "";

function judge(misuse: Misuse): Confidence | undefined {
  // The order of characters that were drawn elsewhere is not the secret.
  if (/^[\w.]*\bshuffle\(/.test(textAt(misuse.call, misuse.call.node))) return undefined;
  const { name, text } = destination(misuse);
  const own = lastPart(misuse.body.name);
  if (SECRET.test(name)) return "high";
  if (TOKEN.test(name) && TEXT.test(text)) return "medium";
  return /^_?(generate|make|create|random|new|get)_/.test(own) && SECRET.test(own) ? "medium" : undefined;
}

export const insecureRandom = misuseRule({
  id: "insecure-random",
  family: "information-leakage",
  cwe: "CWE-330",
  title: "Guessable secret",
  severity: "high",
  kinds: ["insecure-random"],
  message: (what) => `${what} makes a secret that can be computed from earlier numbers.`,
  note: "is not a source of secrets",
  help: "Use the module `secrets`.",
  judge,
  docs: {
    what: "A password, token, key or salt is drawn with the module `random`.",
    why: "Its generator is made for simulation: who has seen enough of its numbers computes all that follow, and so the next password or reset code.",
    bad: `import random
import string


def reset(user):
    password = "".join(random.choice(string.ascii_letters) for _ in range(12))
    user.set_password(password)
`,
    good: `import secrets


def reset(user):
    password = secrets.token_urlsafe(12)
    user.set_password(password)
`,
    decides:
      "It looks at numbers of the module `random` that go into a variable, key or argument named like a secret, or come out of a function that makes one.",
    silent:
      "Random numbers for anything else: samples, delays, games, test data, the order of characters drawn elsewhere (`shuffle`); `random.SystemRandom`; tests and examples.",
    relatives: {
      bandit: ["B311"],
      ruff: ["S311"],
      codeql: ["py/insecure-randomness", "py/predictable-token"],
      others: ["Sonar S2245"],
    },
  },
});
