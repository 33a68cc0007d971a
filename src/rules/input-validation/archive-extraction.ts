// Untrusted archives whose members choose where they are written.
import { filteredExtraction } from "../mending.js";
import { taintRule } from "../taint-rule.js";

export const archiveExtraction = taintRule({
  id: "archive-extraction",
  family: "input-validation",
  cwe: "CWE-22",
  title: "Unsafe archive extraction",
  severity: "high",
  sinks: ["archive"],
  message: (source) => `The members of an archive from ${source} choose where they are written.`,
  sinkNote: "is extracted without a filter",
  help: 'Extract with `filter="data"`, or test the resolved path of every member.',
  fix: filteredExtraction,
  docs: {
    what: "An archive that a client sends is unpacked without looking at the names and kinds of its members.",
    why: "A tar member may be called `../../etc/cron.d/x`, be absolute, or be a link that a later member writes through. Whoever made the archive then writes any file that the server may write.",
    bad: `import tarfile

from flask import Flask, request

app = Flask(__name__)


@app.post("/import")
def import_archive():
    with tarfile.open(fileobj=request.files["archive"].stream) as archive:
        archive.extractall("/srv/import")
    return {"done": True}
`,
    good: `import tarfile

from flask import Flask, request

app = Flask(__name__)


@app.post("/import")
def import_archive():
    with tarfile.open(fileobj=request.files["archive"].stream) as archive:
        archive.extractall("/srv/import", filter="data")
    return {"done": True}
`,
    decides:
      "It follows an uploaded or received archive to `extract`, `extractall` and `unpack_archive` calls that have neither a filter nor a list of members.",
    silent:
      '`filter="data"` and `filter="tar"`; an explicit list of members; `zipfile`, which removes `..` itself. Archives from local files are mentioned in the summary only.',
    relatives: {
      bandit: ["B202"],
      ruff: ["S202"],
      codeql: ["py/tarslip", "py/zipslip", "py/unsafe-unpacking"],
    },
  },
});
