// A command in a comment: who gave it is asked of GitHub, it is seen, obeyed, and answered by a sign, or in words where
// words are needed.
import { isAtLeast, react, replyOnce, writerRole } from "../../github/command-comment.js";
import type { Conversation } from "../../github/conversation.js";
import { ownFinding } from "../../github/own-comments.js";
import { type PullRequest, readPullRequest } from "../../github/pull-request.js";
import { enterConversation, type JobContext } from "../context.js";
import { configurationAt } from "../reviewing/base-configuration.js";
import { denied, howToDismiss } from "../words/answers.js";
import { obey } from "../words/obey.js";
import type { CommandJob, HintJob } from "./job.js";
import type { StopSignals } from "./stopped.js";

/** @throws RequestError: the attempt may be repeated; nothing is said twice */
export async function runCommandJob(
  context: JobContext,
  job: CommandJob,
  signals: StopSignals,
): Promise<void> {
  const at = await enterConversation(context, job, signals);
  const pull = await readPullRequest(at.octokit, at.name, job.pull);
  const permission = await permissionOf(at, pull, job.author);
  if (!permission.mayCommand) {
    await replyOnce(at, job, denied(permission.role));
    return;
  }
  await react(at, job, "eyes");
  const { isDone, text } = await obey({ context, at, job, pull, mayDismiss: permission.mayDismiss });
  if (text !== undefined) await replyOnce(at, job, text);
  await react(at, job, isDone ? "+1" : "confused");
}

export interface CommandPermission {
  /** The least that is obeyed. */
  readonly role: "write" | "maintain" | "admin";
  readonly mayCommand: boolean;
  readonly mayDismiss: boolean;
}

/** By the configuration at the tip of the base branch: what the maintainers want now. @throws RequestError */
export async function permissionOf(
  at: Conversation,
  pull: PullRequest,
  login: string,
): Promise<CommandPermission> {
  const role = await writerRole(at, login);
  if (role === undefined) return { role: "write", mayCommand: false, mayDismiss: false };
  const { commands } = (await configurationAt(at, pull.baseBranch)).configuration;
  const mayCommand = isAtLeast(role, commands.role);
  const isAuthor = login.toLowerCase() === pull.author.toLowerCase();
  return {
    role: commands.role,
    mayCommand,
    mayDismiss: mayCommand && (commands.authorDismisses || !isAuthor),
  };
}

/** Tells how to dismiss, once in a thread, to whoever calls the finding false. */
export async function runHintJob(context: JobContext, job: HintJob, signals: StopSignals): Promise<void> {
  const { place } = job;
  if (place.kind !== "thread") return;
  const at = await enterConversation(context, job, signals);
  const id = await ownFinding(at, place.begin);
  // By the thread's first comment, so that a second doubter gets no second hint.
  if (id !== undefined) await replyOnce(at, { comment: place.begin, place }, howToDismiss(id));
}
