// A review to the summary of its check run: the verdict, a table for each family, what to do, what was not reviewed.
import { code } from "../../base/markdown.js";
import type { Omission } from "../../base/omission.js";
import type { ConfigurationProblem } from "../../config/configuration.js";
import { FAMILIES, FAMILY_TITLES, type Family } from "../../rules/finding.js";
import type { DismissedFinding } from "../dismissal.js";
import type { IgnoreFault } from "../ignores/apply.js";
import { blocks, type Policy } from "../policy.js";
import type { Conclusion, IgnoredFinding, ReportedFinding, Side } from "../review.js";
import type { PullRef } from "../snapshot.js";
import { dismissedList } from "./dismissed.js";
import { placeLink } from "./link.js";
import { cellCode, safeCell, safeLine } from "./safe.js";

/** Of one remedy; the tables above have them all. */
const PLACES_LISTED = 10;

interface Verdict {
  readonly conclusion: Conclusion;
  /** Sorted, the most important first. */
  readonly findings: readonly ReportedFinding[];
  readonly dismissed: readonly DismissedFinding[];
  readonly notReviewed: readonly Omission[];
  /** Of the configuration. */
  readonly problems: readonly ConfigurationProblem[];
  /** Of the configuration that the change writes. */
  readonly wrongInHead: readonly ConfigurationProblem[];
  /** How many findings the baseline holds back. */
  readonly inBaseline: number;
  /** How many of the changed Python files were reviewed. */
  readonly reviewedFiles: number;
  readonly policy: Policy;
  /** What comments in the code ask to ignore, and which of them are wrong. */
  readonly ignores: {
    readonly ignored: readonly IgnoredFinding[];
    readonly faults: readonly IgnoreFault[];
  };
}

/** The verdict in one line of plain text, under 255 characters. */
export function verdictTitle(verdict: Verdict): string {
  const { findings, dismissed, inBaseline, notReviewed, reviewedFiles, policy } = verdict;
  const missing = notReviewed.filter(({ isLimit, isByKind }) => !isLimit && !isByKind).length;
  const left = [
    ...(dismissed.length === 0 ? [] : [`; ${dismissed.length} dismissed`]),
    ...(inBaseline === 0 ? [] : [`; ${inBaseline} in the baseline`]),
    ...(missing === 0 ? [] : [`; ${count(missing, "file")} not fully reviewed`]),
  ].join("");
  if (findings.length === 0 && reviewedFiles === 0) return `No Python file to review${left}`;
  if (findings.length === 0)
    return `No ${dismissed.length + inBaseline === 0 ? "" : "other "}defects in ${count(reviewedFiles, "Python file")}${left}`;
  const blocking = findings.filter((finding) => blocks(finding, policy)).length;
  const weight = policy.isAdvisory ? advisoryText(blocking) : blockingText(blocking, findings.length);
  return `${count(findings.length, "defect")}, ${weight}${left}`;
}

function advisoryText(blocking: number): string {
  return blocking === 0 ? "none would block" : `${blocking} would block (advisory)`;
}

function blockingText(blocking: number, all: number): string {
  if (blocking === 0) return all === 1 ? "not blocking" : "none blocking";
  if (blocking === all) return all === 1 ? "blocking" : "all blocking";
  return `${blocking} blocking`;
}

/** The end of a summary: how long it took, which only the shell knows. @param time milliseconds */
export function timingLine(time: number): string {
  return `\n<sub>Reviewed in ${(time / 1000).toFixed(1)} s.</sub>\n`;
}

/** Markdown; without findings it is the verdict and what was not reviewed, no more. */
export function summaryMarkdown(verdict: Verdict, pull: PullRef): string {
  const nameOf = shortNames(verdict.findings.map(({ path }) => path));
  const families = FAMILIES.map((family) => familyTable(family, verdict.findings, pull, nameOf));
  const blocks = [
    `**${verdictTitle(verdict)}.**`,
    ...families,
    todo(verdict.findings, pull),
    dismissedList(verdict.dismissed, pull),
    omissions(verdict.notReviewed),
    ignoredInCode(verdict.ignores.ignored, pull),
    ignoreFaults(verdict.ignores.faults, pull),
    configurationProblems("Not followed in the configuration", verdict.problems, "LEFT", pull),
    configurationProblems("Wrong in the configuration of this change", verdict.wrongInHead, "RIGHT", pull),
  ];
  return `${blocks.filter((block) => block !== "").join("\n\n")}\n`;
}

/** Of each path the file's name where no other path has it, so that tables stay narrow; else the path. */
function shortNames(paths: readonly string[]): (path: string) => string {
  const nameOf = (path: string) => path.slice(path.lastIndexOf("/") + 1);
  const all = [...new Set(paths)].map(nameOf);
  return (path) => (all.filter((name) => name === nameOf(path)).length > 1 ? path : nameOf(path));
}

