// The pull request at one moment, and its rows in the order in which GitHub shows them.
import type { Conversation, SeenThread } from "../fake-github/conversation.js";
import type { FileDiff, Side } from "../fake-github/diff.js";
import type { FakePull } from "../fake-github/fake-pull.js";
import type { Moment } from "./timeline.js";

export interface Scene {
  /** Of the moment: "After opening". */
  readonly name: string;
  readonly headSha: string;
  readonly files: readonly FileDiff[];
  readonly conversation: Conversation;
  /** What led here since the scene before. */
  readonly timeline: readonly Moment[];
}

type Line = FileDiff["hunks"][number]["lines"][number];

export type Row =
  | { readonly kind: "hunk"; readonly header: string }
  | { readonly kind: "line"; readonly line: Line }
  | { readonly kind: "thread"; readonly thread: SeenThread };

export function capture(name: string, pull: FakePull, timeline: readonly Moment[]): Scene {
  const { headSha } = pull;
  return { name, headSha, files: pull.files(), conversation: pull.conversation(), timeline };
}

/** The diff of a file with the threads below their lines; those on the whole file come first. */
export function rowsOf(file: FileDiff, threads: readonly SeenThread[]): readonly Row[] {
  const own = threads.filter((thread) => thread.path === file.path);
  const below = (side: Side, number: number | undefined): readonly Row[] =>
    own
      .filter((thread) => number !== undefined && thread.side === side && thread.line === number)
      .map((thread) => ({ kind: "thread", thread }));
  return [
    ...own.filter(({ wholeFile }) => wholeFile).map((thread): Row => ({ kind: "thread", thread })),
    ...file.hunks.flatMap(({ header, lines }): readonly Row[] => [
      { kind: "hunk", header },
      ...lines.flatMap((line): readonly Row[] => [
        { kind: "line", line },
        ...below("LEFT", line.left),
        ...below("RIGHT", line.right),
      ]),
    ]),
  ];
}

/** Threads whose line is no more in the diff: GitHub shows them with the hunk of then. */
export function outdatedOf({ conversation }: Scene): readonly SeenThread[] {
  return conversation.threads.filter(({ line, wholeFile }) => line === undefined && !wholeFile);
}
