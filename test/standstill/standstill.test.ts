import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { programsIn } from "../../bench/deadlock/programs.js";
import { noCache } from "../../src/base/source.js";
import { configurationIn } from "../../src/config/read.js";
import { diffTexts } from "../../src/review/diff.js";
import { policyOf } from "../../src/review/policy.js";
import { review } from "../../src/review/run.js";
import { RULES } from "../../src/rules/registry.js";
import { memoryTree } from "../support/memory-tree.js";

const ABOUT = RULES.filter(({ family }) => family === "deadlock" || family === "resource-management");
const folder = new URL(".", import.meta.url);
const PATH = "app/program.py";

function said(source: string): readonly string[] {
  const head = memoryTree({ [PATH]: source });
  const configured = configurationIn(head);
  const { findings } = review(
    {
      pull: { baseSha: "0".repeat(40), headSha: "1".repeat(40) },
      base: memoryTree({}),
      head,
      changes: [{ headPath: PATH, hunks: diffTexts("", source) }],
      omissions: [],
    },
    ABOUT,
    noCache,
    policyOf(configured.configuration),
    configured,
  );
  return findings
    .filter(({ placement }) => placement !== "summary")
    .map(({ startLine, rule }) => `${startLine} ${rule}`)
    .sort();
}

for (const file of readdirSync(folder).filter((name) => name.endsWith(".md"))) {
  describe(file, () => {
    for (const { title, outcome, source, expected } of programsIn(
      readFileSync(new URL(file, folder), "utf8"),
    )) {
      it(`${title}: the program that ${outcome}`, () => {
        expect(said(source)).toEqual(expected.map(({ line, rule }) => `${line} ${rule}`).sort());
      });
    }
  });
}
