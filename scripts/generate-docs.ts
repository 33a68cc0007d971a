// Writes the generated files of docs/ (a page per rule, their index, the schema of the configuration); `--check` only compares, and fails when one is stale.
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";
import { configurationSchema } from "../src/config/schema.js";
import { FAMILIES, FAMILY_TITLES } from "../src/rules/finding.js";
import { RULES } from "../src/rules/registry.js";
import { type Relatives, TOOLS } from "../src/rules/relatives.js";
import type { Rule } from "../src/rules/rule.js";

const FOLDER = "docs/rules";

function page({ id, title, family, cwe, docs }: Rule): string {
  const number = cwe.replace("CWE-", "");
  const relatives = docs.relatives
    ? `\n## Related rules of other tools\n${relativesText(docs.relatives)}`
    : "";
  return `<!-- Generated from src/rules by \`npm run docs\`; do not edit. -->
# ${title} (\`${id}\`)

${docs.what}

Family: ${FAMILY_TITLES[family]} · [${cwe}](https://cwe.mitre.org/data/definitions/${number}.html)

## Why
${docs.why}

${docs.before === undefined ? "" : `## Before\n\`\`\`python\n${docs.before.trimEnd()}\n\`\`\`\n\n`}## Reported
\`\`\`python
${docs.bad.trimEnd()}
\`\`\`

## Not reported
\`\`\`python
${docs.good.trimEnd()}
\`\`\`

## How it decides
${docs.decides}

## What stays silent
${docs.silent}
${relatives}`;
}

const TOOL_NAMES = { bandit: "Bandit", ruff: "Ruff", codeql: "CodeQL", semgrep: "Semgrep" } as const;

/** One line for each tool; a comment that ignores one of these for a line counts for the rule, too. */
function relativesText(relatives: Relatives): string {
  const code = (ids: readonly string[]) => ids.map((id) => `\`${id}\``).join(", ");
  const tools = TOOLS.flatMap((tool) => {
    const ids = relatives[tool];
    return ids ? `- ${TOOL_NAMES[tool]} ${code(ids)}\n` : [];
  });
  return [...tools, ...(relatives.others ?? []).map((other) => `- ${other}\n`)].join("");
}

function index(): string {
  const sections = FAMILIES.map((family) => {
    const own = RULES.filter((rule) => rule.family === family);
    const rows = own.map((rule) => `| [\`${rule.id}\`](${rule.id}.md) | ${rule.title} | ${rule.cwe} |`);
    const table = rows.length > 0 ? `| rule | finds | |\n|---|---|---|\n${rows.join("\n")}` : "No rules yet.";
    return `## ${FAMILY_TITLES[family]}\n${table}\n`;
  });
  return `<!-- Generated from src/rules by \`npm run docs\`; do not edit. -->\n# Rules\n\n${sections.join("\n")}`;
}

const pages = new Map([
  ["README.md", index()],
  ...RULES.map((rule) => [`${rule.id}.md`, page(rule)] as const),
]);
const present = existsSync(FOLDER) ? readdirSync(FOLDER) : [];
const stale = [
  ...[...pages].filter(
    ([name, text]) => !present.includes(name) || readFileSync(join(FOLDER, name), "utf8") !== text,
  ),
].map(([name]) => name);
const orphans = present.filter((name) => !pages.has(name));

const SCHEMA = "docs/configuration-schema.json";
const schema = configurationJsonSchema();
const schemaIsStale = !existsSync(SCHEMA) || readFileSync(SCHEMA, "utf8") !== schema;

/** For editors: of .hognose.yml, and of [tool.hognose] in pyproject.toml. */
function configurationJsonSchema(): string {
  const ruleIds = RULES.map(({ id }) => id).sort();
  const described = z.toJSONSchema(configurationSchema(ruleIds), { io: "input", reused: "ref" });
  return `${JSON.stringify({ title: "Configuration of Hognose", ...described }, undefined, 2)}\n`;
}

if (process.argv.includes("--check")) {
  if (schemaIsStale) console.error(`${SCHEMA} is not current: run npm run docs`);
  for (const name of stale) console.error(`${FOLDER}/${name} is not current: run npm run docs`);
  for (const name of orphans) console.error(`${FOLDER}/${name} belongs to no rule: run npm run docs`);
  process.exitCode = schemaIsStale || stale.length + orphans.length > 0 ? 1 : 0;
} else {
  mkdirSync(FOLDER, { recursive: true });
  writeFileSync(SCHEMA, schema);
  for (const name of stale) writeFileSync(join(FOLDER, name), pages.get(name)!);
  for (const name of orphans) rmSync(join(FOLDER, name));
}
