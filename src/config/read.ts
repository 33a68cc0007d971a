// The configuration of a revision: .hognose.yml, or [tool.hognose] of pyproject.toml, at the top of the repository.
import type { SourceTree } from "../base/source.js";
import { catalogue } from "../models/index.js";
import { RULES } from "../rules/registry.js";
import { type Baseline, readBaseline } from "./baseline.js";
import { type Configurable, checked } from "./check.js";
import {
  type Configuration,
  type ConfigurationProblem,
  type Configured,
  NOTHING_CONFIGURED,
  UNCONFIGURED,
} from "./configuration.js";
import type { Located, Malformed } from "./located.js";
import { readToml } from "./read-toml.js";
import { readYaml } from "./read-yaml.js";
import { type SharedFile, sharedConfiguration } from "./shared.js";

const YAML = ".hognose.yml";
const TOML = "pyproject.toml";
export const CONFIGURATION_FILES: readonly string[] = [YAML, TOML];

/** Every rule and every built-in model. */
const EVERYTHING: Configurable = { ruleIds: RULES.map(({ id }) => id), catalogue };

const TABLE = ["tool", "hognose"];

/**
 * The configuration that `tree`, the base of a pull request, holds. Nothing in the file makes this throw.
 * @param shared the organisation's file; undefined when it was not read: then the result may be partial
 */
export function configurationIn(
  tree: SourceTree,
  shared?: SharedFile,
  configurable: Configurable = EVERYTHING,
): Configured {
  const content = contentIn(tree);
  if (content === undefined) return UNCONFIGURED;
  const own = configuredBy(tree, content, configurable, NOTHING_CONFIGURED);
  if (own.configuration.extendsShared === undefined) return own;
  if (shared === undefined) return { ...own, isPartial: true };
  const inherited = sharedConfiguration(shared, configurable);
  const whole = configuredBy(tree, content, configurable, inherited.configuration);
  const { path, lineOf } = content;
  const wrong = inherited.problems.map((what) => ({ path, line: lineOf(["extends"]), what }));
  return { ...whole, problems: [...whole.problems, ...wrong] };
}

/** What the file that counts says, and what is not followed beside it. */
interface Content extends Located {
  readonly path: string;
  /** What is wrong with the file as a whole; its value then says nothing. */
  readonly problems: readonly ConfigurationProblem[];
}

function contentIn(tree: SourceTree): Content | undefined {
  const yaml = contentOf(tree, YAML, readYaml);
  const toml = contentOf(tree, TOML, (text) => readToml(text, TABLE));
  if (!yaml) return toml && asContent(TOML, toml);
  const content = asContent(YAML, yaml);
  // A pyproject.toml that is no TOML has nothing to say here.
  if (!toml || "what" in toml) return content;
  const unread = { path: TOML, line: toml.lineOf([]), what: `is not followed: there is a ${YAML}` };
  return { ...content, problems: [...content.problems, unread] };
}

function asContent(path: string, content: Located | Malformed): Content {
  if (!("what" in content)) return { ...content, path, problems: [] };
  return { path, value: {}, lineOf: () => content.line, problems: [{ path, ...content }] };
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
  content: Content,
  configurable: Configurable,
  inherited: Configuration,
): Configured {
  const { path } = content;
  const { configuration, problems: faults } = checked(path, content, configurable, inherited);
  const found = { ...UNCONFIGURED, path, configuration, problems: [...faults, ...content.problems] };
  if (configuration.baseline === undefined) return found;
  const baseline = baselineIn(tree, configuration.baseline);
  if (typeof baseline !== "string") return { ...found, baseline };
  const wrong = { path, line: content.lineOf(["baseline"]), what: baseline };
  return { ...found, problems: [...found.problems, wrong] };
}

/** What the file holds, or what is wrong with it, as a phrase. */
function baselineIn(tree: SourceTree, path: string): Baseline | string {
  const file = tree.read(path);
  if (file === undefined) return `"baseline" names ${path}, which is not there`;
  if (file.kind !== "text") return `"baseline" names ${path}, which ${file.reason}`;
  return readBaseline(file.text) ?? `"baseline" names ${path}, which is none: write it with --write-baseline`;
}
