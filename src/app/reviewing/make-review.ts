// What is gathered from GitHub to a review, in a process of its own; one that exceeds its limits is made again with the
// changed files alone, and says so.
import type { Conversation } from "../../github/conversation.js";
import type { GatheredPull } from "../../github/gather.js";
import type { Source } from "../../github/source.js";
import type { Review } from "../../review/review.js";
import type { JobContext } from "../context.js";
import { timed } from "../meters.js";
import { reviewInRounds } from "./review-rounds.js";
import { ReviewExceeded, ReviewFailed } from "./review-session.js";
import { readSharedFile } from "./shared-file.js";
import { changedAlone } from "./smaller-review.js";
import type { Terms } from "./terms.js";

interface Making {
  readonly context: JobContext;
  readonly at: Conversation;
  readonly terms: Pick<Terms, "dismissals" | "isNew">;
  /** Ends it; what is thrown then is the signal's reason. */
  readonly stop: AbortSignal;
  /** Workers died of it: the whole of it is not tried again. */
  readonly isDeadly: boolean;
  gather(source: Source): Promise<GatheredPull>;
}

const DEADLY = "the processes that reviewed it died";

/** @throws ReviewFailed, RequestError, Stopped */
export async function makeReview(making: Making): Promise<Review> {
  const { context, at, terms, stop } = making;
  const { blobs, revisions } = context;
  const source = { octokit: at.octokit, name: at.name, blobs, revisions, log: at.log };
  const read = await timed(context.meters, "gather", () => making.gather(source));
  const gathered = { ...read, dismissals: terms.dismissals, isNew: terms.isNew };
  stop.throwIfAborted();
  if (making.isDeadly) return reviewGathered(making, source, changedAlone(gathered, DEADLY));
  try {
    return await reviewGathered(making, source, gathered);
  } catch (error) {
    if (!(error instanceof ReviewExceeded)) throw error;
    const head = gathered.pull.headSha;
    at.log.warn({ err: error, head }, "the review is made again with the changed files alone");
    return reviewGathered(making, source, changedAlone(gathered, error.message));
  }
}

async function reviewGathered(
  { context, at, stop }: Making,
  source: Source,
  gathered: GatheredPull,
): Promise<Review> {
  const session = context.openSession(gathered, stop);
  try {
    return await reviewInRounds(session, source, gathered, context.meters, () => readSharedFile(at));
  } catch (error) {
    if (error instanceof ReviewFailed) context.meters.crashes.inc({ reason: error.name });
    throw error;
  } finally {
    session.close();
  }
}
