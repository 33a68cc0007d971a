// Passwords and other secrets that are hashed with MD5 or SHA-1.
import type { Misuse } from "../../analysis/taint/misuse.js";
import { callAt } from "../edits.js";
import type { Confidence } from "../finding.js";
import { misuseRule } from "../misuse-rule.js";
import { isSwitched, sourceOf, textAt } from "../surroundings.js";

const PASSWORD = /passw(or)?d|passphrase|\bpwd\b/i;
const SECRET = /secret|signature|api_?key|(^|_)token/i;
/** Protocols that prescribe the hash. */
const PRESCRIBED = /pwned|hibp|realm|digest_?auth|\bqop\b|ntlm|mysql|scramble|websocket|gravatar|totp|hotp/i;

function judge(misuse: Misuse): Confidence | undefined {
  const { call, body } = misuse;
  if (PRESCRIBED.test(sourceOf(body)) || isSwitched(body, call)) return undefined;
  const given = callAt(call)?.arguments ?? [];
  const added = given.length > 0 ? [] : [...sourceOf(body).matchAll(/\.update\((.*)\)/g)];
  const written = [...given.map((argument) => textAt(call, argument)), ...added.map(([, text]) => text)].join(
    " ",
  );
  if (PASSWORD.test(written)) return "high";
  return SECRET.test(written) ? "medium" : undefined;
}

export const weakHash = misuseRule({
  id: "weak-hash",
  family: "information-leakage",
  cwe: "CWE-916",
  title: "Weak hash for a secret",
  severity: "high",
  kinds: ["weak-hash"],
  message: (what) => `${what} hashes a secret so that it can be guessed.`,
  note: "is a broken, fast hash",
  help: "Hash passwords with `hashlib.scrypt`, bcrypt or Argon2, with a salt; sign with HMAC-SHA-256.",
  judge,
  docs: {
    what: "A password, token or key is hashed with MD4, MD5 or SHA-1.",
    why: "A graphics card tries billions of passwords each second against such a hash, and tables of the common ones exist: whoever reads the database has the passwords.",
    bad: `import hashlib


def store_password(user, password):
    user.password_hash = hashlib.md5(password.encode()).hexdigest()
`,
    good: `import hashlib
import os


def store_password(user, password):
    user.salt = os.urandom(16)
    user.password_hash = hashlib.scrypt(password.encode(), salt=user.salt, n=16384, r=8, p=1)
`,
    decides: "It looks at weak hashes whose input is called a password, token, key or other secret.",
    silent:
      "Hashes of anything else (cache keys, file names, checksums); `usedforsecurity=False`; protocols that prescribe the hash; tests and examples.",
    relatives: {
      bandit: ["B303", "B324"],
      ruff: ["S303", "S324"],
      codeql: ["py/weak-sensitive-data-hashing"],
      semgrep: [
        "md5-used-as-password",
        "insecure-hash-algorithm-md5",
        "insecure-hash-algorithm-sha1",
        "insecure-hash-function",
        "insecure-hash-algorithm-md2",
        "insecure-hash-algorithm-md4",
      ],
      others: ["Sonar S4790", "Sonar S5344"],
    },
  },
});
