// The configuration of a revision: .hognose.yml, or [tool.hognose] of pyproject.toml, at the top of the repository.
import type { SourceTree } from "../base/source.js";
import { catalogue } from "../models/index.js";
import { RULES } from "../rules/registry.js";
import { type Baseline, NO_BASELINE, readBaseline } from "./baseline.js";
import { type Configurable, checked } from "./check.js";
import { type Configured, UNCONFIGURED } from "./configuration.js";
import type { Located, Malformed } from "./located.js";
import { readToml } from "./read-toml.js";
import { readYaml } from "./read-yaml.js";

const YAML = ".hognose.yml";
const TOML = "pyproject.toml";
export const CONFIGURATION_FILES: readonly string[] = [YAML, TOML];

/** Every rule and every built-in model. */
const EVERYTHING: Configurable = { ruleIds: RULES.map(({ id }) => id), catalogue };

const TABLE = ["tool", "hognose"];

/** The configuration that `tree`, the base of a pull request, holds. Nothing in the file makes this throw. */
export function configurationIn(tree: SourceTree, configurable: Configurable = EVERYTHING): Configured {
  const yaml = contentOf(tree, YAML, readYaml);
  const toml = contentOf(tree, TOML, (text) => readToml(text, TABLE));
  if (!yaml) return toml ? configuredBy(tree, TOML, toml, configurable) : UNCONFIGURED;
  const configured = configuredBy(tree, YAML, yaml, configurable);
  // A pyproject.toml that is no TOML has nothing to say here.
  if (!toml || "what" in toml) return configured;
  const unread = { path: TOML, line: toml.lineOf([]), what: `is not followed: there is a ${YAML}` };
  return { ...configured, problems: [...configured.problems, unread] };
}

function contentOf(
  tree: SourceTree,
  path: string,
  parse: (text: string) => Located | Malformed | undefined,
): Located | Malformed | undefined {
  if (tree.blobOf(path) === undefined) return undefined;
  const file = tree.read(path);
  if (file?.kind === "text") return parse(file.text);
  return { line: 1, what: `is not read: ${file?.reason ?? "not there yet"}` };
}

function configuredBy(
  tree: SourceTree,
  path: string,
  content: Located | Malformed,
  configurable: Configurable,
): Configured {
  if ("what" in content) return { ...UNCONFIGURED, path, problems: [{ path, ...content }] };
  const { configuration, problems } = checked(path, content, configurable);
  const baseline =
    configuration.baseline === undefined ? NO_BASELINE : baselineIn(tree, configuration.baseline);
  if (typeof baseline !== "string") return { path, configuration, baseline, problems };
  const wrong = { path, line: content.lineOf(["baseline"]), what: baseline };
  return { path, configuration, baseline: NO_BASELINE, problems: [...problems, wrong] };
}

/** What the file holds, or what is wrong with it, as a phrase. */
function baselineIn(tree: SourceTree, path: string): Baseline | string {
  const file = tree.read(path);
  if (file === undefined) return `"baseline" names ${path}, which is not there`;
  if (file.kind !== "text") return `"baseline" names ${path}, which ${file.reason}`;
  return readBaseline(file.text) ?? `"baseline" names ${path}, which is none: write it with --write-baseline`;
}
