// The comment that carries a command: who may give it, the sign that it was seen, and one answer at most.
import type { Conversation } from "./conversation.js";
import { failureOf, isGone } from "./failure.js";
import { PAGE_SIZE } from "./limits.js";
import { ONCE } from "./octokit.js";
import { DEFAULT_WAITS, writeOnce } from "./write-once.js";

/**
 * Whether `login` may write to the repository, by GitHub's own word: `author_association` is wrong both ways.
 * `permission` maps maintain to write and triage to read. A refusal means no.
 * @throws when GitHub cannot be asked now
 */
export async function mayWrite(at: Conversation, login: string): Promise<boolean> {
  try {
    const { data } = await at.octokit.rest.repos.getCollaboratorPermissionLevel({
      ...at.name,
      username: login,
    });
    return data.permission === "admin" || data.permission === "write";
  } catch (error) {
    const kind = failureOf(error, Date.now())?.kind;
    if (kind === "gone" || kind === "refused") return false;
    throw error;
  }
}

/** Shows that the command was seen. Repeating it changes nothing. A deleted comment needs no sign. */
export async function acknowledge(at: Conversation, comment: number): Promise<void> {
  try {
    await at.octokit.rest.reactions.createForIssueComment({
      ...at.name,
      comment_id: comment,
      content: "eyes",
    });
  } catch (error) {
    if (!isGone(error)) throw error;
    at.log.info({ comment }, "the command's comment is gone");
  }
}

/** Answers the comment, once, however often it is called. */
export async function replyOnce(at: Conversation, comment: number, text: string): Promise<void> {
  const mark = `<!-- hognose:reply:${comment} -->`;
  const find = async () => {
    const comments = await at.octokit.paginate(at.octokit.rest.issues.listComments, {
      ...at.name,
      issue_number: at.pull,
      per_page: PAGE_SIZE,
    });
    const isThere = comments.some(
      (other) => other.user?.login === at.botLogin && other.body?.startsWith(mark) === true,
    );
    return isThere || undefined;
  };
  const write = async () => {
    await at.octokit.rest.issues.createComment({
      ...at.name,
      ...ONCE,
      issue_number: at.pull,
      body: `${mark}\n${text}`,
    });
    return true;
  };
  if ((await find()) === undefined) await writeOnce(write, find, at.waits ?? DEFAULT_WAITS);
}
