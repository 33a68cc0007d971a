// Secrets written into the program: by their shape, or by what they are used for and how random they look.
import type { Body } from "../../analysis/body.js";
import { statementsOf } from "../../analysis/handlers/handlers.js";
import { isSecretKey, isSecretName } from "../../analysis/secrets/declared.js";
import type { World } from "../../analysis/world.js";
import { code } from "../../base/markdown.js";
import type { Expression, StringLiteral, SyntaxNode } from "../../python/ast.js";
import { nodesIn } from "../../python/walk.js";
import type { Confidence, Finding } from "../finding.js";
import { placeIn, productBodies, stepAt, textIn } from "../handler-rule.js";
import type { Rule } from "../rule.js";

export const hardCodedSecret: Rule = {
  id: "hard-coded-secret",
  family: "information-leakage",
  cwe: "CWE-798",
  title: "Secret in the source",
  docs: {
    what: "A password, key or token is written into the program.",
    why: "Everybody who can read the source or the package has it, it stays in the history for ever, and every installation shares it.",
    bad: `import smtplib


def connect():
    server = smtplib.SMTP_SSL("mail.example.org", timeout=10)
    server.login(user="shop", password="x7Rq-90fLm!2kd")
    return server
`,
    good: `import os
import smtplib


def connect():
    server = smtplib.SMTP_SSL("mail.example.org", timeout=10)
    server.login(user="shop", password=os.environ["MAIL_PASSWORD"])
    return server
`,
    decides:
      "It knows the shapes of keys (AWS, GitHub, Slack, Stripe, private keys, credentials in URLs), and looks at text that is assigned to, or passed as, something that is secret by its name, and that is long and mixed enough.",
    silent:
      "Placeholders and defaults (`changeme`, `<password>`, `your-key`), names of settings, paths, URLs without credentials, words, tests and examples.",
    relatives: {
      bandit: ["B105", "B106", "B107"],
      ruff: ["S105", "S106", "S107"],
      codeql: ["py/hardcoded-credentials"],
      semgrep: ["hardcoded-token", "hardcoded-password-default-argument", "jwt-python-hardcoded-secret"],
      others: ["Sonar S2068", "Sonar S6418"],
    },
  },
  check: (context) =>
    productBodies(context).flatMap((body) => {
      const used = usedAsSecret(context.world, body);
      return nodesIn(statementsOf(body)).flatMap((node) => {
        if (node.kind !== "string") return [];
        const use = used.get(node);
        const confidence = hasShape(node.value)
          ? "high"
          : use && looksRandom(node.value)
            ? "medium"
            : undefined;
        return confidence ? finding(body, node, use, confidence) : [];
      });
    }),
};

const SHAPES = [
  /^(AKIA|ASIA)[A-Z2-7]{16}$/,
  /^gh[pousr]_[A-Za-z0-9]{36,}$/,
  /^github_pat_[A-Za-z0-9_]{60,}$/,
  /^xox[abposr]-[A-Za-z0-9-]{20,}$/,
  /^(sk|rk)_live_[A-Za-z0-9]{20,}$/,
  /^glpat-[A-Za-z0-9_-]{20}$/,
  /-----BEGIN (RSA |EC |OPENSSH |DSA )?PRIVATE KEY-----\s+[A-Za-z0-9+/=\s]{100}/,
];
const URL_WITH_PASSWORD = /^[a-z][a-z0-9+.-]*:\/\/[^\s:/@{}<>%$]+:([^\s:/@{}<>%$]{6,})@[^\s/]+/;

function hasShape(text: string): boolean {
  if (/EXAMPLE/.test(text)) return false;
  if (SHAPES.some((shape) => shape.test(text))) return true;
  const password = URL_WITH_PASSWORD.exec(text)?.[1];
  return password !== undefined && looksRandom(password);
}

/** Strings that are given to something that is secret by its name, with that name. */
function usedAsSecret(world: World, body: Body): ReadonlyMap<StringLiteral, string> {
  const used = new Map<StringLiteral, string>();
  const context = `${body.module.path} ${body.name}`;
  const note = (value: Expression | undefined, name: string) => {
    if (value?.kind === "string" && isSecretKey(world, name, context)) used.set(value, name);
  };
  const isSecret = (name: string) => isSecretName(world, name, context);
  for (const node of nodesIn(statementsOf(body))) noteUse(node, note, isSecret);
  return used;
}

function noteUse(
  node: SyntaxNode,
  note: (value: Expression | undefined, name: string) => void,
  isSecret: (name: string) => boolean,
): void {
  switch (node.kind) {
    case "assign":
      for (const target of node.targets) {
        if (target.kind === "name" && isSecret(target.id)) note(node.value, target.id);
        if (target.kind === "attribute") note(node.value, target.name.id);
        if (target.kind === "subscript" && target.index.kind === "string")
          note(node.value, target.index.value);
      }
      return;
    case "call":
      for (const { name, value } of node.arguments) if (name) note(value, name.id);
      return;
    case "dict":
      for (const { key, value } of node.entries) if (key?.kind === "string") note(value, key.value);
      return;
  }
}

const PLACEHOLDER =
  /change|example|your|my[-_ ]|xxx|test|dummy|placeholder|insert|todo|sample|foo|bar|secret|passw|passwd|default|fake|mock|none|null|replace|here|redacted|insecure|dev[-_]|demo|admin|guest|token|[<>{}$%*…]|\.\.\.|^(.)\1+$|1234|abcd|qwerty/i;
/** Words, dotted and hyphenated names, header names, paths, URLs: what stands for something else. */
const REFERENCE =
  /^[a-z]+([-_. :/][a-z0-9]+)*$|^[A-Z]+([-_][A-Z0-9]+)*$|^([A-Z][a-z]*[-_ ]?)+$|^\/|:\/\/|\s|^[a-z_]+=|=.*&/;

/** Long and mixed enough to be made for being secret. */
function looksRandom(text: string): boolean {
  if (text.length < 8 || text.length > 200 || PLACEHOLDER.test(text) || REFERENCE.test(text)) return false;
  const kinds = [/[a-z]/, /[A-Z]/, /\d/, /[^A-Za-z\d]/].filter((kind) => kind.test(text)).length;
  return kinds >= 2 && entropyOf(text) >= 2.8;
}

/** Bits per character, by how often each occurs. */
function entropyOf(text: string): number {
  const counts = new Map<string, number>();
  for (const character of text) counts.set(character, (counts.get(character) ?? 0) + 1);
  let bits = 0;
  for (const count of counts.values()) bits -= (count / text.length) * Math.log2(count / text.length);
  return bits;
}

function finding(
  body: Body,
  literal: StringLiteral,
  use: string | undefined,
  confidence: Confidence,
): Finding {
  return {
    ruleId: "hard-coded-secret",
    message: use
      ? `The value of ${code(use)} is written into the program.`
      : "A key is written into the program.",
    help: "Read it from the environment or a secret store, and replace the one that was published.",
    where: body.name,
    severity: confidence === "high" ? "high" : "medium",
    confidence,
    evidence: [
      stepAt("sink", placeIn(body, literal), use ? `is what ${code(use)} is` : "has the shape of a key"),
    ],
    identity: [use ?? "", textIn(body, literal, 12).length.toString()],
  };
}
