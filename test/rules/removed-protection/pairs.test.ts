// The form of the files beside this one: a guard that is lost, and then its benign twin, over all kinds of guards.
import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { parseScenarios } from "../../support/scenario.js";

const folder = new URL(".", import.meta.url);
const files = readdirSync(folder).filter((name) => name.endsWith(".md"));

describe("removed protection", () => {
  it.each(files)("%s has, after each guard that is lost, a change in which something else guards", (file) => {
    const scenarios = parseScenarios(readFileSync(new URL(file, folder), "utf8"));
    const isLost = scenarios.map(({ expected }) => expected.length > 0);
    expect(isLost).toEqual(scenarios.map((_, index) => index % 2 === 0));
  });

  it("has at least sixty pairs", () => {
    const texts = files.map((file) => readFileSync(new URL(file, folder), "utf8"));
    expect(texts.flatMap(parseScenarios).length).toBeGreaterThanOrEqual(2 * 60);
  });
});
