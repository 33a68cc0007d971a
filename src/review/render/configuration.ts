// The configuration that counts in the end, in the form in which it is written.
import { stringify } from "yaml";
import type { Configured } from "../../config/configuration.js";
import { policyOf } from "../policy.js";

/** YAML, its first line a comment that names the file. */
export function shownConfiguration({ path, configuration }: Configured): string {
  const { include, exclude, families, rules, confidence, ignores, baseline, models, commands } =
    configuration;
  const { failOn, maxComments, gate, isAdvisory } = policyOf(configuration);
  const shown = {
    ...(configuration.extendsShared ? { extends: ".github" } : {}),
    include: include.length > 0 ? include : ["**"],
    exclude,
    "fail-on": failOn,
    gate: {
      advisory: isAdvisory,
      incomplete: gate.failsIncomplete === true ? "block" : "comment",
      severity: gate.severity,
      confidence: gate.confidence,
    },
    confidence: confidence ?? "low",
    families,
    rules,
    budgets: { comments: maxComments },
    ignores,
    ...(baseline === undefined ? {} : { baseline }),
    commands: { role: commands.role, "author-dismisses": commands.authorDismisses },
    "sensitive-names": configuration.sensitiveNames,
    models,
  };
  return `# ${path ?? "No file: this is what counts without one."}\n${stringify(shown)}`;
}
