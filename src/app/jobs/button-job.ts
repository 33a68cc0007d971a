// A button of a check run: whoever pressed it is asked for again, and it becomes dismissals and a review.
import { assertNever } from "../../base/assert.js";
import { readPullRequest } from "../../github/pull-request.js";
import { enterConversation, type JobContext } from "../context.js";
import { permissionOf } from "./command-job.js";
import { type ButtonJob, requestedReview, toNewJob } from "./job.js";
import type { StopSignals } from "./stopped.js";

/** @throws RequestError, StoreUnavailable: the attempt may be repeated */
export async function runButtonJob(context: JobContext, job: ButtonJob, signals: StopSignals): Promise<void> {
  const at = await enterConversation(context, job, signals);
  const pull = await readPullRequest(at.octokit, at.name, job.pull);
  const { mayCommand, mayDismiss } = await permissionOf(at, pull, job.author);
  const isAllowed = job.button === "review" ? mayCommand : mayDismiss;
  if (!isAllowed) {
    at.log.info({ login: job.author, button: job.button }, "who pressed the button may not");
    return;
  }
  switch (job.button) {
    case "review":
      await context.runs.forget(job.repository, job.pull);
      break;
    case "accept-low":
      await acceptLow(context, job);
      break;
    default:
      assertNever(job.button);
  }
  await context.queue.enqueue(toNewJob(requestedReview(job, job.pull)));
}

/** What the check run with the button has shown: the findings of another head were not seen. */
async function acceptLow({ lastReviews, dismissals }: JobContext, job: ButtonJob): Promise<void> {
  const review = await lastReviews.of(job.repository, job.pull);
  if (review?.headSha !== job.headSha) return;
  const set = new Set(
    (await dismissals.list(job.repository, job.pull)).map(({ fingerprint }) => fingerprint),
  );
  for (const { fingerprint, severity } of review.findings) {
    if (severity !== "low" || set.has(fingerprint)) continue;
    const reason = "accepted by the button of the check run";
    await dismissals.dismiss(job, { fingerprint, by: job.author, reason }, { at: job.at, comment: 0 });
  }
}
