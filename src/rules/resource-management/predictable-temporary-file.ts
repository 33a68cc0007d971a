// Temporary files whose name is known before they exist.
import type { Body } from "../../analysis/body.js";
import { type SharedPath, sharedPathsIn } from "../../analysis/resources/shared-folders.js";
import type { Misuse } from "../../analysis/taint/misuse.js";
import { code } from "../../base/markdown.js";
import { callAt } from "../edits.js";
import type { Finding } from "../finding.js";
import { placeIn, productBodies, stepAt, textIn } from "../handler-rule.js";
import { misuseRule } from "../misuse-rule.js";
import type { Rule } from "../rule.js";
import { sourceOf, textAt } from "../surroundings.js";

/** Making these fails when somebody else was first. */
const FAILS_WHERE_ONE_IS = /\b(mkdir|makedirs|mkfifo|symlink|bind|listen|O_EXCL|copytree)\b|open\([^)]*["']x/;

/** A folder of one's own, where nobody else can put a file. */
function isInOwnFolder({ call }: Misuse): boolean {
  const written = callAt(call)?.arguments ?? [];
  const folder = written.find(({ name }) => name?.id === "dir") ?? written.filter(({ name }) => !name)[2];
  return folder !== undefined && !/["'](\/var)?\/tmp|gettempdir|None/.test(textAt(call, folder));
}

function sharedPath(body: Body, { call, path }: SharedPath): Finding {
  return {
    ruleId: "predictable-temporary-file",
    message: `${code(textIn(body, call, 60))} uses a path that others can take first: ${code(path)}.`,
    help: "Use `tempfile.mkdtemp` or `NamedTemporaryFile`, or a folder that belongs to the program.",
    severity: "medium",
    confidence: "medium",
    ...(body.name === "" ? {} : { where: body.name }),
    evidence: [stepAt("sink", placeIn(body, call), "all users of the machine can write to this folder")],
    identity: [path],
  };
}

const madeUp = misuseRule({
  id: "predictable-temporary-file",
  family: "resource-management",
  cwe: "CWE-377",
  title: "Temporary file with a known name",
  severity: "medium",
  kinds: ["temporary-name"],
  message: (what) => `${what} gives a name that others can take first.`,
  note: "gives a name and makes no file",
  help: "Use `tempfile.mkstemp` or `NamedTemporaryFile`, which make the file with its name.",
  judge: (misuse) =>
    isInOwnFolder(misuse) || FAILS_WHERE_ONE_IS.test(sourceOf(misuse.body)) ? undefined : "medium",
  docs: {
    what: "The name of a temporary file is made up first, and the file is made later; or it is fixed, in a folder that all users share.",
    why: "In between, another user of the machine puts a file or a link of that name into the shared folder: what is written then overwrites a file of their choice, or can be read by them.",
    bad: `import tempfile


def export(rows):
    path = tempfile.mktemp(suffix=".csv")
    with open(path, "w") as file:
        file.writelines(rows)
    return path
`,
    good: `import tempfile


def export(rows):
    with tempfile.NamedTemporaryFile("w", suffix=".csv", delete=False) as file:
        file.writelines(rows)
    return file.name
`,
    decides:
      "It looks for `tempfile.mktemp`, `os.tempnam` and `os.tmpnam`; and for constant paths below `/tmp`, `/var/tmp` and `/dev/shm` that are opened for writing, copied to, or made as a folder where one that is there is taken too (behind `exists`, in a `try`, with `exist_ok`).",
    silent:
      "Names in a folder of one's own (`dir=`); names of folders, pipes, links and sockets, which cannot be made twice; paths with a random part; reading; tests and examples.",
    relatives: {
      bandit: ["B108", "B306"],
      ruff: ["S108", "S306"],
      codeql: ["py/insecure-temporary-file"],
      semgrep: ["tempfile-insecure"],
      others: ["Sonar S5445"],
    },
  },
});

export const predictableTemporaryFile: Rule = {
  ...madeUp,
  check: (context) => [
    ...madeUp.check(context),
    ...productBodies(context).flatMap((body) =>
      sharedPathsIn(context.world, body).map((shared) => sharedPath(body, shared)),
    ),
  ],
};
