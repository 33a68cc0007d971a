// The threads of our comments: resolved when there is nothing left to do, opened again when there is. Only GraphQL can,
// and only with write access to the contents, which few installations grant: without it the comments alone tell.
import type { CommentEdit } from "../review/reconcile.js";
import type { Conversation } from "./conversation.js";
import { PAGE_SIZE } from "./limits.js";
import type { Octokit } from "./octokit.js";

export interface Threads {
  /** Brings the thread of an edited comment into the state that the edit speaks of. Repeating it changes nothing. */
  settle(edit: CommentEdit): Promise<void>;
}

const UNTOUCHED: Threads = { settle: async () => undefined };

/** @throws RequestError */
export async function openThreads(at: Conversation, edits: readonly CommentEdit[]): Promise<Threads> {
  const octokit = edits.length === 0 ? undefined : await at.threadClient?.();
  if (octokit === undefined) return UNTOUCHED;
  const threads = (await unlessRefused(at, listThreads(octokit, at))) ?? new Map<number, Thread>();
  return {
    async settle({ commentId, state }) {
      const thread = threads.get(commentId);
      const isResolved = state !== "open";
      if (thread === undefined || thread.isResolved === isResolved) return;
      await unlessRefused(at, octokit.graphql(isResolved ? RESOLVE : UNRESOLVE, { id: thread.id }));
    },
  };
}

/** A thread that stays as it is does not keep the review from being said. */
async function unlessRefused<Answer>(at: Conversation, asked: Promise<Answer>): Promise<Answer | undefined> {
  try {
    return await asked;
  } catch (error) {
    if (!isGraphqlError(error)) throw error;
    at.log.warn({ err: error }, "GitHub does not let us see or change the threads");
    return undefined;
  }
}

/** GraphQL refuses with status 200. */
function isGraphqlError(error: unknown): boolean {
  return error instanceof Error && error.name === "GraphqlResponseError";
}

interface Thread {
  readonly id: string;
  readonly isResolved: boolean;
}

interface ThreadsPage {
  readonly repository: {
    readonly pullRequest: {
      readonly reviewThreads: {
        readonly nodes: readonly (Thread & {
          readonly comments: { readonly nodes: readonly { readonly databaseId: number }[] };
        })[];
        readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string | null };
      };
    };
  };
}

/** By the id of the comment that began it. */
async function listThreads(octokit: Octokit, at: Conversation): Promise<ReadonlyMap<number, Thread>> {
  const threads = new Map<number, Thread>();
  let after: string | null = null;
  do {
    const page: ThreadsPage = await octokit.graphql<ThreadsPage>(THREADS, {
      ...at.name,
      pull: at.pull,
      after,
    });
    const { nodes, pageInfo } = page.repository.pullRequest.reviewThreads;
    for (const { id, isResolved, comments } of nodes) {
      const [first] = comments.nodes;
      if (first !== undefined) threads.set(first.databaseId, { id, isResolved });
    }
    after = pageInfo.hasNextPage ? pageInfo.endCursor : null;
  } while (after !== null);
  return threads;
}

const THREADS = `query($owner: String!, $repo: String!, $pull: Int!, $after: String) {
  repository(owner: $owner, name: $repo) {
    pullRequest(number: $pull) {
      reviewThreads(first: ${PAGE_SIZE}, after: $after) {
        nodes { id isResolved comments(first: 1) { nodes { databaseId } } }
        pageInfo { hasNextPage endCursor }
      }
    }
  }
}`;
const RESOLVE = "mutation($id: ID!) { resolveReviewThread(input: {threadId: $id}) { thread { id } } }";
const UNRESOLVE = "mutation($id: ID!) { unresolveReviewThread(input: {threadId: $id}) { thread { id } } }";
