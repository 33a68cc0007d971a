// Nonces, initialisation vectors and salts that are written in the program.
import { misuseRule } from "../misuse-rule.js";

export const constantNonce = misuseRule({
  id: "constant-nonce",
  family: "information-leakage",
  cwe: "CWE-329",
  title: "Constant nonce or salt",
  severity: "medium",
  kinds: ["constant-nonce"],
  message: (what) => `${what} is the same for everything that is encrypted or hashed.`,
  note: "is a constant of the program",
  help: "Draw it anew each time with `os.urandom` and store it beside the result.",
  judge: () => "high",
  docs: {
    what: "A nonce, initialisation vector or salt is a constant.",
    why: "It exists so that equal inputs give different results. A constant one shows which messages are equal, with GCM and CTR even what they say, and lets one table crack all passwords.",
    bad: `import hashlib


def derive_key(password):
    return hashlib.pbkdf2_hmac("sha256", password, b"pepper and salt", 600000)
`,
    good: `import hashlib
import os


def derive_key(password):
    salt = os.urandom(16)
    return salt, hashlib.pbkdf2_hmac("sha256", password, salt, 600000)
`,
    decides:
      "It looks at what reaches the nonce, vector or salt of encryption and password hashing: a constant of the program, in this function or another.",
    silent: "Values that are drawn, passed in or stored; tests and examples.",
    relatives: { others: ["Sonar S2053", "Sonar S3329"] },
  },
});
