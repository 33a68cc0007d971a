// What the configuration changes in a review: which files, which rules, how sure and how severe.
import picomatch from "picomatch";
import type { Baseline } from "../config/baseline.js";
import type { Configuration, Treatment } from "../config/configuration.js";
import type { Confidence, Finding } from "../rules/finding.js";
import type { Rule } from "../rules/rule.js";
import { fingerprint } from "./fingerprint.js";

/** Whether the file at a path, from the top of the repository, is reviewed. */
export function isReviewed({ include, exclude }: Configuration): (path: string) => boolean {
  const included = include.length === 0 ? () => true : picomatch([...include], { dot: true });
  const excluded = exclude.length === 0 ? () => false : picomatch([...exclude], { dot: true });
  return (path) => included(path) && !excluded(path);
}

export function reportingRules(rules: readonly Rule[], configuration: Configuration): readonly Rule[] {
  return rules.filter((rule) => treatmentOf(rule, configuration).enabled !== false);
}

const RANK: Readonly<Record<Confidence, number>> = { high: 0, medium: 1, low: 2 };

/** The findings that are reported, with their severity. Every finding's rule is among `rules`. */
export function treated(
  findings: readonly Finding[],
  rules: readonly Rule[],
  configuration: Configuration,
): readonly Finding[] {
  const treatments = new Map(rules.map((rule) => [rule.id, treatmentOf(rule, configuration)]));
  return findings.flatMap((finding) => {
    const { enabled, severity, confidence = "low" } = treatments.get(finding.ruleId) ?? {};
    if (enabled === false || RANK[finding.confidence] > RANK[confidence]) return [];
    return severity === undefined ? [finding] : [{ ...finding, severity }];
  });
}

/** The findings beyond those of the baseline, of each fingerprint as many as it has more. */
export function beyondBaseline(findings: readonly Finding[], baseline: Baseline): readonly Finding[] {
  const left = new Map(baseline);
  return findings.filter((finding) => {
    const key = fingerprint(finding);
    const known = left.get(key) ?? 0;
    left.set(key, known - 1);
    return known <= 0;
  });
}

/** The rule's own treatment before that of its family, and that before what is said of all. */
function treatmentOf({ id, family }: Rule, { families, rules, confidence }: Configuration): Treatment {
  return { ...(confidence && { confidence }), ...families[family], ...rules[id] };
}
