// Webhook -> job. Decides only from the event whether there is anything to do; the work asks again. Pure.
import { z } from "zod";
import { BUTTONS } from "../../github/check-run.js";
import type { ButtonJob, CommandJob, GroupJob, HintJob, RerunJob, ReviewJob } from "../jobs/job.js";
import { pullOfCheckRun } from "../open-runs.js";
import { findCommand } from "../words/command.js";
import { doubts } from "../words/doubt.js";

const repository = z.object({
  id: z.number().int(),
  name: z.string(),
  owner: z.object({ login: z.string() }),
});
const installation = z.object({ id: z.number().int() });

const pullRequestEvent = z.object({
  installation,
  repository,
  pull_request: z.object({ number: z.number().int(), draft: z.boolean().optional() }),
  /** What an edit has changed. */
  changes: z.object({ base: z.unknown().optional() }).optional(),
});

const writtenComment = {
  id: z.number().int(),
  body: z.string(),
  created_at: z.string(),
  user: z.object({ login: z.string(), type: z.string() }).nullable(),
};

const issueCommentEvent = z.object({
  installation,
  repository,
  issue: z.object({ number: z.number().int(), pull_request: z.unknown().optional() }),
  comment: z.object(writtenComment),
});

const reviewCommentEvent = z.object({
  installation,
  repository,
  pull_request: z.object({ number: z.number().int() }),
  comment: z.object({ ...writtenComment, in_reply_to_id: z.number().int().optional() }),
});

const checkRunEvent = z.object({
  installation,
  repository,
  sender: z.object({ login: z.string() }),
  check_run: z.object({ id: z.number().int(), head_sha: z.string(), external_id: z.string().nullable() }),
  requested_action: z.object({ identifier: z.string() }).optional(),
});

const checkSuiteEvent = z.object({
  installation,
  repository,
  check_suite: z.object({ head_sha: z.string() }),
});

const mergeGroupEvent = z.object({
  installation,
  repository,
  merge_group: z.object({ head_sha: z.string(), base_sha: z.string(), head_ref: z.string() }),
});

/**
 * The review that a pull_request event asks for; undefined for a draft (it is reviewed when it is ready) and for an edit
 * that leaves the base as it was.
 * @throws ZodError when the payload is not what GitHub documents
 */
export function reviewOf(payload: unknown): ReviewJob | undefined {
  const event = pullRequestEvent.parse(payload);
  if (event.pull_request.draft === true) return undefined;
  if (event.changes !== undefined && event.changes.base === undefined) return undefined;
  return { kind: "review", ...target(event), pull: event.pull_request.number, onRequest: false };
}

/**
 * The command that a new comment on a pull request holds; undefined when there is none, or when a bot wrote it.
 * @throws ZodError when the payload is not what GitHub documents
 */
export function commandOf(payload: unknown): CommandJob | undefined {
  const event = issueCommentEvent.parse(payload);
  const { issue, comment } = event;
  if (issue.pull_request === undefined) return undefined;
  return commandIn(comment, { ...target(event), pull: issue.number, place: { kind: "conversation" } });
}

/**
 * The command that a new comment on the diff holds, or the hint that somebody needs who calls a finding false in its
 * thread. Undefined when there is neither, or when a bot wrote it.
 * @throws ZodError when the payload is not what GitHub documents
 */
export function replyOf(payload: unknown): CommandJob | HintJob | undefined {
  const event = reviewCommentEvent.parse(payload);
  const { id, body, user, in_reply_to_id: first } = event.comment;
  const place = { kind: "thread", begin: first ?? id } as const;
  const written = { ...target(event), pull: event.pull_request.number, place };
  const given = commandIn(event.comment, written);
  if (given !== undefined || first === undefined || user === null || user.type === "Bot") return given;
  return doubts(body) ? { kind: "hint", ...written, comment: id } : undefined;
}

type Comment = z.infer<typeof issueCommentEvent>["comment"];
type Written = Omit<CommandJob, "kind" | "comment" | "author" | "at" | "command">;

function commandIn({ id, user, body, created_at }: Comment, written: Written): CommandJob | undefined {
  if (user === null || user.type === "Bot") return undefined;
  const command = findCommand(body);
  if (command === undefined) return undefined;
  return {
    kind: "command",
    ...written,
    comment: id,
    author: user.login,
    at: Date.parse(created_at),
    command,
  };
}

/**
 * The work that a button of one of our check runs asks for; undefined for what is none of ours.
 * @param now milliseconds since 1970
 * @throws ZodError when the payload is not what GitHub documents
 */
export function buttonOf(payload: unknown, now: number): ButtonJob | undefined {
  const event = checkRunEvent.parse(payload);
  const { id, head_sha: headSha, external_id: externalId } = event.check_run;
  const pull = pullOfCheckRun(externalId ?? "");
  const button = BUTTONS.find((each) => each === event.requested_action?.identifier);
  if (pull === undefined || button === undefined) return undefined;
  const author = event.sender.login;
  return { kind: "button", ...target(event), pull, button, checkRun: id, headSha, author, at: now };
}

/**
 * The review that a merge queue asks for. The queue's branch names the pull request.
 * @throws ZodError when the payload is not what GitHub documents
 */
export function groupOf(payload: unknown): GroupJob {
  const event = mergeGroupEvent.parse(payload);
  const { head_sha: headSha, base_sha: baseSha, head_ref: ref } = event.merge_group;
  const pull = Number(/\/pr-(\d+)-/.exec(ref)?.[1] ?? 0);
  return { kind: "group", ...target(event), pull, baseSha, headSha };
}

/**
 * What GitHub's own "re-run" asks for, at one check run or at all of a commit.
 * @throws ZodError when the payload is not what GitHub documents
 */
export function rerunOf(payload: unknown): RerunJob {
  const event = z.union([checkRunEvent, checkSuiteEvent]).parse(payload);
  const { head_sha: headSha } = "check_run" in event ? event.check_run : event.check_suite;
  return { kind: "rerun", ...target(event), headSha };
}

function target(event: Pick<z.infer<typeof pullRequestEvent>, "installation" | "repository">) {
  return {
    installation: event.installation.id,
    repository: event.repository.id,
    owner: event.repository.owner.login,
    repo: event.repository.name,
  };
}
