// What was found to what is said: every finding placed and worded, the gate decided, the summary written.

import type { Omission } from "../base/omission.js";
import { isPythonCode } from "../base/python-file.js";
import type { ConfigurationProblem } from "../config/configuration.js";
import type { Finding } from "../rules/finding.js";
import type { Rule } from "../rules/rule.js";
import type { DiffIndex } from "./diff-index.js";
import { type DismissedFinding, setAside } from "./dismissal.js";
import type { Sifted } from "./ignores/apply.js";
import type { Ignore } from "./ignores/ignore.js";
import { type Placed, place } from "./place.js";
import { actionOf, byImportance, conclude, limitComments, type Policy } from "./policy.js";
import { annotationOf, faultAnnotation, problemAnnotation } from "./render/annotation.js";
import { commentBody } from "./render/comment.js";
import { summaryMarkdown, verdictTitle } from "./render/summary.js";
import { reported } from "./report.js";
import type { IgnoredFinding, ReportedFinding, Review, ReviewComment } from "./review.js";
import type { ChangedFile, PullRef, Snapshot } from "./snapshot.js";
import type { Suggestion } from "./suggestion.js";

interface Wording {
  readonly snapshot: Snapshot;
  readonly rules: readonly Rule[];
  readonly policy: Policy;
  readonly diff: DiffIndex;
  readonly sifted: Sifted;
  readonly notReviewed: readonly Omission[];
  /** Of the configuration. */
  readonly problems: readonly ConfigurationProblem[];
  /** Of the configuration that the change writes. */
  readonly wrongInHead: readonly ConfigurationProblem[];
  /** How many findings the baseline holds back. */
  readonly inBaseline: number;
  readonly reviewedFiles: number;
  /** What a comment about a finding at a place may offer to commit. */
  readonly suggest: (finding: Finding, placed: Placed) => Suggestion | undefined;
}

/** A finding with what the wording of its comment needs besides. */
interface Said {
  readonly finding: ReportedFinding;
  readonly title: string;
  readonly because: string | undefined;
  readonly suggestion: Suggestion | undefined;
  /** The comment in the code that asked to ignore it and does not count. */
  readonly overruled: Ignore | undefined;
}

export function worded(wording: Wording): Review {
  const { snapshot, policy, notReviewed, sifted, wrongInHead } = wording;
  const { said, dismissed } = sayAll(wording);
  const findings = said.map((each) => each.finding);
  const ignored = sayIgnored(wording);
  const ignores = { ignored, faults: sifted.faults };
  const conclusion = conclude(findings, incomplete(snapshot, notReviewed), policy);
  const verdict = { ...wording, conclusion, findings, dismissed, ignores };
  return {
    baseSha: snapshot.pull.baseSha,
    headSha: snapshot.pull.headSha,
    conclusion,
    findings,
    dismissed,
    comments: said
      .filter((each) => each.finding.placement !== "summary")
      .map((each) => comment(each, snapshot.pull)),
    annotations: [
      ...said
        .filter(({ finding }) => actionOf(finding, policy) !== "monitor")
        .flatMap((each) => annotationOf(each.finding, each.title) ?? []),
      ...sifted.faults.map(faultAnnotation),
      ...wrongInHead.map(problemAnnotation),
    ],
    title: verdictTitle(verdict),
    summary: summaryMarkdown(verdict, snapshot.pull),
    notReviewed,
    ignored,
  };
}

/** What comments in the code have asked to ignore, the most important first. */
function sayIgnored({ sifted, rules, diff }: Wording): readonly IgnoredFinding[] {
  const ignored = sifted.ignored.map(({ finding, ignore }) => {
    const rule = rules.find(({ id }) => id === finding.ruleId)!;
    const { path, line, text, reason } = ignore;
    return { ...reported(finding, rule, place(finding, diff)), by: { path, line, text, reason } };
  });
  return ignored.sort(byImportance);
}

/** Every finding placed, the most important first, as many as allowed as comments; and what people have set aside. */
function sayAll({ snapshot, sifted, diff, rules, policy, suggest }: Wording): {
  readonly said: readonly Said[];
  readonly dismissed: readonly DismissedFinding[];
} {
  const byId = new Map(rules.map((rule) => [rule.id, rule]));
  const said = new Map<ReportedFinding, { finding: Finding; rule: Rule; placed: Placed }>();
  for (const finding of sifted.kept) {
    const rule = byId.get(finding.ruleId);
    if (!rule) throw new Error(`a finding names the unknown rule "${finding.ruleId}"`);
    const placed = place(finding, diff);
    said.set(reported(finding, rule, placed), { finding, rule, placed });
  }
  const { open, dismissed } = setAside([...said.keys()].sort(byImportance), snapshot.dismissals ?? []);
  const worded = limitComments(open, policy).map((finding, index) => {
    const { finding: found, rule, placed } = said.get(open[index]!)!;
    const suggestion = finding.placement === "inline" ? suggest(found, placed) : undefined;
    const overruled = sifted.overruled.find((each) => each.finding === found)?.ignore;
    return { finding, title: rule.title, because: placed.because, suggestion, overruled };
  });
  return { said: worded, dismissed };
}

function comment(said: Said, pull: PullRef): ReviewComment {
  const { fingerprint, path, placement, side } = said.finding;
  // A suggestion replaces exactly the lines of its comment.
  const { startLine, endLine } = said.suggestion ?? said.finding;
  const body = commentBody(said, pull);
  if (placement === "file") return { fingerprint, path, body };
  return { fingerprint, path, line: endLine, ...(startLine < endLine ? { startLine } : {}), side, body };
}

/**
 * Whether something of the change itself was not reviewed: a changed Python file, or what names no file of the
 * repository at all. A file that was only needed to understand the change does not count, nor does a limit within a file.
 */
function incomplete(snapshot: Snapshot, notReviewed: readonly Omission[]): boolean {
  const isPython = (file: ChangedFile) =>
    [file.headPath, file.basePath].some((path) => path !== undefined && isPythonCode(path));
  const changed = new Set(
    snapshot.changes.filter(isPython).flatMap((file) => [file.headPath, file.basePath]),
  );
  const elsewhere = (path: string) =>
    snapshot.head.blobOf(path) !== undefined || snapshot.base.blobOf(path) !== undefined;
  return notReviewed.some(
    ({ path, isLimit, isByKind }) => !isLimit && !isByKind && (changed.has(path) || !elsewhere(path)),
  );
}
