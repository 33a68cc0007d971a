// The whole product as one pure function: a snapshot in, a review out.
import type { Step } from "../analysis/step.js";
import type { Cache, SourceTree } from "../base/source.js";
import { type ConfigurationProblem, type Configured, UNCONFIGURED } from "../config/configuration.js";
import { withOwnModels } from "../models/catalogue.js";
import { catalogue } from "../models/index.js";
import { createModuleCache, type ModuleCache } from "../python/program.js";
import { analyserOf } from "../rules/analyse.js";
import { compareTrees } from "../rules/compare.js";
import type { Finding } from "../rules/finding.js";
import type { Rule } from "../rules/rule.js";
import { introduced } from "./compare.js";
import { isReviewed, reportingRules, treated } from "./configured.js";
import { type DiffIndex, indexDiff } from "./diff-index.js";
import { type DismissedFinding, setAside } from "./dismissal.js";
import { type Sifted, sift } from "./ignores/apply.js";
import type { Ignore } from "./ignores/ignore.js";
import { ignoresOf } from "./ignores/ignores-of.js";
import { onePerPlace } from "./one-per-place.js";
import { changeRank, type Placed, place } from "./place.js";
import { actionOf, byImportance, conclude, DEFAULT_POLICY, limitComments, type Policy } from "./policy.js";
import { annotationOf, faultAnnotation } from "./render/annotation.js";
import { commentBody } from "./render/comment.js";
import { summaryMarkdown, verdictTitle } from "./render/summary.js";
import { reported } from "./report.js";
import type { IgnoredFinding, ReportedFinding, Review, ReviewComment } from "./review.js";
import type { ChangedFile, Omission, PullRef, Snapshot } from "./snapshot.js";
import { spanText } from "./span-text.js";
import { type Suggestion, suggester } from "./suggestion.js";

/** What the rules found in `paths` of one revision, and what could not be looked at. */
export interface Analysed {
  readonly findings: readonly Finding[];
  readonly omissions: readonly Omission[];
}
export type Analyse = (tree: SourceTree, paths: readonly string[]) => Analysed;
/** What the head lacks of what the base has, in the changed Python files. */
type Compare = (paths: readonly { readonly base?: string; readonly head?: string }[]) => readonly Finding[];

/**
 * The review of a snapshot by `rules`. Throws only on a bug.
 * @param configured what the maintainers ask for; its gate is in `policy` already
 */
export function review(
  snapshot: Snapshot,
  rules: readonly Rule[],
  cache: Cache,
  policy: Policy = DEFAULT_POLICY,
  configured: Configured = UNCONFIGURED,
): Review {
  return reviewSharing(createModuleCache(cache), snapshot, rules, policy, configured);
}

/** The same with `modules` that other reviews have read, of this repository or another. */
export function reviewSharing(
  modules: ModuleCache,
  snapshot: Snapshot,
  rules: readonly Rule[],
  policy: Policy = DEFAULT_POLICY,
  configured: Configured = UNCONFIGURED,
): Review {
  const reporting = reportingRules(rules, configured.configuration);
  const models = withOwnModels(catalogue, configured.configuration.models);
  const { base, head } = snapshot;
  const change = { base, head, paths: changedPaths(snapshot) };
  const analyseTree: Analyse = analyserOf(change, reporting, modules, models);
  const compare: Compare = (paths) => compareTrees(snapshot.base, snapshot.head, paths, reporting, modules);
  return reviewWith(analyseTree, snapshot, rules, policy, configured, { compare, modules });
}

interface Besides {
  /** Finds nothing when absent. */
  readonly compare?: Compare;
  /** What was read already. */
  readonly modules?: ModuleCache;
}

/** The same for any analysis; every finding's rule must be among `rules`. */
export function reviewWith(
  analyseTree: Analyse,
  snapshot: Snapshot,
  rules: readonly Rule[],
  policy: Policy = DEFAULT_POLICY,
  { configuration, problems }: Configured = UNCONFIGURED,
  { compare = () => [], modules = createModuleCache() }: Besides = {},
): Review {
  const isChosen = isReviewed(configuration);
  const chosen = (side: "basePath" | "headPath") => pathsOf(snapshot, side).filter(isChosen);
  const base = analyseChanged(analyseTree, snapshot.base, chosen("basePath"));
  const head = analyseChanged(analyseTree, snapshot.head, chosen("headPath"));
  const diff = indexDiff(snapshot.changes);
  const fresh = introduced({
    base: base.findings.map(onBase),
    head: head.findings,
    rank: (finding) => changeRank(finding, diff),
    textOf: (step) => spanText(snapshot[step.side], step.span),
  });
  const families = new Map(rules.map(({ id, family }) => [id, family]));
  const familyOf = (ruleId: string) => families.get(ruleId) ?? "";
  const compared = changedPaths(snapshot).filter((path) => isChosen(path.head ?? path.base ?? ""));
  const lost = compare(compared).filter((finding) => !isSaid(finding, fresh, familyOf));
  const notReviewed = unique([...snapshot.omissions, ...head.omissions, ...base.omissions]);
  const unread = new Set(notReviewed.map(({ path }) => path));
  const sifted = sift({
    findings: treated([...onePerPlace(fresh), ...lost], rules, configuration),
    present: [...head.findings, ...lost],
    reviewed: chosen("headPath").filter((path) => !unread.has(path)),
    rules,
    reporting: reportingRules(rules, configuration),
    policy: configuration.ignores,
    diff,
    ignoresOf: ignoresOf(snapshot.head, modules),
  });
  return worded({
    snapshot,
    rules,
    policy,
    diff,
    sifted,
    notReviewed,
    problems,
    reviewedFiles: head.readable,
    suggest: suggester({ head: snapshot.head, diff, analyse: analyseTree }),
  });
}

