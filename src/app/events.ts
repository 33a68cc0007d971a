// Webhook -> job. Decides only from the event whether there is anything to do; the work asks again. Pure.
import { z } from "zod";
import { findCommand } from "./command.js";
import type { CommandJob, ReviewJob } from "./job.js";

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

const issueCommentEvent = z.object({
  installation,
  repository,
  issue: z.object({ number: z.number().int(), pull_request: z.unknown().optional() }),
  comment: z.object({
    id: z.number().int(),
    body: z.string(),
    user: z.object({ login: z.string(), type: z.string() }).nullable(),
  }),
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
  const { user, id, body } = event.comment;
  if (event.issue.pull_request === undefined || user === null || user.type === "Bot") return undefined;
  const command = findCommand(body);
  if (command === undefined) return undefined;
  return {
    kind: "command",
    ...target(event),
    pull: event.issue.number,
    comment: id,
    author: user.login,
    command,
  };
}

function target(event: Pick<z.infer<typeof pullRequestEvent>, "installation" | "repository">) {
  return {
    installation: event.installation.id,
    repository: event.repository.id,
    owner: event.repository.owner.login,
    repo: event.repository.name,
  };
}
