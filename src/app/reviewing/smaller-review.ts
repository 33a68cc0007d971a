// The budget of a second try: of the Python files those that the pull request changes, and none around them. What is not
// Python stays: the maintainers' configuration is among it.
import type { ListedFile } from "../../base/listing.js";
import { isPythonCode } from "../../base/python-file.js";
import type { GatheredPull } from "../../github/gather.js";

/** @param reason what the first try exceeded, as a sentence without its full stop */
export function changedAlone(gathered: GatheredPull, reason: string): GatheredPull {
  const { changes, omissions } = gathered;
  const base = new Set(changes.map(({ basePath }) => basePath));
  const head = new Set(changes.map(({ headPath }) => headPath));
  const isKept =
    (changed: ReadonlySet<string | undefined>) =>
    ({ path }: ListedFile): boolean =>
      changed.has(path) || !isPythonCode(path);
  return {
    ...gathered,
    base: gathered.base.filter(isKept(base)),
    head: gathered.head.filter(isKept(head)),
    omissions: [...omissions, { path: "", reason: `${reason}: only the changed Python files were read` }],
  };
}
