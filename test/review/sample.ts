// Trees, snapshots and a stand-in for the engine: a defect is a line with "sink(", its source the "source(" above it.
import type { Step } from "../../src/analysis/step.js";
import { sha256 } from "../../src/base/hash.js";
import type { SourceTree } from "../../src/base/source.js";
import { diffTexts } from "../../src/review/diff.js";
import type { Analyse } from "../../src/review/run.js";
import type { ChangedFile, Snapshot } from "../../src/review/snapshot.js";
import type { Confidence, Finding, Severity } from "../../src/rules/finding.js";
import type { Rule } from "../../src/rules/rule.js";

export type Files = Readonly<Record<string, string>>;

/** A tree in memory; a text that is exactly "UNREADABLE" stands for a file that is not UTF-8. */
function treeOf(files: Files): SourceTree {
  const blobOf = (path: string) => (files[path] === undefined ? undefined : sha256(files[path]));
  return {
    paths: Object.keys(files).sort(),
    blobOf,
    read(path) {
      const text = files[path];
      if (text === undefined) return undefined;
      const blob = sha256(text);
      if (text === "UNREADABLE") return { kind: "unreadable", path, blob, reason: "is not UTF-8" };
      return { kind: "text", path, blob, text };
    },
  };
}

/** The snapshot between two trees; `renamed` maps base paths to head paths. */
export function snapshotOf(
  base: Files,
  head: Files,
  extra: { renamed?: Files; url?: string } = {},
): Snapshot {
  const renamed = extra.renamed ?? {};
  const changes: ChangedFile[] = [];
  for (const path of Object.keys(base)) {
    const headPath = renamed[path] ?? path;
    const text = head[headPath];
    if (text === undefined) changes.push({ basePath: path, hunks: diffTexts(base[path]!, "") });
    else if (text !== base[path] || headPath !== path)
      changes.push({ basePath: path, headPath, hunks: diffTexts(base[path]!, text) });
  }
  const old = new Set([...Object.keys(base), ...Object.values(renamed)]);
  for (const path of Object.keys(head))
    if (!old.has(path)) changes.push({ headPath: path, hunks: diffTexts("", head[path]!) });
  return {
    pull: {
      baseSha: "b".repeat(40),
      headSha: "abc1234".padEnd(40, "0"),
      ...(extra.url === undefined ? {} : { repositoryUrl: extra.url }),
    },
    base: treeOf(base),
    head: treeOf(head),
    changes,
    omissions: [],
  };
}

const RULE: Rule = {
  id: "sink-reached",
  family: "sql-injection",
  cwe: "CWE-89",
  title: "Sink reached",
  docs: {
    what: "What.",
    why: "Why.",
    bad: "sink(source())",
    good: "sink(1)",
    decides: "By text.",
    silent: "Nothing.",
  },
  check: () => [],
};

export const RULES: readonly Rule[] = [
  RULE,
  { ...RULE, id: "other", family: "deadlock", cwe: "CWE-833", title: "Other" },
];

export function step(
  role: Step["role"],
  path: string,
  line: number,
  extra: Partial<Step> & { endLine?: number } = {},
): Step {
  const { endLine = line, ...rest } = extra;
  const span = { path, start: { line, column: 0 }, end: { line: endLine, column: 80 } };
  return { role, side: "head", note: `the ${role}`, span, ...rest };
}

export function finding(evidence: Finding["evidence"], extra: Partial<Finding> = {}): Finding {
  return {
    ruleId: RULE.id,
    message: "This call is reached by `source()`.",
    help: "Take it away.",
    severity: "high",
    confidence: "high",
    evidence,
    identity: ["sink"],
    ...extra,
  };
}

/** Finds "sink(" lines, those with "only-with-source" only below a source; "low:"/"medium:" and "doubt:" in the line set severity and confidence. */
export const analyse: Analyse = (tree, paths) => {
  const side = "head" as const;
  const findings: Finding[] = [];
  for (const path of paths) {
    const file = tree.read(path);
    if (file?.kind !== "text") continue;
    let source: Step | undefined;
    file.text.split("\n").forEach((text, index) => {
      const span = {
        path,
        start: { line: index + 1, column: 0 },
        end: { line: index + 1, column: text.length },
      };
      if (text.includes("source("))
        source = { role: "source", span, side, note: `\`${text.trim()}\` is read` };
      if (!text.includes("sink(")) return;
      if (text.includes("only-with-source") && !source) return;
      const sink: Step = { role: "sink", span, side, note: "it is used" };
      const severity: Severity = text.includes("medium:") ? "medium" : text.includes("low:") ? "low" : "high";
      const confidence: Confidence = text.includes("doubt:") ? "low" : "high";
      const identity = [path, text.trim()];
      findings.push(finding(source ? [source, sink] : [sink], { severity, confidence, identity }));
    });
  }
  return { findings, omissions: [] };
};
