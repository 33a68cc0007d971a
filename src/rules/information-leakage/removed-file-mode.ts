// A file that only its owner could read is made with the mode of the process now.
import { lossRule } from "../loss-rule.js";

export const removedFileMode = lossRule({
  id: "removed-file-mode",
  family: "information-leakage",
  cwe: "CWE-732",
  title: "File no longer kept to its owner",
  severity: "medium",
  protections: ["file-mode"],
  message: (guard, exposed) => `${exposed} makes it readable for others: ${guard} is gone.`,
  help: "Create the file with its mode: `os.open(path, flags, 0o600)`.",
  docs: {
    what: "A file or folder was made for its owner alone, and now gets the mode that the process gives to everything.",
    why: "With the usual umask everybody on the machine may read it: keys, certificates, dumps and sockets included.",
    before: `import os


def store_key(path, pem):
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT, 0o600), "wb") as file:
        file.write(pem)
`,
    bad: `def store_key(path, pem):
    with open(path, "wb") as file:
        file.write(pem)
`,
    good: `import os


def store_key(path, pem):
    with open(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
        file.write(pem)
`,
    decides:
      "It looks for modes without rights for others in the calls of the base that open, make or chmod, and for `umask`, and for the same path in a call of the head that makes it without any.",
    silent:
      "Files that are only read; `tempfile`, whose files are private; a mode that a function of the same change sets.",
    relatives: { bandit: ["B103"], codeql: ["py/overly-permissive-file"] },
  },
});
