// GitHub's own "re-run" at a commit: every pull request whose head it is gets another review, and so does what
// a merge queue has made.
import { listPullsOfHead } from "../../github/open-pulls.js";
import type { JobContext } from "../context.js";
import { NO_PULL, type RerunJob, requestedReview, toNewJob } from "./job.js";
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
  const baseSha = await runs.baseOf(job.repository, NO_PULL, job.headSha);
  if (baseSha !== undefined) {
    await runs.forget(job.repository, NO_PULL);
    await queue.enqueue(toNewJob({ ...job, kind: "group", pull: NO_PULL, baseSha }));
  }
  const pulls = [...listed, ...known.map(({ pull }) => pull)].filter((pull) => pull !== NO_PULL);
  for (const pull of new Set(pulls)) {
    await runs.forget(job.repository, pull);
    await queue.enqueue(toNewJob(requestedReview(job, pull)));
  }
}
