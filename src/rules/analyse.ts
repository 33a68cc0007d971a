// Rules over one revision. Placeholder until the engine is wired: rules run without a program.
import type { Cache, SourceTree } from "../base/source.js";
import type { Finding } from "./finding.js";
import type { Rule } from "./rule.js";

/** What `rules` find in `paths` of `tree`, and the files among them that could not be looked at. */
export function analyse(
  _tree: SourceTree,
  _paths: readonly string[],
  rules: readonly Rule[],
  _cache: Cache,
): {
  readonly findings: readonly Finding[];
  readonly omissions: readonly { path: string; reason: string }[];
} {
  const context = { program: undefined, roots: [] };
  return { findings: rules.flatMap((rule) => rule.check(context)), omissions: [] };
}