/** An analysis sees one tree and calls it the head; in the base every step counts in the base. */
function onBase(finding: Finding): Finding {
  const [first, ...rest] = finding.evidence;
  const moved = (step: Step): Step => ({ ...step, side: "base" });
  return { ...finding, evidence: [moved(first), ...rest.map(moved)] };
}

interface Reading extends Analysed {
  /** How many of the paths were analysed. */
  readonly readable: number;
}

/** Analyses what can be read of `paths`; the rest is named with its reason. */
function analyseChanged(analyseTree: Analyse, tree: SourceTree, paths: readonly string[]): Reading {
  tree.prefetch?.(paths);
  const omissions: Omission[] = [];
  const readable = paths.filter((path) => {
    const file = tree.read(path);
    // A changed path that the tree lacks is a symbolic link or a submodule.
    if (file?.kind !== "text") omissions.push({ path, reason: file?.reason ?? "is not a regular file" });
    return file?.kind === "text";
  });
  const analysed = analyseTree(tree, readable);
  return {
    findings: analysed.findings,
    omissions: [...omissions, ...analysed.omissions],
    readable: readable.length,
  };
}

/** The changed Python files of one side, sorted. */
function pathsOf(snapshot: Snapshot, side: "basePath" | "headPath"): readonly string[] {
  const paths = snapshot.changes.map((file) => file[side]);
  return paths.filter((path) => path?.endsWith(".py") === true).sort() as string[];
}

/** The changed Python files that have text on both sides. */
function changedPaths({ changes, base, head }: Snapshot): readonly { base?: string; head?: string }[] {
  const isText = (tree: SourceTree, path: string | undefined): path is string =>
    path?.endsWith(".py") === true && tree.read(path)?.kind === "text";
  return changes
    .map(({ basePath, headPath }) => ({
      ...(isText(base, basePath) ? { base: basePath } : {}),
      ...(isText(head, headPath) ? { head: headPath } : {}),
    }))
    .filter((path) => path.base !== undefined || path.head !== undefined);
}

/**
 * Does a finding already say what the head does wrong there: one of the same family about the same definition, or any
 * whose proof meets the exposed lines?
 */
function isSaid(lost: Finding, fresh: readonly Finding[], familyOf: (ruleId: string) => string): boolean {
  const missing = lost.evidence.find(({ side }) => side === "head");
  return fresh.some(({ ruleId, where = "", evidence, confidence }) => {
    if (confidence === "low" || evidence.at(-1)!.span.path !== missing?.span.path) return false;
    if (evidence.some((step) => step.side === "head" && meet(step, missing))) return true;
    const own = lost.where ?? "";
    const isRelated = where === own || where.startsWith(`${own}.`) || own.startsWith(`${where}.`);
    return isRelated && familyOf(ruleId) === familyOf(lost.ruleId);
  });
}

function meet({ span: one }: Step, { span: other }: Step): boolean {
  if (one.path !== other.path) return false;
  return one.start.line <= other.end.line && other.start.line <= one.end.line;
}

interface Wording {
  readonly snapshot: Snapshot;
  readonly rules: readonly Rule[];
  readonly policy: Policy;
  readonly diff: DiffIndex;
  readonly sifted: Sifted;
  readonly notReviewed: readonly Omission[];
  /** Of the configuration. */
  readonly problems: readonly ConfigurationProblem[];
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

function worded(wording: Wording): Review {
  const { snapshot, policy, notReviewed, problems, reviewedFiles, sifted } = wording;
  const { said, dismissed } = sayAll(wording);
  const findings = said.map((each) => each.finding);
  const ignored = sayIgnored(wording);
  const ignores = { ignored, faults: sifted.faults };
  const conclusion = conclude(findings, incomplete(snapshot, notReviewed), policy);
  const verdict = { conclusion, findings, dismissed, notReviewed, problems, reviewedFiles, policy, ignores };
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
    [file.headPath, file.basePath].some((path) => path?.endsWith(".py"));
  const changed = new Set(
    snapshot.changes.filter(isPython).flatMap((file) => [file.headPath, file.basePath]),
  );
  const elsewhere = (path: string) =>
    snapshot.head.blobOf(path) !== undefined || snapshot.base.blobOf(path) !== undefined;
  return notReviewed.some(({ path, isLimit }) => !isLimit && (changed.has(path) || !elsewhere(path)));
}

function unique(omissions: readonly Omission[]): readonly Omission[] {
  return [
    ...new Map(
      omissions.map((omission) => [JSON.stringify([omission.path, omission.reason]), omission]),
    ).values(),
  ];
}
