// What an organisation says for all of its repositories: `.hognose.yml` of its repository `.github`.
import { type Configurable, checked } from "./check.js";
import { type Configuration, NOTHING_CONFIGURED } from "./configuration.js";
import { readYaml } from "./read-yaml.js";

/** As it was read; undefined text: there is no such file, or not for us. */
export interface SharedFile {
  /** For people: "acme/.github: .hognose.yml". */
  readonly name: string;
  readonly text: string | undefined;
}

interface Shared {
  readonly configuration: Configuration;
  /** Phrases about the line that extends it. */
  readonly problems: readonly string[];
}

/** The keys that only a repository itself can know are not followed. Nothing in the file makes this throw. */
export function sharedConfiguration({ name, text }: SharedFile, configurable: Configurable): Shared {
  const problem = (what: string, configuration = NOTHING_CONFIGURED) => ({ configuration, problems: [what] });
  if (text === undefined) return problem(`"extends" names ${name}, which is not there, or not for us`);
  const content = readYaml(text);
  if ("what" in content) return problem(`"extends" names ${name}, which ${content.what}`);
  const { configuration, problems } = checked(name, content, configurable, NOTHING_CONFIGURED);
  const { baseline: _, extendsShared: __, ...rest } = configuration;
  return {
    configuration: rest,
    problems: problems.map(({ line, what }) => `"extends" names ${name}, where line ${line}: ${what}`),
  };
}
