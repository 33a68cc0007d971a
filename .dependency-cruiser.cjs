/**
 * The layers of docs/architecture.md: a folder is a stage and may import only from the stages listed for it.
 * Run by `npm run check:layers`.
 */
const pure = {
  base: [],
  python: ["base"],
  flow: ["base", "python"],
  models: ["base"],
  analysis: ["base", "python", "flow", "models"],
  rules: ["base", "python", "flow", "models", "analysis"],
  config: ["base", "models", "rules"],
  review: ["base", "python", "flow", "models", "analysis", "rules", "config"],
};
const shell = {
  git: ["base", "review"],
  github: ["base", "review"],
  store: ["base"],
  queue: ["base", "store"],
  app: ["base", "config", "review", "rules", "git", "github", "store", "queue"],
};
const layers = { ...pure, ...shell };

const layerRules = Object.entries(layers).map(([folder, allowed]) => ({
  name: `layer-${folder}`,
  comment: `src/${folder} may import only from: ${[folder, ...allowed].join(", ")}`,
  severity: "error",
  from: { path: `^src/${folder}/` },
  to: { path: "^src/", pathNot: `^src/(${[folder, ...allowed].join("|")})/` },
}));

module.exports = {
  forbidden: [
    ...layerRules,
    {
      name: "no-cycles",
      severity: "error",
      from: {},
      to: { circular: true, viaOnly: { dependencyTypesNot: ["type-only"] } },
    },
    {
      name: "pure-has-no-io",
      comment: "The core does no I/O: no node: modules and no packages but those named here.",
      severity: "error",
      from: { path: `^src/(${Object.keys(pure).join("|")})/`, pathNot: "^src/base/hash\\.ts$" },
      to: { dependencyTypes: ["core"] },
    },
    {
      name: "pure-has-no-packages",
      severity: "error",
      from: { path: `^src/(${Object.keys(pure).join("|")})/` },
      to: {
        path: "node_modules",
        pathNot:
          "node_modules/(tree-sitter|tree-sitter-python|diff|zod|scslre|refa|yaml|toml-eslint-parser|jsonc-parser|picomatch|@types/picomatch)/",
      },
    },
    {
      name: "only-parse-knows-tree-sitter",
      severity: "error",
      from: { path: "^src/", pathNot: "^src/python/parse\\.ts$" },
      to: { path: "node_modules/tree-sitter" },
    },
    {
      name: "octokit-only-in-the-shell",
      severity: "error",
      from: { path: "^src/", pathNot: "^src/(app|github)/|^src/main\\.ts$" },
      to: { path: "node_modules/(@octokit|probot)/" },
    },
  ],
  options: {
    tsConfig: { fileName: "tsconfig.json" },
    tsPreCompilationDeps: true,
    doNotFollow: { path: "node_modules" },
    exclude: { path: "\\.d\\.ts$" },
  },
};
