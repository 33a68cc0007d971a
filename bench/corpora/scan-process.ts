// Entry of a process that scans one corpus after the other.
import { noCache } from "../../src/base/source.js";
import { folderSnapshot } from "../../src/git/folder.js";
import { DEFAULT_POLICY, type Policy } from "../../src/review/policy.js";
import { review } from "../../src/review/run.js";
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
  const policy: Policy = { ...DEFAULT_POLICY, failOn: "none", maxComments: Number.POSITIVE_INFINITY };
  const scanned = review(snapshot, RULES, noCache, policy);
  return scanned.findings.map(({ path, startLine, endLine, cwe, family, rule }) => {
    const number = Number(cwe.replace("CWE-", ""));
    return { file: path, line: startLine, endLine, cwe: number, family: MANIFEST_FAMILIES[family], rule };
  });
});