function familyTable(
  family: Family,
  findings: readonly ReportedFinding[],
  pull: PullRef,
  nameOf: (path: string) => string,
): string {
  const own = findings.filter((finding) => finding.family === family);
  if (own.length === 0) return "";
  const rows = own.map((finding) => {
    const where = finding.where === "" ? "module" : cellCode(finding.where);
    const risk = `${safeCell(finding.message)} (${weight(finding)})`;
    const lines = placeLink({ ...finding, line: finding.startLine }, pull, cellCode, nameOf(finding.path));
    return `| ${lines} | ${where} | ${risk} | ${safeCell(finding.help)} |`;
  });
  return [
    `### ${FAMILY_TITLES[family]}`,
    "",
    "| Lines | Function | Risk | Remedy |",
    "|---|---|---|---|",
    ...rows,
  ].join("\n");
}

function weight(finding: ReportedFinding): string {
  return finding.confidence === "low" ? `${finding.severity}, low confidence` : finding.severity;
}

/** One entry for each remedy, with the places it is for. */
function todo(findings: readonly ReportedFinding[], pull: PullRef): string {
  if (findings.length === 0) return "";
  const places = new Map<string, Set<string>>();
  for (const finding of findings) {
    const place = placeLink({ ...finding, line: finding.startLine }, pull);
    const known = places.get(finding.help);
    if (known) known.add(place);
    else places.set(finding.help, new Set([place]));
  }
  const list = [...places].map(
    ([help, where], index) => `${index + 1}. ${safeLine(help)} (${someOf([...where])})`,
  );
  return ["### What to do", "", ...list].join("\n");
}

function someOf(places: readonly string[]): string {
  const left = places.length - PLACES_LISTED;
  return left > 0 ? `${places.slice(0, PLACES_LISTED).join(", ")} and ${left} more` : places.join(", ");
}

function omissions(notReviewed: readonly Omission[]): string {
  if (notReviewed.length === 0) return "";
  const list = alike(notReviewed).map(([{ path, reason }, ...others]) => {
    if (path === "") return `- ${safeLine(reason)}`;
    if (others.length === 0) return `- ${code(path)} ${safeLine(reason)}`;
    const named = [path, ...others.map((other) => other.path)].slice(0, MOST_NAMED).map(code);
    const more = others.length + 1 - named.length;
    const last = more > 0 ? `${more} more` : named.pop()!;
    return `- ${named.join(", ")} and ${last}: each ${safeLine(reason)}`;
  });
  return ["### Not reviewed", "", ...list].join("\n");
}

/** Of files that are left alone for the same reason, so many are named. */
const MOST_NAMED = 5;

/** What is left alone by what it is, one group for each reason; everything else by itself. */
function alike(notReviewed: readonly Omission[]): readonly (readonly [Omission, ...Omission[]])[] {
  const groups = new Map<string, [Omission, ...Omission[]]>();
  for (const omission of notReviewed) {
    const { path, reason, isByKind } = omission;
    const key = isByKind && path !== "" ? reason : `${reason}\n${path}`;
    const group = groups.get(key);
    if (group) group.push(omission);
    else groups.set(key, [omission]);
  }
  return [...groups.values()];
}

function ignoredInCode(ignored: readonly IgnoredFinding[], pull: PullRef): string {
  if (ignored.length === 0) return "";
  const list = ignored.map(({ rule, by }) => {
    const where = placeLink({ ...by, endLine: by.line, side: "RIGHT" }, pull);
    return `- ${where} ${code(rule)}: ${by.reason === "" ? code(by.text) : safeLine(by.reason)}`;
  });
  return ["### Ignored by comments in the code", "", ...list].join("\n");
}

function ignoreFaults(faults: readonly IgnoreFault[], pull: PullRef): string {
  if (faults.length === 0) return "";
  const list = faults.map(
    ({ path, line, what }) =>
      `- ${placeLink({ path, line, endLine: line, side: "RIGHT" }, pull)} ${safeLine(what)}`,
  );
  return ["### Comments in the code that ignore nothing", "", ...list].join("\n");
}

function configurationProblems(
  title: string,
  problems: readonly ConfigurationProblem[],
  side: Side,
  pull: PullRef,
): string {
  if (problems.length === 0) return "";
  const list = problems.map(
    (problem) =>
      `- ${placeLink({ ...problem, endLine: problem.line, side }, pull)} ${safeLine(problem.what)}`,
  );
  return [`### ${title}`, "", ...list].join("\n");
}

function count(number: number, noun: string): string {
  return `${number} ${noun}${number === 1 ? "" : "s"}`;
}
