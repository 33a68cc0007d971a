// Files that every user of the machine may change.
import type { Misuse } from "../../analysis/taint/misuse.js";
import type { Confidence } from "../finding.js";
import { misuseRule } from "../misuse-rule.js";
import { sourceOf, textAt } from "../surroundings.js";

const OTHERS_WRITE = 0o002;
/** Only owners remove what is in it: `/tmp`. */
const STICKY = 0o1000;

/** `0o777`, `0777`, `511`, `0x1ff`. */
function modeOf(text: string): number | undefined {
  if (/^0[oO]?[0-7]+$/.test(text)) return Number.parseInt(text.replace(/^0[oO]?/, ""), 8);
  if (/^0[xX][\da-fA-F]+$/.test(text)) return Number.parseInt(text, 16);
  return /^[1-9]\d*$/.test(text) ? Number.parseInt(text, 10) : undefined;
}

function judge({ call, option, body }: Misuse): Confidence | undefined {
  const source = sourceOf(body);
  // Reading the mask takes setting it, and setting it back.
  if (/\bumask$/.test(textAt(call, call.node).split("(")[0] ?? "")) {
    return (source.match(/\bumask\(/g)?.length ?? 0) > 1 ? undefined : "low";
  }
  const text = option ? textAt(call, option.value.node) : "";
  const mode = modeOf(text);
  if (mode === undefined) return /S_IWOTH|S_IRWXO/.test(text) ? "medium" : undefined;
  return (mode & OTHERS_WRITE) !== 0 && (mode & STICKY) === 0 ? "medium" : undefined;
}

export const permissiveMode = misuseRule({
  id: "permissive-mode",
  family: "access-control",
  cwe: "CWE-732",
  title: "File that everybody may change",
  severity: "medium",
  kinds: ["permissive-mode"],
  message: (what) => `${what} lets every user of the machine change the file.`,
  note: "gives the right to write to everybody",
  help: "Give it to the owner only: `0o600`, `0o700` for a folder.",
  judge,
  docs: {
    what: "The mode of a file or folder gives everybody the right to write.",
    why: "Every account on the machine, also that of a service somebody broke into, can replace the content. Where the file is a program, a configuration or data that is loaded, they act with the rights of whoever uses it.",
    bad: `import os


def install(path):
    os.chmod(path, 0o777)
`,
    good: `import os


def install(path):
    os.chmod(path, 0o755)
`,
    decides: "It looks at constant modes of `os.chmod`, `os.fchmod` and `Path.chmod`, and at `os.umask(0)`.",
    silent:
      "Rights of the group; folders with the sticky bit; modes that are computed; a mask that is set back; tests and examples. `os.umask(0)` is mentioned in the summary only.",
    relatives: {
      bandit: ["B103"],
      ruff: ["S103"],
      codeql: ["py/overly-permissive-file"],
      semgrep: ["insecure-file-permissions"],
      others: ["Sonar S2612"],
    },
  },
});
