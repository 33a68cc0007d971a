// What the work on a job needs from the process around it.
import type { Logger } from "pino";
import type { BlobStore } from "../base/listing.js";
import type { AppAccess } from "../github/app-access.js";
import type { Budgets } from "../github/budget.js";
import type { Conversation } from "../github/conversation.js";
import type { RevisionCache } from "../github/revision-cache.js";
import type { Waits } from "../github/write-once.js";
import type { JobQueue } from "../queue/queue.js";
import type { Dismissals } from "../store/dismissals.js";
import type { LastReviews } from "../store/last-reviews.js";
import type { Outcomes } from "../store/outcomes.js";
import type { Pauses } from "../store/pauses.js";
import type { Runs } from "../store/runs.js";
import type { Job, RerunJob } from "./jobs/job.js";
import type { StopSignals } from "./jobs/stopped.js";
import type { Meters } from "./meters.js";
import type { RememberedReview } from "./reviewing/remembered.js";
import type { OpenSession } from "./reviewing/review-session.js";

export interface JobContext {
  readonly access: AppAccess;
  readonly queue: JobQueue;
  readonly runs: Runs;
  readonly outcomes: Outcomes;
  readonly dismissals: Dismissals;
  readonly pauses: Pauses;
  readonly lastReviews: LastReviews<RememberedReview>;
  readonly blobs: BlobStore;
  readonly revisions: RevisionCache;
  readonly openSession: OpenSession;
  /** How long a new installation only says what it would do, in milliseconds. */
  readonly advisoryTime: number;
  /** Whether findings go to GitHub's code scanning, too. */
  readonly uploadsSarif: boolean;
  readonly budgets: Budgets;
  readonly meters: Meters;
  readonly log: Logger;
  /** See Conversation. */
  readonly waits?: Waits;
}

/**
 * The conversation of a job's pull request, with a token for its repository alone.
 * @throws RequestError 404 when the app is no longer installed there
 */
export async function enterConversation(
  context: JobContext,
  job: Exclude<Job, RerunJob>,
  signals: StopSignals,
): Promise<Conversation> {
  const [octokit, botLogin] = await Promise.all([
    context.access.forRepository(job, signals.halt),
    context.access.botLogin(),
  ]);
  const { delivery, pull } = job;
  const log = context.log.child({ delivery, repository: `${job.owner}/${job.repo}`, pull });
  const name = { owner: job.owner, repo: job.repo };
  const threadClient = () => context.access.forExtra("threads", job, signals.halt);
  const organisationClient = () => context.access.forOrganisation(job.installation, signals.halt);
  const waits = context.waits ? { waits: context.waits } : {};
  return { octokit, name, pull: job.pull, botLogin, log, threadClient, organisationClient, ...waits };
}
