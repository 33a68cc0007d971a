// The whole product as one pure function: a snapshot in, a review out.

import { isPolicyFile } from "../analysis/protection/policy.js";
import type { Step } from "../analysis/step.js";
import type { Omission } from "../base/omission.js";
import { isPythonCode } from "../base/python-file.js";
import type { Cache, SourceTree } from "../base/source.js";
import { type ConfigurationProblem, type Configured, UNCONFIGURED } from "../config/configuration.js";
import { CONFIGURATION_FILES, configurationIn } from "../config/read.js";
import { withOwnModels, withSecretNames } from "../models/catalogue.js";
import { catalogue } from "../models/index.js";
import { createModuleCache, type ModuleCache } from "../python/program.js";
import { analyserOf } from "../rules/analyse.js";
import { compareTrees } from "../rules/compare.js";
import type { Finding } from "../rules/finding.js";
import type { Rule } from "../rules/rule.js";
import { introduced } from "./compare.js";
import { beyondBaseline, isReviewed, reportingRules, treated } from "./configured.js";
import { indexDiff } from "./diff-index.js";
import { sift } from "./ignores/apply.js";
import { ignoresOf } from "./ignores/ignores-of.js";
import { type LeftAlone, leftAlone } from "./left-alone.js";
import { onePerPlace } from "./one-per-place.js";
import { changeRank } from "./place.js";
import { DEFAULT_POLICY, type Policy } from "./policy.js";
import type { Review } from "./review.js";
import type { Snapshot } from "./snapshot.js";
import { spanText } from "./span-text.js";
import { suggester } from "./suggestion.js";
import { worded } from "./word.js";

/** What the rules found in `paths` of one revision, and what could not be looked at. */
export interface Analysed {
  readonly findings: readonly Finding[];
  readonly omissions: readonly Omission[];
}
export type Analyse = (tree: SourceTree, paths: readonly string[]) => Analysed;
/** What the head lacks of what the base has, in the changed Python files. */
type Compare = (paths: readonly { readonly base?: string; readonly head?: string }[]) => Analysed;

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
  const { models: own, sensitiveNames } = configured.configuration;
  const models = withSecretNames(withOwnModels(catalogue, own), sensitiveNames);
  const { base, head } = snapshot;
  const alone = leftAlone(snapshot);
  const isChosen = chosenBy(isReviewed(configured.configuration), alone);
  const change = {
    base,
    head,
    paths: changedPaths(snapshot, (path) => isPythonCode(path) && isChosen(path)),
  };
  const analyseTree: Analyse = analyserOf(change, reporting, modules, models);
  const compare: Compare = (paths) => compareTrees(snapshot.base, snapshot.head, paths, reporting, modules);
  return reviewWith(analyseTree, snapshot, rules, policy, configured, { compare, modules, alone });
}

interface Besides {
  /** Finds nothing when absent. */
  readonly compare?: Compare;
  /** What was read already. */
  readonly modules?: ModuleCache;
  /** What of `snapshot` is left alone, where the caller has asked already. */
  readonly alone?: LeftAlone;
}

/** Is a path reviewed, of either side? */
function chosenBy(isWanted: (path: string) => boolean, alone: LeftAlone): (path: string) => boolean {
  return (path) => isWanted(path) && !alone.paths.has(path);
}

/** The same for any analysis; every finding's rule must be among `rules`. */
export function reviewWith(
  analyseTree: Analyse,
  snapshot: Snapshot,
  rules: readonly Rule[],
  policy: Policy = DEFAULT_POLICY,
  { configuration, baseline, problems }: Configured = UNCONFIGURED,
  {
    compare = () => ({ findings: [], omissions: [] }),
    modules = createModuleCache(),
    alone = leftAlone(snapshot),
  }: Besides = {},
): Review {
  const isWanted = isReviewed(configuration);
  const isChosen = chosenBy(isWanted, alone);
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
  const compared = changedPaths(snapshot, isCompared).filter((path) =>
    isChosen(path.head ?? path.base ?? ""),
  );
  const comparison = compare(compared);
  const lost = comparison.findings.filter((finding) => !isSaid(finding, fresh, familyOf));
  const notReviewed = unique([
    ...snapshot.omissions,
    ...head.omissions,
    ...base.omissions,
    ...comparison.omissions,
    ...alone.omissions.filter(({ path }) => isWanted(path)),
  ]);
  const unread = new Set(notReviewed.map(({ path }) => path));
  const wanted = treated([...onePerPlace(fresh), ...lost], rules, configuration);
  const unknown = beyondBaseline(wanted, baseline);
  const sifted = sift({
    findings: unknown,
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
    wrongInHead: wrongInHead(snapshot),
    inBaseline: wanted.length - unknown.length,
    reviewedFiles: head.readable,
    suggest: suggester({ head: snapshot.head, diff, analyse: analyseTree }),
  });
}

/** What would not be followed in a configuration that the change writes; it counts once it is merged. */
function wrongInHead({ changes, head }: Snapshot): readonly ConfigurationProblem[] {
  const isChanged = changes.some(({ headPath }) => CONFIGURATION_FILES.includes(headPath ?? ""));
  return isChanged ? configurationIn(head).problems : [];
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
  return paths.filter((path) => path !== undefined && isPythonCode(path)).sort() as string[];
}

/** What both revisions have is compared in Python files and in those that say who may do what. */
const isCompared = (path: string) => isPythonCode(path) || isPolicyFile(path);

/** The changed files, Python if nothing else is asked for, that have text. */
function changedPaths(
  { changes, base, head }: Snapshot,
  isWanted: (path: string) => boolean = isPythonCode,
): readonly { base?: string; head?: string }[] {
  const isText = (tree: SourceTree, path: string | undefined): path is string =>
    path !== undefined && isWanted(path) && tree.read(path)?.kind === "text";
  return changes
    .map(({ basePath, headPath }) => ({
      ...(isText(base, basePath) ? { base: basePath } : {}),
      ...(isText(head, headPath) ? { head: headPath } : {}),
    }))
    .filter((path) => path.base !== undefined || path.head !== undefined);
}

/** Families whose defects are about what data does: a lost check of one may be the defect of another. */
const ABOUT_DATA = new Set(["input-validation", "information-leakage", "sql-injection", "access-control"]);

/**
 * Does a finding already say what the head does wrong there: one of the same family about the same definition, or one
 * about data whose proof meets the exposed lines?
 */
function isSaid(lost: Finding, fresh: readonly Finding[], familyOf: (ruleId: string) => string): boolean {
  const missing = lost.evidence.find(({ side }) => side === "head");
  return fresh.some(({ ruleId, where = "", evidence, confidence }) => {
    if (confidence === "low" || !missing) return false;
    const [family, other] = [familyOf(lost.ruleId), familyOf(ruleId)];
    const isAlike = family === other || (ABOUT_DATA.has(family) && ABOUT_DATA.has(other));
    if (isAlike && evidence.some((step) => step.side === "head" && meet(step, missing))) return true;
    if (evidence.at(-1)!.span.path !== missing.span.path) return false;
    const own = lost.where ?? "";
    const isRelated = where === own || where.startsWith(`${own}.`) || own.startsWith(`${where}.`);
    return isRelated && family === other;
  });
}

function meet({ span: one }: Step, { span: other }: Step): boolean {
  if (one.path !== other.path) return false;
  return one.start.line <= other.end.line && other.start.line <= one.end.line;
}

function unique(omissions: readonly Omission[]): readonly Omission[] {
  return [
    ...new Map(
      omissions.map((omission) => [JSON.stringify([omission.path, omission.reason]), omission]),
    ).values(),
  ];
}
