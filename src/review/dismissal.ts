// What people have set aside: it fails no check and gets no comment, and every summary lists it with its reason.
import type { ReportedFinding } from "./review.js";

/** Somebody who may write to the repository has said that a finding is not to be mended. */
export interface Dismissal {
  /** Of the finding: 16 hex digits. */
  readonly fingerprint: string;
  /** Login of who said so. */
  readonly by: string;
  /** As written: any text of others. */
  readonly reason: string;
  /** When it ends, in milliseconds since 1970; undefined: never. */
  readonly until?: number;
}

export interface DismissedFinding {
  readonly finding: ReportedFinding;
  readonly dismissal: Dismissal;
}

interface SetAside {
  readonly open: readonly ReportedFinding[];
  readonly dismissed: readonly DismissedFinding[];
}

/** Both in the order of `findings`; a dismissal counts for every finding of its fingerprint. */
export function setAside(findings: readonly ReportedFinding[], dismissals: readonly Dismissal[]): SetAside {
  const known = new Map(dismissals.map((dismissal) => [dismissal.fingerprint, dismissal]));
  return {
    open: findings.filter(({ fingerprint }) => !known.has(fingerprint)),
    dismissed: findings.flatMap((finding) => {
      const dismissal = known.get(finding.fingerprint);
      return dismissal ? [{ finding: { ...finding, placement: "summary" as const }, dismissal }] : [];
    }),
  };
}

/** How a finding is called in commands: the first 8 digits of its fingerprint. */
export function findingId({ fingerprint }: { readonly fingerprint: string }): string {
  return fingerprint.slice(0, 8);
}
