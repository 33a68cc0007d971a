// A command in a comment: who gave it is asked of GitHub, it is seen, and it becomes a job or one short answer.
import { acknowledge, mayWrite, replyOnce } from "../github/command-comment.js";
import { enterConversation, type JobContext } from "./context.js";
import { type CommandJob, type ReviewJob, toNewJob } from "./job.js";
import type { StopSignals } from "./stopped.js";

const DENIED = "Only people who can write to this repository can give commands to Hognose.";
const HELP = [
  "Hognose knows these commands, each at the start of a line:",
  "",
  "- `/hognose review` reviews this pull request again",
  "- `/hognose help` shows this list",
].join("\n");

/** @throws RequestError: the attempt may be repeated; nothing is said twice */
export async function runCommandJob(
  context: JobContext,
  job: CommandJob,
  signals: StopSignals,
): Promise<void> {
  const at = await enterConversation(context, job, signals);
  if (!(await mayWrite(at, job.author))) {
    await replyOnce(at, job.comment, DENIED);
    return;
  }
  await acknowledge(at, job.comment);
  switch (job.command.name) {
    case "review":
      await context.runs.forget(job.repository, job.pull);
      await context.queue.enqueue(toNewJob(toReview(job)));
      return;
    case "help":
    case "unknown":
      await replyOnce(at, job.comment, HELP);
  }
}

function toReview({ installation, repository, owner, repo, pull }: CommandJob): ReviewJob {
  return { kind: "review", installation, repository, owner, repo, pull, onRequest: true };
}
