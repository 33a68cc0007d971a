// Findings of base and head to those that the change brings in. A moved defect is not one of them, a copied one is.
import type { Step } from "../analysis/step.js";
import type { Finding } from "../rules/finding.js";
import { fingerprint } from "./fingerprint.js";

interface Comparison {
  readonly base: readonly Finding[];
  readonly head: readonly Finding[];
  /** How well a head finding explains that it is new; of equal findings the higher ranked are the new ones. */
  rank(finding: Finding): number;
  /** The source text under a step, in its own revision; undefined when it cannot be read. */
  textOf(step: Step): string | undefined;
}

/**
 * The head findings that the base does not have, in the order of `head`. First by multisets of fingerprints; then what
 * is left over on both sides is paired by rule and evidence text, so that a defect whose function was renamed or moved
 * to another file counts as the old one; then by its two ends in the same function, so that a changed line which was as
 * wrong before counts as the old one too; and at last, where no data is followed (a file that is not closed, a request without
 * timeout), by rule and function alone: there a rewritten call is the same defect under another name.
 */
export function introduced(comparison: Comparison): readonly Finding[] {
  const byFingerprint = subtract(comparison.base, comparison.head, fingerprint, comparison.rank);
  const { gone, left } = byFingerprint;
  if (gone.length === 0 || left.length === 0) return inOrder(comparison.head, left);
  const shape = (finding: Finding) => evidenceShape(finding, comparison.textOf);
  const byShape = subtract(gone, left, shape, comparison.rank);
  const ends = (finding: Finding) => endsOf(finding, comparison.textOf);
  const byEnds = subtract(byShape.gone, byShape.left, ends, comparison.rank);
  return inOrder(comparison.head, unpaired(byEnds, comparison.rank));
}

/**
 * What is left when the rest is paired by `withoutData`. A defect that happens on one way, when something fails there, and
 * now on every way, is a worse one.
 */
function unpaired({ gone, left }: Difference, rank: Comparison["rank"]): readonly Finding[] {
  const isAlways = ({ evidence }: Finding) => evidence.length === 1;
  const always = subtract(gone.filter(isAlways), left.filter(isAlways), withoutData, rank);
  const sometimes = left.filter((finding) => !isAlways(finding));
  const rest = [...always.gone, ...gone.filter((finding) => !isAlways(finding))];
  return [...always.left, ...subtract(rest, sometimes, withoutData, rank).left];
}

interface Difference {
  /** Base findings without a partner. */
  readonly gone: readonly Finding[];
  /** Head findings without a partner. */
  readonly left: readonly Finding[];
}

/** Pairs findings with equal keys. Where the head has more, those of the lowest rank are taken for the old ones. */
function subtract(
  base: readonly Finding[],
  head: readonly Finding[],
  keyOf: (finding: Finding) => string,
  rank: (finding: Finding) => number,
): Difference {
  const old = groupBy(base, keyOf);
  const left: Finding[] = [];
  for (const [key, findings] of groupBy(head, keyOf)) {
    const known = old.get(key) ?? [];
    const ranked = known.length === 0 ? findings : [...findings].sort((a, b) => rank(a) - rank(b));
    left.push(...ranked.slice(known.length));
    old.set(key, known.slice(findings.length));
  }
  return { gone: [...old.values()].flat(), left };
}

function groupBy(findings: readonly Finding[], keyOf: (finding: Finding) => string): Map<string, Finding[]> {
  const groups = new Map<string, Finding[]>();
  for (const finding of findings) {
    const key = keyOf(finding);
    const group = groups.get(key);
    if (group) group.push(finding);
    else groups.set(key, [finding]);
  }
  return groups;
}

function inOrder(all: readonly Finding[], some: readonly Finding[]): readonly Finding[] {
  const wanted = new Set(some);
  return all.filter((finding) => wanted.has(finding));
}

/** The rule and the text under every step, without what a formatter changes. */
function evidenceShape(finding: Finding, textOf: (step: Step) => string | undefined): string {
  const steps = finding.evidence.map((step) => {
    const text = textOf(step);
    // An unreadable step pairs with nothing but itself.
    const place = `${step.span.path}:${step.span.start.line}:${step.side}`;
    return [step.role, text === undefined ? place : text.replace(/[\s()'"\\,]+/g, "")];
  });
  return JSON.stringify([finding.ruleId, ...steps]);
}

/**
 * The rule, the function, how sure it is, where the data comes from and what is called in the end; a place of its own
 * where one cannot be read.
 */
function endsOf(finding: Finding, textOf: (step: Step) => string | undefined): string {
  const { ruleId, where, confidence, evidence } = finding;
  const last = evidence.at(-1)!;
  const called = textOf(last)?.split("(")[0]?.replace(/\s+/g, "");
  const origin = evidence.length > 1 ? textOf(evidence[0])?.replace(/\s+/g, "") : "";
  if (!called || origin === undefined || where === undefined) {
    return `${last.side}:${last.span.path}:${last.span.start.line}:${last.span.start.column}`;
  }
  return JSON.stringify([ruleId, where, confidence, last.span.path, origin, called]);
}

/** The rule, the function and the confidence of a finding that follows no data; a place of its own for one that does. */
function withoutData({ ruleId, where, confidence, evidence }: Finding): string {
  const { side, span } = evidence.at(-1)!;
  if (where === undefined || evidence.some(({ role }) => role === "source")) {
    return `${side}:${span.path}:${span.start.line}:${span.start.column}`;
  }
  return JSON.stringify([ruleId, where, confidence, span.path]);
}
