// Entry of a process that reviews pull requests of one repository after the other.
import { gitSnapshot } from "../../src/git/snapshot.js";
import { createModuleCache, type ModuleCache } from "../../src/python/program.js";
import type { ReportedFinding } from "../../src/review/review.js";
import { reviewSharing } from "../../src/review/run.js";
import { FAMILIES } from "../../src/rules/finding.js";
import { RULES } from "../../src/rules/registry.js";
import { engineHash } from "../engine.js";
import { serve } from "../pool.js";
import type { Pull } from "./facts.js";
import type { Comment } from "./results.js";

export interface Reviewed {
  readonly engine: string;
  readonly comments: readonly Comment[];
}

/** Bytes of heap beyond which the modules of earlier pull requests are forgotten. */
const FULL = 1_500_000_000;

const engine = engineHash();
let repository = "";
let modules: ModuleCache = createModuleCache();

serve<Pull, Reviewed>((pull) => {
  if (pull.git_dir !== repository || process.memoryUsage().heapUsed > FULL) modules = createModuleCache();
  repository = pull.git_dir;
  const { snapshot } = gitSnapshot(pull.git_dir, pull.base, pull.head);
  const review = reviewSharing(modules, snapshot, RULES);
  return { engine, comments: review.findings.map(commentOf) };
});

function commentOf(finding: ReportedFinding): Comment {
  const { path, startLine, endLine, family, cwe, rule, confidence, side, placement, message } = finding;
  const number = FAMILIES.indexOf(family) + 1;
  const place = { file: path, line: startLine, end_line: endLine, side, placement };
  return { ...place, family: number, cwe, rule, confidence, message };
}
