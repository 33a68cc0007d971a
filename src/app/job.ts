// What is queued: names, never state. Whoever works on a job asks GitHub how things are now.
import { z } from "zod";
import type { NewJob } from "../queue/queue.js";

const target = {
  installation: z.number().int(),
  /** GitHub's id of the repository. */
  repository: z.number().int(),
  owner: z.string(),
  repo: z.string(),
  /** Number of the pull request. */
  pull: z.number().int(),
  /** GitHub's id of the webhook that caused it, for the log. */
  delivery: z.string().optional(),
};

const reviewJob = z.object({
  kind: z.literal("review"),
  ...target,
  /** Somebody asked for it: then a draft is reviewed, too. */
  onRequest: z.boolean(),
});

const commandJob = z.object({
  kind: z.literal("command"),
  ...target,
  /** Id of the comment that holds the command. */
  comment: z.number().int(),
  /** Login of who wrote it. */
  author: z.string(),
  command: z.discriminatedUnion("name", [
    z.object({ name: z.literal("review") }),
    z.object({ name: z.literal("help") }),
    z.object({ name: z.literal("unknown"), word: z.string() }),
  ]),
});

const job = z.discriminatedUnion("kind", [reviewJob, commandJob]);

export type ReviewJob = Readonly<z.infer<typeof reviewJob>>;
export type CommandJob = Readonly<z.infer<typeof commandJob>>;
export type Job = ReviewJob | CommandJob;

/** @throws ZodError for a payload that another version of Hognose has written in another shape */
export function parseJob(payload: unknown): Job {
  return job.parse(payload);
}

/** People wait for what they asked for. */
const ON_REQUEST = 10;
const ON_PUSH = 0;
/** What nobody waits for any more. */
const RECOVERED = -10;

/** A review that should have been made and was not. */
export function toRecoveredJob(job: ReviewJob): NewJob {
  return { ...toNewJob(job), priority: RECOVERED };
}

/** @param delivery GitHub's id of the webhook that causes the job */
export function toNewJob(payload: Job, delivery?: string): NewJob {
  const isReview = payload.kind === "review";
  return {
    key: isReview
      ? reviewKey(payload.repository, payload.pull)
      : `comment:${payload.repository}:${payload.comment}`,
    payload: { ...payload, delivery },
    installation: payload.installation,
    priority: isReview && !payload.onRequest ? ON_PUSH : ON_REQUEST,
    ...(delivery === undefined ? {} : { delivery }),
  };
}

/** Under this key one review of a pull request waits at most, and one runs. */
export function reviewKey(repository: number, pull: number): string {
  return `pull:${repository}:${pull}`;
}
