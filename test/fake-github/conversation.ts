// A pull request as people see it: reviews, threads, comments and check runs with all their annotations, as plain data.
import { placeNow } from "./anchors.js";
import type { Side } from "./diff.js";
import type {
  CheckAction,
  CheckAnnotation,
  CheckConclusion,
  CheckStatus,
  Pull,
  Reaction,
  Repository,
  Thread,
} from "./world.js";

export interface SeenComment {
  readonly id: number;
  readonly user: string;
  readonly body: string;
  /** "content by login", oldest first. */
  readonly reactions: readonly string[];
}

export interface SeenThread {
  readonly path: string;
  readonly side: Side;
  /** 1-based line in the current diff; undefined when outdated, or on the whole file. */
  readonly line?: number;
  readonly startLine?: number;
  /** Where it was when it was written; undefined on the whole file. */
  readonly originalLine?: number;
  readonly wholeFile: boolean;
  readonly outdated: boolean;
  readonly resolved: boolean;
  readonly resolvedBy?: string;
  readonly diffHunk: string;
  readonly comments: readonly SeenComment[];
}

export interface SeenReview {
  readonly id: number;
  readonly user: string;
  readonly state: string;
  readonly body: string;
  readonly commit: string;
}

export interface SeenCheckRun {
  readonly id: number;
  readonly name: string;
  readonly headSha: string;
  readonly status: CheckStatus;
  readonly conclusion: CheckConclusion | null;
  readonly title: string | null;
  readonly summary: string | null;
  readonly text: string | null;
  readonly annotations: readonly CheckAnnotation[];
  readonly actions: readonly CheckAction[];
}

export interface Conversation {
  readonly reviews: readonly SeenReview[];
  readonly threads: readonly SeenThread[];
  readonly comments: readonly SeenComment[];
  /** Of the head commit, in the order of creation. */
  readonly checkRuns: readonly SeenCheckRun[];
}

export function conversationOf(pull: Pull): Conversation {
  const submitted = pull.reviews.filter(({ state }) => state !== "PENDING");
  const threads = pull.threads.filter(({ comments }) => comments[0]?.review.state !== "PENDING");
  return {
    reviews: submitted.map(({ id, user, state, body, commit }) => ({
      id,
      user: user.login,
      state,
      body,
      commit,
    })),
    threads: threads.map(seenThread),
    comments: pull.comments.map(seenComment),
    checkRuns: checkRunsOf(pull.repository, pull.head.sha),
  };
}

/** The check runs of one commit, oldest first. */
export function checkRunsOf(repository: Repository, sha: string): readonly SeenCheckRun[] {
  return repository.checkRuns
    .filter(({ headSha }) => headSha === sha)
    .map(({ id, name, headSha, status, conclusion, title, summary, text, annotations, actions }) => {
      const output = { title, summary, text, annotations: [...annotations] };
      return { id, name, headSha, status, conclusion, ...output, actions };
    });
}

function seenThread(thread: Thread): SeenThread {
  const { subject, diffHunk, comments, resolvedBy } = thread;
  const { path, outdated, line, startLine } = placeNow(thread);
  return {
    path,
    side: subject.kind === "lines" ? subject.side : "RIGHT",
    ...(line === undefined ? {} : { line }),
    ...(startLine === undefined ? {} : { startLine }),
    ...(subject.kind === "lines" ? { originalLine: subject.line } : {}),
    wholeFile: subject.kind === "file",
    outdated,
    resolved: resolvedBy !== undefined,
    ...(resolvedBy === undefined ? {} : { resolvedBy: resolvedBy.login }),
    diffHunk,
    comments: comments.map(seenComment),
  };
}

interface Written {
  readonly id: number;
  readonly user: { readonly login: string };
  readonly body: string;
  readonly reactions: readonly Reaction[];
}

function seenComment({ id, user, body, reactions }: Written): SeenComment {
  return {
    id,
    user: user.login,
    body,
    reactions: reactions.map((one) => `${one.content} by ${one.user.login}`),
  };
}
