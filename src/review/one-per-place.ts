// One place, one comment: several sources that reach the same call are one defect to whoever mends it.
import type { Confidence, Finding } from "../rules/finding.js";

const RANK: Readonly<Record<Confidence, number>> = { high: 0, medium: 1, low: 2 };

/**
 * Of the findings of one rule at one place (the last step of their evidence, and the text that is run there where
 * another function wrote it), the one to say: the surest, then the one
 * with the shortest proof, then the first. Order is kept.
 */
export function onePerPlace(findings: readonly Finding[]): readonly Finding[] {
  const best = new Map<string, Finding>();
  for (const finding of findings) {
    const place = placeOf(finding);
    const known = best.get(place);
    if (!known || isBetter(finding, known)) best.set(place, finding);
  }
  return findings.filter((finding) => best.get(placeOf(finding)) === finding);
}

function placeOf({ ruleId, evidence, written }: Finding): string {
  const { side, span } = evidence.at(-1) ?? evidence[0];
  const text = written ? ` ${written.path}:${written.start.line}:${written.start.column}` : "";
  return `${ruleId} ${side} ${span.path}:${span.start.line}:${span.start.column}${text}`;
}

function isBetter(finding: Finding, known: Finding): boolean {
  const difference = RANK[finding.confidence] - RANK[known.confidence];
  return difference < 0 || (difference === 0 && finding.evidence.length < known.evidence.length);
}
