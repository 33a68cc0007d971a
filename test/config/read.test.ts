import { describe, expect, test } from "vitest";
import { baselineText } from "../../src/config/baseline.js";
import { NOTHING_CONFIGURED, UNCONFIGURED } from "../../src/config/configuration.js";
import { configurationIn } from "../../src/config/read.js";
import { memoryTree } from "../support/memory-tree.js";

const yaml = (text: string) => configurationIn(memoryTree({ ".hognose.yml": text }));
const toml = (text: string) => configurationIn(memoryTree({ "pyproject.toml": text }));
const told = ({ problems }: ReturnType<typeof yaml>) =>
  problems.map(({ path, line, what }) => `${path}:${line}: ${what}`);

describe("a configuration", () => {
  test("is nothing without a file, in an empty file, and in a project file that does not speak of it", () => {
    expect(configurationIn(memoryTree({})).path).toBeUndefined();
    expect(yaml("")).toEqual({ ...UNCONFIGURED, path: ".hognose.yml" });
    expect(toml('[project]\nname = "x"\n').path).toBeUndefined();
    expect(toml("not = = toml").problems).toEqual([]);
  });

  const expected = {
    ...NOTHING_CONFIGURED,
    include: ["src/**"],
    exclude: ["src/vendor/**"],
    failOn: "medium",
    confidence: "medium",
    families: { deadlock: { enabled: false } },
    rules: {
      "sql-injection": { severity: "low", confidence: "high", gate: "monitor" },
      "log-injection": { enabled: false },
      "open-redirect": { enabled: true },
    },
    gate: { severity: { low: "monitor" }, confidence: { medium: "comment" } },
    advisory: true,
    commands: { role: "maintain", authorDismisses: false },
    maxComments: 5,
    ignores: { added: true, tools: ["bandit"] },
  };

  test("is read from YAML", () => {
    const configured = yaml(`include: [src/**]
exclude:
  - src/vendor/**
fail-on: medium
confidence: medium
families: {deadlock: off}
rules:
  sql-injection: {severity: low, confidence: high, gate: monitor}
  log-injection: false
  open-redirect: on
gate: {advisory: true, severity: {low: monitor}, confidence: {medium: comment}}
commands: {role: maintain, author-dismisses: false}
budgets: {comments: 5}
ignores: {added: true, tools: [bandit]}
`);
    expect(told(configured)).toEqual([]);
    expect(configured.configuration).toEqual(expected);
  });

  test("is read from TOML", () => {
    const configured = toml(`[project]
name = "x"

[tool.hognose]
include = ["src/**"]
exclude = ["src/vendor/**"]
fail-on = "medium"
confidence = "medium"
families.deadlock = "off"
gate = { advisory = true, severity = { low = "monitor" }, confidence = { medium = "comment" } }
commands = { role = "maintain", author-dismisses = false }
budgets = { comments = 5 }
ignores = { added = true, tools = ["bandit"] }

[tool.hognose.rules]
log-injection = false
open-redirect = "on"

[tool.hognose.rules.sql-injection]
severity = "low"
confidence = "high"
gate = "monitor"
`);
    expect(told(configured)).toEqual([]);
    expect(configured.path).toBe("pyproject.toml");
    expect(configured.configuration).toEqual(expected);
  });

  test("may say that the comments of other tools do not count", () => {
    expect(yaml("ignores: {tools: false}").configuration.ignores).toEqual({ added: false, tools: [] });
    expect(told(yaml("ignores: {tools: [pylint]}"))).toEqual([
      '.hognose.yml:1: "ignores.tools.0" must be one of "bandit", "ruff", "codeql", "semgrep"',
    ]);
  });

  test("reads the baseline that it names, and says on its line what is wrong with one", () => {
    const text = baselineText([
      { fingerprint: "b", rule: "r", path: "b.py" },
      { fingerprint: "a", rule: "r", path: "a.py" },
      { fingerprint: "b", rule: "r", path: "b.py" },
    ]);
    const named = (files: Record<string, string>) =>
      configurationIn(memoryTree({ ".hognose.yml": "fail-on: low\nbaseline: ci/known.json\n", ...files }));
    expect([...named({ "ci/known.json": text }).baseline]).toEqual([
      ["a", 1],
      ["b", 2],
    ]);
    expect(text.split("\n")).toHaveLength(8);
    expect(told(named({}))).toEqual(['.hognose.yml:2: "baseline" names ci/known.json, which is not there']);
    expect(told(named({ "ci/known.json": "[]" }))[0]).toContain("which is none");
  });

  test("in .hognose.yml counts before that in pyproject.toml, which is said", () => {
    const configured = configurationIn(
      memoryTree({
        ".hognose.yml": "fail-on: low",
        "pyproject.toml": '\n[tool.hognose]\nfail-on = "none"\n',
      }),
    );
    expect(configured.configuration.failOn).toBe("low");
    expect(told(configured)).toEqual(["pyproject.toml:2: is not followed: there is a .hognose.yml"]);
  });
});

