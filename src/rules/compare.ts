// Two revisions, all rules that compare: which protections the change takes away.

import type { ChangedPath } from "../analysis/protection/change.js";
import { lossesBetween } from "../analysis/protection/losses.js";
import type { SourceTree } from "../base/source.js";
import { createModuleCache, createProgram, type ModuleCache } from "../python/program.js";
import type { Finding } from "./finding.js";
import type { Rule } from "./rule.js";

/**
 * @param paths the changed Python files, by their path on each side.
 * @param modules what was read already, as for `analyse`.
 */
export function compareTrees(
  base: SourceTree,
  head: SourceTree,
  paths: readonly ChangedPath[],
  rules: readonly Rule[],
  modules: ModuleCache = createModuleCache(),
): readonly Finding[] {
  const losses = lossesBetween(createProgram(base, modules), createProgram(head, modules), paths);
  return losses.length === 0 ? [] : rules.flatMap((rule) => rule.compare?.(losses) ?? []);
}
