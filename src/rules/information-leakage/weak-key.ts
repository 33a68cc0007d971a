// Keys that are too short, and password hashing with too few rounds.
import { misuseRule } from "../misuse-rule.js";
import { isSwitched } from "../surroundings.js";

export const weakKey = misuseRule({
  id: "weak-key",
  family: "information-leakage",
  cwe: "CWE-326",
  title: "Key too weak",
  severity: "medium",
  kinds: ["weak-key"],
  message: (what) => `${what} makes a key that can be searched.`,
  note: "is less than an attacker with a budget needs",
  help: "Use RSA keys of 3072 bits, P-256 curves, and 600,000 rounds of PBKDF2.",
  judge: ({ body, call }) => (isSwitched(body, call) ? undefined : "medium"),
  docs: {
    what: "A key pair is made with fewer bits, or a password hashed with fewer rounds, than keeps an attacker away.",
    why: "RSA keys of 1024 bits can be factored by those who want it enough; fast password hashes are tried by the million each second.",
    bad: `from cryptography.hazmat.primitives.asymmetric import rsa


def new_key():
    return rsa.generate_private_key(public_exponent=65537, key_size=1024)
`,
    good: `from cryptography.hazmat.primitives.asymmetric import rsa


def new_key():
    return rsa.generate_private_key(public_exponent=65537, key_size=3072)
`,
    decides: "It looks at the sizes, curves and round counts that reach key generation and password hashing.",
    silent: "Sizes that are passed in or configured; tests and examples.",
    relatives: {
      bandit: ["B505"],
      ruff: ["S505"],
      codeql: ["py/weak-crypto-key"],
      semgrep: ["insufficient-rsa-key-size", "insufficient-dsa-key-size", "insufficient-ec-key-size"],
      others: ["Sonar S4426"],
    },
  },
});
