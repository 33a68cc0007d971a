// The events that we listen to. Handlers only enqueue: GitHub waits ten seconds for an answer and never asks again.
import type { Probot } from "probot";
import type { JobQueue } from "../../queue/queue.js";
import { type Job, toNewJob } from "../jobs/job.js";
import { buttonOf, commandOf, groupOf, replyOf, rerunOf, reviewOf } from "./events.js";

const REVIEWED = [
  "pull_request.opened",
  "pull_request.synchronize",
  "pull_request.reopened",
  "pull_request.ready_for_review",
  "pull_request.closed",
  "pull_request.edited",
] as const;
const RERUN = ["check_run.rerequested", "check_suite.rerequested"] as const;
const COMMENTED = "issue_comment.created";
const REPLIED = "pull_request_review_comment.created";
const PRESSED = "check_run.requested_action";
const QUEUED = "merge_group.checks_requested";

/** The events that make jobs, each with its action. */
export const EVENTS: ReadonlySet<string> = new Set([
  ...REVIEWED,
  ...RERUN,
  COMMENTED,
  REPLIED,
  PRESSED,
  QUEUED,
]);

/** @param wake called when there is something to do */
export function subscribe(probot: Probot, queue: JobQueue, wake: () => void): void {
  const enqueue = async (job: Job | undefined, delivery: string): Promise<void> => {
    if (job === undefined) return;
    const result = await queue.enqueue(toNewJob(job, delivery));
    const { kind, owner, repo } = job;
    const about = job.kind === "rerun" ? { head: job.headSha } : { pull: job.pull };
    probot.log.info({ delivery, kind, repository: `${owner}/${repo}`, ...about, result }, "job enqueued");
    wake();
  };
  probot.on([...REVIEWED], (event) => enqueue(reviewOf(event.payload), event.id));
  probot.on(COMMENTED, (event) => enqueue(commandOf(event.payload), event.id));
  probot.on(REPLIED, (event) => enqueue(replyOf(event.payload), event.id));
  probot.on(PRESSED, (event) => enqueue(buttonOf(event.payload, Date.now()), event.id));
  probot.on(QUEUED, (event) => enqueue(groupOf(event.payload), event.id));
  probot.on([...RERUN], (event) => enqueue(rerunOf(event.payload), event.id));
}
