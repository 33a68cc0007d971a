// Archives that are unpacked without looking at what they hold, where it is not known who made them.
import type { Misuse } from "../../analysis/taint/misuse.js";
import type { RuleContext } from "../context.js";
import type { Confidence } from "../finding.js";
import { withArgument } from "../mending.js";
import { misuseRule } from "../misuse-rule.js";
import { sourceOf } from "../surroundings.js";

const LOOKS_AT_MEMBERS =
  /realpath|abspath|commonpath|commonprefix|is_relative_to|getmembers|getnames|\.isfile\(|\.\.["'/]|safe|filter|within|startswith/i;
const DOWNLOADS = /urlretrieve|urlopen|requests?\.(get|request)|download|\.iter_content|httpx|fetch/i;

function judge({ call, body }: Misuse, { arrivals }: RuleContext): Confidence | undefined {
  const isFollowed = arrivals.some(
    ({ kind, call: other, taint }) =>
      kind === "archive" && other.node === call.node && taint.origin.kind === "source",
  );
  const source = sourceOf(body);
  if (isFollowed || LOOKS_AT_MEMBERS.test(source)) return undefined;
  return body.kind === "function" && DOWNLOADS.test(source) ? "medium" : "low";
}

export const unfilteredExtraction = misuseRule({
  id: "unfiltered-extraction",
  family: "input-validation",
  cwe: "CWE-22",
  title: "Archive unpacked without a filter",
  severity: "medium",
  kinds: ["unsafe-extraction"],
  message: (what) => `${what} writes wherever the archive says.`,
  note: "is extracted without a filter",
  help: 'Extract with `filter="data"`.',
  judge,
  fix: ({ call, option }) => (option ? undefined : withArgument(call, 'filter="data"')),
  docs: {
    what: "A downloaded tar archive is unpacked without a filter or a look at its members.",
    why: "A member may be called `../../.bashrc`, be absolute, or be a link that a later member writes through. Before Python 3.14 all of that is done as the archive says.",
    bad: `import tarfile
import urllib.request


def install(url, folder):
    path, _ = urllib.request.urlretrieve(url)
    with tarfile.open(path) as archive:
        archive.extractall(folder)
`,
    good: `import tarfile
import urllib.request


def install(url, folder):
    path, _ = urllib.request.urlretrieve(url)
    with tarfile.open(path) as archive:
        archive.extractall(folder, filter="data")
`,
    decides:
      "It looks for `extract`, `extractall` and `unpack_archive` without a filter, in functions that download. Elsewhere only the summary speaks of it.",
    silent:
      "A filter or a list of members; functions that look at the members' names; archives whose way from a client is known, of which [archive-extraction](archive-extraction.md) speaks; tests and examples.",
    relatives: { bandit: ["B202"], ruff: ["S202"], codeql: ["py/tarslip", "py/unsafe-unpacking"] },
  },
});
