// The events that we listen to. Handlers only enqueue: GitHub waits ten seconds for an answer and never asks again.
import type { Probot } from "probot";
import type { JobQueue } from "../queue/queue.js";
import { buttonOf, commandOf, replyOf, rerunOf, reviewOf } from "./events.js";
import { type Job, toNewJob } from "./job.js";

/** The names of the events that make jobs. */
export const EVENTS: ReadonlySet<string> = new Set([
  "pull_request",
  "issue_comment",
  "pull_request_review_comment",
  "check_run",
  "check_suite",
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
  probot.on(
    [
      "pull_request.opened",
      "pull_request.synchronize",
      "pull_request.reopened",
      "pull_request.ready_for_review",
      "pull_request.closed",
      "pull_request.edited",
    ],
    (event) => enqueue(reviewOf(event.payload), event.id),
  );
  probot.on("issue_comment.created", (event) => enqueue(commandOf(event.payload), event.id));
  probot.on("pull_request_review_comment.created", (event) => enqueue(replyOf(event.payload), event.id));
  probot.on("check_run.requested_action", (event) => enqueue(buttonOf(event.payload, Date.now()), event.id));
  probot.on(["check_run.rerequested", "check_suite.rerequested"], (event) =>
    enqueue(rerunOf(event.payload), event.id),
  );
}
