// The configuration of a revision: .hognose.yml, or [tool.hognose] of pyproject.toml, at the top of the repository.
import type { SourceTree } from "../base/source.js";
import { catalogue } from "../models/index.js";
import { RULES } from "../rules/registry.js";
import { type Configurable, checked } from "./check.js";
import { type Configured, NOTHING_CONFIGURED, UNCONFIGURED } from "./configuration.js";
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
  if (!yaml) return toml ? configuredBy(TOML, toml, configurable) : UNCONFIGURED;
  const configured = configuredBy(YAML, yaml, configurable);
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

function configuredBy(path: string, content: Located | Malformed, configurable: Configurable): Configured {
  if ("what" in content) return { path, configuration: NOTHING_CONFIGURED, problems: [{ path, ...content }] };
  return { path, ...checked(path, content, configurable) };
}
