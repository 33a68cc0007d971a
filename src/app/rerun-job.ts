// GitHub's own "re-run" at a commit: every pull request whose head it is gets another review.
import { listPullsOfHead } from "../github/open-pulls.js";
import type { JobContext } from "./context.js";
import { type RerunJob, requestedReview, toNewJob } from "./job.js";
import type { StopSignals } from "./stopped.js";

/** @throws RequestError, StoreUnavailable: the attempt may be repeated */
export async function runRerunJob(
  { access, runs, queue }: JobContext,
  job: RerunJob,
  signals: StopSignals,
): Promise<void> {
  const octokit = await access.forRepository(job, signals.halt);
  // GitHub does not name the pull requests of forks; those that we know are in our own record.
  const listed = await listPullsOfHead(octokit, { owner: job.owner, repo: job.repo }, job.headSha);
  const known = await runs.ofHead(job.repository, job.headSha);
  for (const pull of new Set([...listed, ...known.map(({ pull }) => pull)])) {
    await runs.forget(job.repository, pull);
    await queue.enqueue(toNewJob(requestedReview(job, pull)));
  }
}
