// A review as SARIF 2.1.0, for code scanning and editors.
import type { Rule } from "../../rules/rule.js";
import type { IgnoredFinding, ReportedFinding, ReportedStep, Review } from "../review.js";
import { encodePath } from "./link.js";
import { plainLine, safeLine } from "./safe.js";

const SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json";
const LEVELS = { high: "error", medium: "warning", low: "note" } as const;
const FINGERPRINT = "hognose/v1";

/**
 * The SARIF text of a review. `rules` are all that ran, in the order in which results refer to them;
 * `version` is the program's ("0.1.0").
 */
export function renderSarif(review: Review, rules: readonly Rule[], version: string): string {
  const run = {
    tool: { driver: { name: "Hognose", version, semanticVersion: version, rules: rules.map(sarifRule) } },
    columnKind: "utf16CodeUnits",
    invocations: [
      { executionSuccessful: true, toolExecutionNotifications: review.notReviewed.map(notification) },
    ],
    properties: { conclusion: review.conclusion, base: review.baseSha, head: review.headSha },
    results: [
      ...review.findings.map((finding) => sarifResult(finding, rules)),
      ...review.ignored.map((finding) => ({
        ...sarifResult(finding, rules),
        suppressions: [suppression(finding)],
      })),
    ],
  };
  return `${JSON.stringify({ $schema: SCHEMA, version: "2.1.0", runs: [run] }, null, 2)}\n`;
}

function sarifRule(rule: Rule) {
  return {
    id: rule.id,
    name: rule.title,
    shortDescription: { text: rule.title },
    fullDescription: { text: plainLine(rule.docs.what) },
    help: { text: helpText(rule, ""), markdown: helpText(rule, "```") },
    properties: {
      tags: ["security", rule.family, `external/cwe/${cweTag(rule.cwe)}`],
      family: rule.family,
    },
  };
}

/** "CWE-89" to "cwe-089", as GitHub's code scanning expects it. */
function cweTag(cwe: string): string {
  return `cwe-${cwe.replace(/\D/g, "").padStart(3, "0")}`;
}

function helpText({ docs }: Rule, fence: "" | "```"): string {
  const example = (python: string) => (fence === "" ? python : `${fence}python\n${python}\n${fence}`);
  return [docs.what, docs.why, "Instead of", example(docs.bad), "write", example(docs.good)].join("\n\n");
}

function sarifResult(finding: ReportedFinding, rules: readonly Rule[]) {
  const index = rules.findIndex((rule) => rule.id === finding.rule);
  return {
    ruleId: finding.rule,
    ...(index < 0 ? {} : { ruleIndex: index }),
    level: LEVELS[finding.severity],
    message: {
      text: `${plainLine(finding.message)} ${plainLine(finding.help)}`,
      markdown: `${safeLine(finding.message)} ${safeLine(finding.help)}`,
    },
    locations: [location({ ...finding, line: finding.startLine })],
    partialFingerprints: { [FINGERPRINT]: finding.fingerprint },
    codeFlows: [{ threadFlows: [{ locations: finding.evidence.map(flowLocation) }] }],
    properties: {
      family: finding.family,
      cwe: finding.cwe,
      confidence: finding.confidence,
      placement: finding.placement,
      side: finding.side,
    },
  };
}

function suppression({ by }: IgnoredFinding) {
  const place = { path: by.path, line: by.line, endLine: by.line };
  return { kind: "inSource", location: location(place), justification: by.reason || by.text };
}

function flowLocation(step: ReportedStep) {
  return { location: { ...location(step), message: { text: plainLine(step.note) } }, kinds: [step.role] };
}

function location(place: { path: string; line: number; endLine: number }) {
  return {
    physicalLocation: {
      artifactLocation: artifact(place.path),
      region: { startLine: place.line, endLine: place.endLine },
    },
  };
}

function artifact(path: string) {
  return path.startsWith("/") ? { uri: `file://${encodePath(path)}` } : { uri: encodePath(path) };
}

function notification({ path, reason }: { path: string; reason: string }) {
  return {
    level: "warning",
    message: { text: path === "" ? plainLine(reason) : `${path} ${plainLine(reason)}` },
    ...(path === "" ? {} : { locations: [{ physicalLocation: { artifactLocation: artifact(path) } }] }),
  };
}
