// What is queued: names, never state. Whoever works on a job asks GitHub how things are now.
import { z } from "zod";
import { assertNever } from "../../base/assert.js";
import { BUTTONS } from "../../github/check-run.js";
import type { ClaimedJob, NewJob } from "../../queue/queue.js";
import { command } from "../words/command.js";

const inRepository = {
  installation: z.number().int(),
  /** GitHub's id of the repository. */
  repository: z.number().int(),
  owner: z.string(),
  repo: z.string(),
  /** GitHub's id of the webhook that caused it, for the log. */
  delivery: z.string().optional(),
};
const target = {
  ...inRepository,
  /** Number of the pull request. */
  pull: z.number().int(),
};

const reviewJob = z.object({
  kind: z.literal("review"),
  ...target,
  /** Somebody asked for it: then a draft is reviewed, too, and one that is paused. */
  onRequest: z.boolean(),
  /** What was deleted of our comments is said again. */
  afresh: z.boolean().optional(),
});

/** Where a comment stands: in the conversation, or in the thread that begins with the comment of this id. */
const place = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("conversation") }),
  z.object({ kind: z.literal("thread"), begin: z.number().int() }),
]);

const written = {
  /** Id of the comment. */
  comment: z.number().int(),
  place,
};

const commandJob = z.object({
  kind: z.literal("command"),
  ...target,
  ...written,
  /** Login of who wrote it. */
  author: z.string(),
  /** When, in milliseconds since 1970. */
  at: z.number().int(),
  command,
});

/** Somebody says in a thread of ours that the finding is wrong. */
const hintJob = z.object({ kind: z.literal("hint"), ...target, ...written });

/** A button of a check run was pressed. */
const buttonJob = z.object({
  kind: z.literal("button"),
  ...target,
  button: z.enum(BUTTONS),
  checkRun: z.number().int(),
  headSha: z.string(),
  /** Login of who pressed it. */
  author: z.string(),
  /** When we were told, in milliseconds since 1970. */
  at: z.number().int(),
});

/** GitHub's own "re-run" was pressed: for every pull request with this head. */
const rerunJob = z.object({ kind: z.literal("rerun"), ...inRepository, headSha: z.string() });

/** A merge queue wants the commit checked that it has made; `pull` is the pull request that it is about. */
const groupJob = z.object({
  kind: z.literal("group"),
  ...target,
  baseSha: z.string(),
  headSha: z.string(),
});

const job = z.discriminatedUnion("kind", [reviewJob, commandJob, hintJob, buttonJob, rerunJob, groupJob]);

export type ReviewJob = Readonly<z.infer<typeof reviewJob>>;
export type CommandJob = Readonly<z.infer<typeof commandJob>>;
export type HintJob = Readonly<z.infer<typeof hintJob>>;
export type ButtonJob = Readonly<z.infer<typeof buttonJob>>;
export type RerunJob = Readonly<z.infer<typeof rerunJob>>;
export type GroupJob = Readonly<z.infer<typeof groupJob>>;
export type Job = GroupJob | ReviewJob | CommandJob | HintJob | ButtonJob | RerunJob;

/** What people ask of a review: a push that comes while it waits, or while it runs, must not take that away. */
const WISHES = ["onRequest", "afresh"] as const;

/** @throws ZodError for a payload that another version of Hognose has written in another shape */
export function parseJob({ payload, wishes }: Pick<ClaimedJob, "payload" | "wishes">): Job {
  const parsed = job.parse(payload);
  if (parsed.kind !== "review") return parsed;
  const wished = WISHES.filter((wish) => wishes.includes(wish));
  return { ...parsed, ...Object.fromEntries(wished.map((wish) => [wish, true])) };
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
  const isOnPush = payload.kind === "review" && !payload.onRequest;
  return {
    key: keyOf(payload),
    payload: { ...payload, delivery },
    wishes: payload.kind === "review" ? WISHES.filter((wish) => payload[wish] === true) : [],
    installation: payload.installation,
    priority: isOnPush ? ON_PUSH : ON_REQUEST,
    ...(delivery === undefined ? {} : { delivery }),
  };
}

/** The review of `pull` that its people have asked for with `job`. */
export function requestedReview(job: Job, pull: number, options: { readonly afresh?: true } = {}): ReviewJob {
  const { installation, repository, owner, repo } = job;
  return { kind: "review", installation, repository, owner, repo, pull, onRequest: true, ...options };
}

function keyOf(job: Job): string {
  switch (job.kind) {
    case "review":
      return reviewKey(job.repository, job.pull);
    case "command":
      return `comment:${job.repository}:${job.place.kind}:${job.comment}`;
    case "hint":
      // One after the other in a thread: two doubts at once get one hint.
      return `hint:${job.repository}:${job.place.kind === "thread" ? job.place.begin : job.comment}`;
    case "button":
      return `button:${job.repository}:${job.checkRun}:${job.button}`;
    case "rerun":
      return `head:${job.repository}:${job.headSha}`;
    case "group":
      return groupKey(job.repository, job.headSha);
    default:
      return assertNever(job);
  }
}

/** In place of the number of a pull request, in the record of runs: what a merge queue asks for belongs to none. */
export const NO_PULL = 0;

/** @param headSha of the commit that a merge queue has made */
export function groupKey(repository: number, headSha: string): string {
  return `group:${repository}:${headSha}`;
}

/** Under this key one review of a pull request waits at most, and one runs. */
export function reviewKey(repository: number, pull: number): string {
  return `pull:${repository}:${pull}`;
}
