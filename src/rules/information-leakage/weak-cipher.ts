// Encryption with broken ciphers, or with a nonce that is always the same.
import { misuseRule } from "../misuse-rule.js";
import { isSwitched } from "../surroundings.js";

export const weakCipher = misuseRule({
  id: "weak-cipher",
  family: "information-leakage",
  cwe: "CWE-327",
  title: "Broken encryption",
  severity: "medium",
  kinds: ["weak-cipher"],
  message: (what) => `${what} is a broken cipher or mode.`,
  note: "does not keep what it encrypts secret",
  help: "Encrypt with AES-GCM or ChaCha20-Poly1305 (`cryptography.fernet` for the simple case).",
  judge: ({ body, call }) => (isSwitched(body, call) ? undefined : "medium"),
  docs: {
    what: "Data is encrypted with DES, RC4, Blowfish or another broken cipher, or block by block (ECB).",
    why: "Their keys can be searched, or their output shows patterns of what was encrypted: equal blocks stay equal.",
    bad: `from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes


def encryptor(key):
    return Cipher(algorithms.AES(key), modes.ECB()).encryptor()
`,
    good: `from cryptography.hazmat.primitives.ciphers.aead import AESGCM


def seal(key, nonce, text):
    return AESGCM(key).encrypt(nonce, text, None)
`,
    decides: "It looks at the ciphers and modes that the encryption libraries are called with.",
    silent: "Choices that an operator makes; tests and examples.",
    relatives: {
      bandit: ["B304", "B305"],
      ruff: ["S304", "S305"],
      codeql: ["py/weak-cryptographic-algorithm"],
      semgrep: [
        "insecure-cipher-algorithm-arc4",
        "insecure-cipher-algorithm-blowfish",
        "insecure-cipher-algorithm-des",
        "insecure-cipher-algorithm-idea",
        "insecure-cipher-algorithm-rc2",
        "insecure-cipher-algorithm-rc4",
        "insecure-cipher-algorithm-xor",
        "insecure-cipher-mode-ecb",
        "crypto-mode-without-authentication",
      ],
    },
  },
});
