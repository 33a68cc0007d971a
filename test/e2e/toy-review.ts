// A stand-in for the analysis: every line that builds a query with "+" is a finding, of low severity if it says "low". Everything after it is real.

import type { OpenSession } from "../../src/app/reviewing/review-session.js";
import type { BlobStore } from "../../src/base/listing.js";
import type { SourceTree } from "../../src/base/source.js";
import { NOTHING_CONFIGURED } from "../../src/config/configuration.js";
import { policyOf } from "../../src/review/policy.js";
import { type Analysed, reviewWith } from "../../src/review/run.js";
import type { Finding } from "../../src/rules/finding.js";
import { RULES } from "../../src/rules/registry.js";
import { storedTree, type Wanted } from "../../src/store/stored-tree.js";

/** Sessions in this process. */
export function toySessions(blobs: BlobStore): OpenSession {
  return (gathered, signal) => ({
    async round({ unavailable, otherwise }) {
      signal.throwIfAborted();
      const wanted: Wanted = new Map();
      const reason = (blob: string) => unavailable.get(blob) ?? otherwise;
      const base = storedTree(gathered.base, blobs, wanted, reason);
      const head = storedTree(gathered.head, blobs, wanted, reason);
      const { pull, changes, omissions, dismissals = [] } = gathered;
      const policy = policyOf(NOTHING_CONFIGURED, gathered.isNew);
      const review = reviewWith(analyse, { pull, changes, omissions, dismissals, base, head }, RULES, policy);
      return wanted.size > 0
        ? { kind: "wanting", files: [...wanted.values()] }
        : { kind: "reviewed", review };
    },
    close() {},
  });
}

function analyse(tree: SourceTree, paths: readonly string[]): Analysed {
  const findings = paths.flatMap((path) => {
    const file = tree.read(path);
    if (file?.kind !== "text") return [];
    return file.text
      .split("\n")
      .flatMap((text, index) => (/execute\(.*\+/.test(text) ? [finding(path, index + 1, text)] : []));
  });
  return { findings, omissions: [] };
}

function finding(path: string, line: number, text: string): Finding {
  const span = { path, start: { line, column: 0 }, end: { line, column: text.length } };
  return {
    ruleId: "sql-injection",
    message: "This SQL query is built from `name`.",
    help: "Pass `name` as a query parameter.",
    severity: /#.*low/.test(text) ? "low" : "high",
    confidence: "high",
    evidence: [{ role: "sink", span, side: "head", note: "the query is run" }],
    identity: [text.trim()],
  };
}
