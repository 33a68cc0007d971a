// Two revisions, all rules that compare: which protections the change takes away.

import type { ChangedPath } from "../analysis/protection/change.js";
import { lossesBetween } from "../analysis/protection/losses.js";
import { isPolicyFile, lostPolicies } from "../analysis/protection/policy.js";
import type { SourceTree } from "../base/source.js";
import { createNameIndex, type NameIndex } from "../python/name-index.js";
import { createModuleCache, createProgram, type ModuleCache } from "../python/program.js";
import type { Analysis } from "./analyse.js";
import type { Rule } from "./rule.js";

/**
 * @param paths the changed Python and policy files, by their path on each side.
 * @param modules what was read already, as for `analyse`.
 */
export function compareTrees(
  base: SourceTree,
  head: SourceTree,
  paths: readonly ChangedPath[],
  rules: readonly Rule[],
  modules: ModuleCache = createModuleCache(),
): Analysis {
  let names: NameIndex | undefined;
  const index = () => {
    names ??= createNameIndex(head, modules.stored);
    return names;
  };
  const data = paths.filter(({ base: before, head: now }) => isPolicyFile(now ?? before ?? ""));
  const sources = paths.filter((path) => !data.includes(path));
  const { losses, limits } = lossesBetween(
    createProgram(base, modules),
    createProgram(head, modules),
    sources,
    index,
  );
  const all = [...losses, ...lostPolicies(base, head, data)];
  const findings = all.length === 0 ? [] : rules.flatMap((rule) => rule.compare?.(all) ?? []);
  return { findings, omissions: limits };
}
