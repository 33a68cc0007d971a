// A pull request in the hands of a test: what people do to it.

import type { WantedAnchor } from "./anchors.js";
import { addComment, editComment, removeComment } from "./comments.js";
import { type Conversation, conversationOf } from "./conversation.js";
import type { FakeRepository } from "./fake-repository.js";
import { announcePull, synchronize } from "./pull-events.js";
import type { FileEdits } from "./repository.js";
import { setResolved } from "./resolution.js";
import { reply, startThread } from "./review-comments.js";
import type { Account, IssueComment, Pull, Thread, World } from "./world.js";

/** A handle on one pull request. Everything people do is told by webhook, as on GitHub. */
export class FakePull {
  readonly record: Pull;
  readonly #world: World;
  readonly #headRepository: FakeRepository;
  readonly #account: (login: string) => Account;

  constructor(
    world: World,
    record: Pull,
    headRepository: FakeRepository,
    account: (login: string) => Account,
  ) {
    this.record = record;
    this.#world = world;
    this.#headRepository = headRepository;
    this.#account = account;
  }

  get number(): number {
    return this.record.number;
  }

  get headSha(): string {
    return this.record.head.sha;
  }

  /** Commits to the head branch. @returns the new head SHA */
  push(
    edits: FileEdits,
    message = "More",
    options: { readonly force?: boolean; readonly from?: string } = {},
  ): string {
    return this.#headRepository.commit(this.record.head.ref, edits, message, {
      ...options,
      author: this.record.author.login,
    });
  }

  close(by = this.record.author.login): void {
    this.record.state = "closed";
    this.record.closedAt = this.#world.now();
    this.#announce("closed", by);
  }

  reopen(by = this.record.author.login): void {
    this.record.state = "open";
    delete this.record.closedAt;
    synchronize(this.#world, this.record);
    this.#announce("reopened", by);
  }

  /** Merges with a merge commit, and closes. @returns its SHA */
  merge(by = this.record.repository.owner.login): string {
    const { repository, base, head } = this.record;
    const sha = repository.git.merge(
      base.ref,
      head.sha,
      `Merge pull request #${this.record.number}`,
      this.#world.now(),
    );
    this.record.merge = { at: this.#world.now(), by: this.#account(by), sha };
    this.close(by);
    return sha;
  }

  setDraft(draft: boolean, by = this.record.author.login): void {
    this.record.draft = draft;
    this.#announce(draft ? "converted_to_draft" : "ready_for_review", by);
  }

  /** Retargets the pull request to another branch. */
  changeBase(ref: string, by = this.record.author.login): void {
    const { base, repository } = this.record;
    const sha = repository.git.resolve(ref);
    if (sha === undefined) throw new Error(`there is no branch ${ref}`);
    this.record.base = { ref, sha };
    this.#announce("edited", by, { changes: { base: { ref: { from: base.ref }, sha: { from: base.sha } } } });
  }

  setLocked(locked: boolean): void {
    this.record.locked = locked;
  }

  /** Writes to the conversation. */
  comment(by: string, body: string): IssueComment {
    return addComment(this.#world, this.record, this.#account(by), body);
  }

  editComment(comment: IssueComment, body: string): void {
    editComment(this.#world, comment, body);
  }

  deleteComment(comment: IssueComment, by = comment.user.login): void {
    removeComment(this.#world, comment, this.#account(by));
  }

  /** Starts a thread on the diff at the head, as a person would. @returns the id of its comment */
  commentOnDiff(by: string, body: string, place: WantedAnchor): number {
    return startThread(this.#world, this.record, this.#account(by), {
      ...place,
      body,
      commit_id: this.headSha,
    }).id;
  }

  /** Answers in the thread of a review comment. @returns the id of the reply */
  reply(by: string, commentId: number, body: string): number {
    return reply(this.#world, this.#threadOf(commentId), this.#account(by), body).id;
  }

  resolve(commentId: number, by: string): void {
    setResolved(this.#world, this.#threadOf(commentId), this.#account(by), this.#account(by));
  }

  unresolve(commentId: number, by: string): void {
    setResolved(this.#world, this.#threadOf(commentId), undefined, this.#account(by));
  }

  /** What everybody sees. */
  conversation(): Conversation {
    return conversationOf(this.record);
  }

  #threadOf(commentId: number): Thread {
    const thread = this.record.threads.find(({ comments }) => comments.some(({ id }) => id === commentId));
    if (thread === undefined) throw new Error(`#${this.number} has no review comment ${commentId}`);
    return thread;
  }

  #announce(action: string, by: string, extra: Readonly<Record<string, unknown>> = {}): void {
    this.record.updatedAt = this.#world.now();
    announcePull(this.#world, this.record, action, this.#account(by), extra);
  }
}
