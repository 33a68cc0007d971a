import { describe, expect, test } from "vitest";
import { configurationIn } from "../../src/config/read.js";
import { memoryTree } from "../support/memory-tree.js";

const shared = (text: string | undefined) => ({ name: "acme/.github/.hognose.yml", text });
const read = (own: string, organisation?: string) =>
  configurationIn(memoryTree({ ".hognose.yml": own }), shared(organisation));

describe("a configuration that extends the organisation's", () => {
  const organisation = `
fail-on: low
exclude: [vendor/**]
rules: {log-injection: off, sql-injection: {severity: low}}
budgets: {comments: 3}
commands: {role: admin}
baseline: theirs.json
`;

  test("has all of it, what it says itself is stronger, and rules and models come together", () => {
    const { configuration, problems } = read(
      "extends: .github\nfail-on: high\nrules: {sql-injection: {severity: medium}}\n",
      organisation,
    );
    expect(problems).toEqual([]);
    expect(configuration).toMatchObject({
      failOn: "high",
      exclude: ["vendor/**"],
      maxComments: 3,
      commands: { role: "admin", authorDismisses: true },
      rules: { "log-injection": { enabled: false }, "sql-injection": { severity: "medium" } },
    });
    expect(configuration.baseline).toBeUndefined();
  });

  test("is partial as long as the organisation's is not read", () => {
    const tree = memoryTree({ ".hognose.yml": "extends: .github\nfail-on: low\n" });
    expect(configurationIn(tree)).toMatchObject({ isPartial: true, configuration: { failOn: "low" } });
    expect(configurationIn(tree, shared("")).isPartial).toBe(false);
  });

  test("says on its own line what is wrong with the organisation's, and follows the rest", () => {
    const { configuration, problems } = read(
      "fail-on: low\nextends: .github\n",
      "colour: red\nexclude: [a]\n",
    );
    expect(configuration.exclude).toEqual(["a"]);
    expect(problems).toEqual([
      {
        path: ".hognose.yml",
        line: 2,
        what: '"extends" names acme/.github/.hognose.yml, where line 1: unknown key "colour"',
      },
    ]);
    expect(read("extends: .github\n").problems[0]?.what).toContain("which is not there, or not for us");
    expect(read("extends: .github\n", "a: [").problems[0]?.what).toContain("which is not YAML");
  });

  test("names no other repository", () => {
    const { configuration, problems } = read("extends: evil/.github\n", organisation);
    expect(configuration.exclude).toEqual([]);
    expect(problems).toMatchObject([{ line: 1, what: '"extends" must be one of ".github"' }]);
  });

  test("is not extended by the organisation's itself", () => {
    expect(read("extends: .github\n", "extends: .github\nfail-on: low\n").configuration.failOn).toBe("low");
  });
});
