// The budget of a second try: the files that the pull request changes, and nothing around them.
import type { GatheredPull } from "../../github/gather.js";

/** @param reason what the first try exceeded, as a sentence without its full stop */
export function changedAlone(gathered: GatheredPull, reason: string): GatheredPull {
  const { changes, omissions } = gathered;
  const base = new Set(changes.map(({ basePath }) => basePath));
  const head = new Set(changes.map(({ headPath }) => headPath));
  return {
    ...gathered,
    base: gathered.base.filter(({ path }) => base.has(path)),
    head: gathered.head.filter(({ path }) => head.has(path)),
    omissions: [...omissions, { path: "", reason: `${reason}: only the changed files were read` }],
  };
}
