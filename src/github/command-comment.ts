// A comment that people have written to us: who may give commands, the sign that one was seen, and one answer at most.
import type { Conversation } from "./conversation.js";
import { failureOf, isGone } from "./failure.js";
import { PAGE_SIZE } from "./limits.js";
import { ONCE } from "./octokit.js";
import { DEFAULT_WAITS, writeOnce } from "./write-once.js";

/** In the conversation below the pull request, or in the thread that begins with the comment of the id `begin`. */
export interface WrittenComment {
  readonly comment: number;
  readonly place: { readonly kind: "conversation" } | { readonly kind: "thread"; readonly begin: number };
}

const ROLES = ["write", "maintain", "admin"] as const;
type Role = (typeof ROLES)[number];

/**
 * The role of `login` in the repository, as far as it lets write, by GitHub's own word: `author_association` is wrong
 * both ways. `permission` maps maintain to write and triage to read. A refusal means that there is none.
 * @throws when GitHub cannot be asked now
 */
export async function writerRole(at: Conversation, login: string): Promise<Role | undefined> {
  try {
    const { data } = await at.octokit.rest.repos.getCollaboratorPermissionLevel({
      ...at.name,
      username: login,
    });
    if (data.permission === "admin") return "admin";
    if (data.permission !== "write") return undefined;
    // A role that the organisation has made itself has a name of its own.
    return data.role_name === "maintain" ? "maintain" : "write";
  } catch (error) {
    const kind = failureOf(error, Date.now())?.kind;
    if (kind === "gone" || kind === "refused") return undefined;
    throw error;
  }
}

export function isAtLeast(role: Role | undefined, wanted: Role): boolean {
  return role !== undefined && ROLES.indexOf(role) >= ROLES.indexOf(wanted);
}

/** Seen, done, not done. Repeating it changes nothing. A deleted comment needs no sign, and a locked one takes none. */
export async function react(
  at: Conversation,
  { comment, place }: WrittenComment,
  content: "eyes" | "+1" | "confused",
): Promise<void> {
  const { reactions } = at.octokit.rest;
  const wanted = { ...at.name, comment_id: comment, content };
  await unlessClosed(at, comment, async () => {
    if (place.kind === "thread") await reactions.createForPullRequestReviewComment(wanted);
    else await reactions.createForIssueComment(wanted);
  });
}

/** Answers the comment, once, however often it is called. */
export async function replyOnce(at: Conversation, to: WrittenComment, text: string): Promise<void> {
  const mark = `<!-- hognose:reply:${to.comment} -->`;
  const find = async () => (await isSaid(at, to, mark)) || undefined;
  const write = async () => {
    await say(at, to, `${mark}\n${text}`);
    return true;
  };
  await unlessClosed(at, to.comment, async () => {
    if ((await find()) === undefined) await writeOnce(write, find, at.waits ?? DEFAULT_WAITS);
  });
}

/** Whether a comment of ours beside this one begins with `mark`. */
async function isSaid(at: Conversation, { place }: WrittenComment, mark: string): Promise<boolean> {
  const { octokit, name, pull } = at;
  const comments =
    place.kind === "thread"
      ? await octokit.paginate(octokit.rest.pulls.listReviewComments, {
          ...name,
          pull_number: pull,
          per_page: PAGE_SIZE,
        })
      : await octokit.paginate(octokit.rest.issues.listComments, {
          ...name,
          issue_number: pull,
          per_page: PAGE_SIZE,
        });
  return comments.some(({ user, body }) => user?.login === at.botLogin && body?.startsWith(mark) === true);
}

async function say(at: Conversation, { place }: WrittenComment, body: string): Promise<void> {
  const { pulls, issues } = at.octokit.rest;
  if (place.kind === "thread") {
    await pulls.createReplyForReviewComment({
      ...at.name,
      ...ONCE,
      pull_number: at.pull,
      comment_id: place.begin,
      body,
    });
    return;
  }
  await issues.createComment({ ...at.name, ...ONCE, issue_number: at.pull, body });
}

/** What cannot be said any more, because the comment is gone or the conversation locked, is not said. */
async function unlessClosed(at: Conversation, comment: number, write: () => Promise<void>): Promise<void> {
  try {
    await write();
  } catch (error) {
    const failure = failureOf(error, Date.now());
    if (!isGone(error) && !(failure?.kind === "refused" && failure.status === 403)) throw error;
    at.log.info({ comment }, "the comment is gone, or its conversation locked: nothing is answered");
  }
}
