// The baseline of a project that is older than its reviews: findings that are known and left alone.
import { z } from "zod";

/** How often each fingerprint is known. */
export type Baseline = ReadonlyMap<string, number>;

export const NO_BASELINE: Baseline = new Map();

/** A finding as far as a baseline keeps it. */
interface Known {
  /** 16 hex digits. */
  readonly fingerprint: string;
  readonly rule: string;
  readonly path: string;
}

const schema = z.object({
  version: z.literal(1),
  findings: z.array(
    z.object({ fingerprint: z.string(), rule: z.string(), path: z.string(), count: z.int().min(1) }),
  ),
});

/**
 * The file of a baseline: JSON with one line for each fingerprint, sorted, so that two of them merge and compare well.
 * Rule and path are for people; only fingerprints count, so that files may move.
 */
export function baselineText(findings: readonly Known[]): string {
  const counted = new Map<string, Known & { count: number }>();
  for (const { fingerprint, rule, path } of findings) {
    const count = (counted.get(fingerprint)?.count ?? 0) + 1;
    counted.set(fingerprint, { fingerprint, rule, path, count });
  }
  const sorted = [...counted.values()].sort(
    (a, b) => compare(a.path, b.path) || compare(a.rule, b.rule) || compare(a.fingerprint, b.fingerprint),
  );
  const lines = sorted.map((known) => `    ${JSON.stringify(known)}`);
  const list = lines.length === 0 ? "[]" : `[\n${lines.join(",\n")}\n  ]`;
  return `{\n  "version": 1,\n  "findings": ${list}\n}\n`;
}

/** @returns undefined when `text` is no baseline */
export function readBaseline(text: string): Baseline | undefined {
  const parsed = schema.safeParse(parsedJson(text));
  if (!parsed.success) return undefined;
  return new Map(parsed.data.findings.map(({ fingerprint, count }) => [fingerprint, count]));
}

function parsedJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}

function compare(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}