describe("what is wrong in it is named with its line and left out, and the rest counts", () => {
  test("unknown keys, wrong types and wrong words in YAML", () => {
    const configured = yaml(`include: src
exlude: [a]
fail-on: never
rules:
  sql-injektion: off
  sql-injection:
    severity: loud
    confidence: low
  log-injection: 3
budgets:
  comments: -1
  time: 4
exclude: [b, 5, 6]
confidence: high
`);
    expect(told(configured).sort()).toEqual(
      [
        '.hognose.yml:1: "include" must be a list',
        '.hognose.yml:2: unknown key "exlude"',
        '.hognose.yml:3: "fail-on" must be one of "high", "medium", "low", "none"',
        '.hognose.yml:5: unknown key "rules.sql-injektion"',
        '.hognose.yml:7: "rules.sql-injection.severity" must be one of "high", "medium", "low"',
        '.hognose.yml:9: "rules.log-injection" must be on, off, or a mapping with enabled, severity, confidence, gate',
        '.hognose.yml:11: "budgets.comments" must be at least 0',
        '.hognose.yml:12: unknown key "budgets.time"',
        '.hognose.yml:13: "exclude.1" must be text',
        '.hognose.yml:13: "exclude.2" must be text',
      ].sort(),
    );
    expect(configured.configuration).toEqual({
      ...NOTHING_CONFIGURED,
      rules: { "sql-injection": { confidence: "low" } },
      confidence: "high",
    });
  });

  test("the same in TOML, in tables, inline tables and lists over many lines", () => {
    const configured = toml(`[tool.hognose]
exclude = [
  "a",
  5,
]
rules = { sql-injection = { severity = "loud" } }
colour = true

[tool.hognose.budgets]
comments = "many"
`);
    expect(told(configured).sort()).toEqual(
      [
        'pyproject.toml:4: "exclude.1" must be text',
        'pyproject.toml:6: "rules.sql-injection.severity" must be one of "high", "medium", "low"',
        'pyproject.toml:7: unknown key "colour"',
        'pyproject.toml:10: "budgets.comments" must be a number',
      ].sort(),
    );
  });

  test("models, in the words of the vocabulary", () => {
    const configured = yaml(`models:
  shop.run:
    call:
      sinks:
        - kind: sqll
          argument: {position: 0}
  shop.take:
    call: {source: http-request, returnz: x}
  shop.both:
    call:
      propagates: [first]
  shop.old: {alias: shop.nowhere}
  shop.fine: {alias: os.system}
  shop.partly:
    call:
      source: message
      sinks: [{kind: sql}]
`);
    const problems = told(configured);
    expect(problems).toHaveLength(5);
    expect(problems[0]).toMatch(
      /^\.hognose\.yml:5: "models\.shop\.run\.call\.sinks\.0\.kind" must be one of "sql", /,
    );
    expect(problems.slice(1)).toEqual([
      '.hognose.yml:8: unknown key "models.shop.take.call.returnz"',
      '.hognose.yml:11: "models.shop.both.call.propagates.0" must be "receiver", "any" or an argument such as {position: 0, name: query}',
      '.hognose.yml:12: "models.shop.old" is an alias of shop.nowhere, which has no model',
      '.hognose.yml:17: "models.shop.partly.call.sinks.0.argument" must be "receiver", "any" or an argument such as {position: 0, name: query}',
    ]);
    expect(configured.configuration.models["shop.partly"]).toEqual({ call: { source: "message" } });
    expect(configured.configuration.models["shop.take"]).toEqual({ call: { source: "http-request" } });
    expect(configured.configuration.models["shop.fine"]).toEqual({ alias: "os.system" });
  });

  test.each([
    ["YAML that is none", "include: [a\nexclude: b", /^\.hognose\.yml:\d+: is not YAML: /],
    [
      "a key given twice",
      "include: [a]\ninclude: [b]",
      /^\.hognose\.yml:2: is not YAML: Map keys must be unique/,
    ],
    ["a list instead of a mapping", "- a", /^\.hognose\.yml:1: the configuration must be a mapping/],
    [
      "aliases that multiply",
      "a: &a [x, x, x, x, x, x, x, x, x]\nb: &b [*a, *a, *a, *a, *a, *a, *a, *a, *a]\nc: &c [*b, *b, *b, *b, *b, *b, *b, *b, *b]\nd: [*c, *c, *c, *c, *c, *c, *c, *c, *c]",
      /^\.hognose\.yml:1: is not read: Excessive alias count/,
    ],
  ])("%s", (_, text, problem) => {
    const configured = yaml(text);
    expect(told(configured)).toEqual([expect.stringMatching(problem)]);
    expect(configured.configuration).toEqual(NOTHING_CONFIGURED);
  });

  test("TOML that is none, where it speaks of the reviewer", () => {
    expect(told(toml("[tool.hognose]\ninclude = = 1\n"))).toEqual([
      expect.stringMatching(/^pyproject\.toml:2: is not TOML: /),
    ]);
  });
});
