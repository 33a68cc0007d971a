// What is kept of the last review of a pull request: enough to speak about its findings.
import { z } from "zod";
import type { Omission } from "../../base/omission.js";
import type { ReportedFinding, Review, ReviewComment } from "../../review/review.js";

export interface RememberedReview {
  readonly headSha: string;
  /** Also those that were dismissed. */
  readonly findings: readonly ReportedFinding[];
  readonly notReviewed: readonly Omission[];
  /** Fingerprints of all findings that ever had a comment: one without has lost it to somebody's hand. */
  readonly posted: readonly string[];
}

/** Raised when the shape changes: what an older version has kept is then forgotten. */
const SHAPE = 1;
const kept = z.object({ shape: z.literal(SHAPE) });

/** @param rejected comments of the review that GitHub did not take */
export function remember(
  review: Review,
  rejected: readonly ReviewComment[],
  before: RememberedReview | undefined,
): RememberedReview {
  const { headSha, findings, dismissed, notReviewed, comments } = review;
  const taken = comments.filter((comment) => !rejected.includes(comment));
  const posted = new Set([...(before?.posted ?? []), ...taken.map(({ fingerprint }) => fingerprint)]);
  const all = [...findings, ...dismissed.map(({ finding }) => finding)];
  const remembered = { headSha, findings: all, notReviewed, posted: [...posted] };
  return Object.assign(remembered, { shape: SHAPE });
}

/** @param value as it was kept */
export function parseRemembered(value: unknown): RememberedReview | undefined {
  return kept.safeParse(value).success ? (value as RememberedReview) : undefined;
}
