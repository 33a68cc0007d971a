// Entry of a process that scans one corpus after the other.
import { folderSnapshot } from "../../src/git/folder.js";
import { createModuleCache } from "../../src/python/program.js";
import { reviewWith } from "../../src/review/run.js";
import { analyse } from "../../src/rules/analyse.js";
import { RULES } from "../../src/rules/registry.js";
import { serve } from "../pool.js";
import { MANIFEST_FAMILIES } from "./manifest.js";
import type { ScannedFinding } from "./score.js";

export interface Corpus {
  /** The folder that holds all corpora. */
  readonly root: string;
  /** Of this one, relative to it. */
  readonly folder: string;
}

serve<Corpus, readonly ScannedFinding[]>(({ root, folder }) => {
  const snapshot = folderSnapshot([folder], root);
  const modules = createModuleCache();
  const policy = { failOn: "none", maxComments: Number.POSITIVE_INFINITY } as const;
  const scanned = reviewWith((tree, paths) => analyse(tree, paths, RULES, modules), snapshot, RULES, policy);
  return scanned.findings.map(({ path, startLine, endLine, cwe, family, rule }) => {
    const number = Number(cwe.replace("CWE-", ""));
    return { file: path, line: startLine, endLine, cwe: number, family: MANIFEST_FAMILIES[family], rule };
  });
});
