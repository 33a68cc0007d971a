import { readdirSync, readFileSync } from "node:fs";
import { basename } from "node:path";
import { describe, expect, it } from "vitest";
import { noCache } from "../../src/base/source.js";
import { configurationIn } from "../../src/config/read.js";
import { diffTexts } from "../../src/review/diff.js";
import { policyOf } from "../../src/review/policy.js";
import { review } from "../../src/review/run.js";
import type { ChangedFile, Snapshot } from "../../src/review/snapshot.js";
import { RULES } from "../../src/rules/registry.js";
import type { Rule } from "../../src/rules/rule.js";
import { memoryTree } from "../support/memory-tree.js";
import { parseScenarios, type Scenario } from "../support/scenario.js";

function snapshotOf({ base, head }: Scenario): Snapshot {
  const paths = [...new Set([...Object.keys(base), ...Object.keys(head)])];
  const changes = paths
    .filter((path) => base[path] !== head[path])
    .map(
      (path): ChangedFile => ({
        ...(base[path] === undefined ? {} : { basePath: path }),
        ...(head[path] === undefined ? {} : { headPath: path }),
        hunks: diffTexts(base[path] ?? "", head[path] ?? ""),
      }),
    );
  const pull = { baseSha: "0".repeat(40), headSha: "1".repeat(40) };
  return { pull, base: memoryTree(base), head: memoryTree(head), changes, omissions: [] };
}

/** A file named after a rule is about the rules of its family: others may have their own say on the same code. */
function rulesFor(file: string): readonly Rule[] {
  const about = RULES.find(({ id }) => `${id}.md` === basename(file));
  return about ? RULES.filter(({ family }) => family === about.family) : RULES;
}

const folder = new URL(".", import.meta.url);

const files = readdirSync(folder, { recursive: true, encoding: "utf8" }).filter((name) =>
  name.endsWith(".md"),
);

for (const file of files) {
  describe(file, () => {
    for (const scenario of parseScenarios(readFileSync(new URL(file, folder), "utf8"))) {
      it(scenario.title, () => {
        const snapshot = snapshotOf(scenario);
        const configured = configurationIn(snapshot.base);
        expect(configured.problems).toEqual([]);
        const policy = policyOf(configured.configuration);
        const { findings } = review(snapshot, rulesFor(file), noCache, policy, configured);
        const said = findings.map(({ path, startLine, endLine, side, rule, placement }) => {
          const there = scenario.expected.filter(
            (place) =>
              place.path === path && place.side === side && place.line >= startLine && place.line <= endLine,
          );
          const match = there.find((place) => place.rule === rule) ?? there[0];
          const summaryOnly = placement === "summary" && (scenario.isOfApp || match?.summaryOnly === true);
          return { path, line: match?.line ?? startLine, side, rule, summaryOnly };
        });
        const order = (place: { path: string; line: number; rule: string }) =>
          `${place.path}:${String(place.line).padStart(6, "0")} ${place.rule}`;
        expect(
          said.map((place) => ({ ...place, at: order(place) })).sort((a, b) => a.at.localeCompare(b.at)),
        ).toEqual(
          scenario.expected
            .map((place) => ({ ...place, at: order(place) }))
            .sort((a, b) => a.at.localeCompare(b.at)),
        );
      });
    }
  });
}
