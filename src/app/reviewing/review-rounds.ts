// Rounds of one review: what it read in vain is fetched, and it is made again, until it has everything or has had
// enough. Then the rest is said to be missing.
import type { SharedFile } from "../../config/shared.js";
import { fetchBlobs } from "../../github/fetch-blobs.js";
import type { GatheredPull } from "../../github/gather.js";
import type { Source } from "../../github/source.js";
import type { Review } from "../../review/review.js";
import { type Meters, timed } from "../meters.js";
import type { ReviewSession } from "./review-session.js";

/** Rounds after which files are fetched; each follows the program one step further away from the change. */
const MAX_ROUNDS = 8;

/**
 * @param readShared the organisation's configuration
 * @throws ReviewFailed, RequestError
 */
export async function reviewInRounds(
  session: ReviewSession,
  source: Source,
  gathered: GatheredPull,
  meters: Meters,
  readShared: () => Promise<SharedFile>,
): Promise<Review> {
  const { pull, base, head } = gathered;
  const archives = [
    { commit: pull.headSha, files: head },
    { commit: pull.baseSha, files: base },
  ];
  const unavailable = new Map<string, string>();
  let shared: { readonly shared: SharedFile } | undefined;
  for (let round = 1; round <= MAX_ROUNDS; round++) {
    const result = await timed(meters, "analyse", () => session.round({ unavailable, ...shared }));
    if (result.kind === "reviewed") return result.review;
    if (result.kind === "wanting-shared") {
      shared = { shared: await readShared() };
      continue;
    }
    source.log.debug({ round, files: result.files.length }, "the review wants more files");
    const missing = await timed(meters, "fetch", () => fetchBlobs(source, result.files, archives));
    for (const [blob, reason] of missing) unavailable.set(blob, reason);
  }
  const last = await session.round({
    unavailable,
    ...shared,
    otherwise: "was not fetched: too far away from the change",
  });
  if (last.kind === "reviewed") return last.review;
  throw new Error("the last round wants more files");
}
