// What changed since the verdicts that were recorded.

export interface Moves {
  readonly better: readonly string[];
  readonly worse: readonly string[];
}

/** Markdown. @param since the engine of the record */
export function moveList({ better, worse }: Moves, since: string): string {
  if (better.length + worse.length === 0) return `No case moved since the record of engine ${since}.`;
  const list = (moves: readonly string[]) => moves.map((move) => `- ${move}`);
  return [
    `### Since the record of engine ${since}`,
    `Better: ${better.length}`,
    ...list(better),
    `Worse: ${worse.length}`,
    ...list(worse),
  ].join("\n");
}
