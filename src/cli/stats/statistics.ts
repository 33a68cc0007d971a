// Outcomes to figures: how often the findings of each rule, and in each repository, were fixed, dismissed or merged over.
import type { Outcome } from "../../store/outcomes.js";

export interface Figures {
  /** A rule's id, or "owner/name". */
  readonly name: string;
  /** All findings that were said. */
  readonly said: number;
  readonly fixed: number;
  readonly dismissed: number;
  /** Still there when the pull request was merged. */
  readonly merged: number;
  /** Of what has come to an end (fixed, dismissed or merged over) the share that was fixed: 0 to 1; undefined: nothing has. */
  readonly fixRate: number | undefined;
  readonly dismissalRate: number | undefined;
  /** Milliseconds from the first review that said it to the one that found it fixed; undefined: nothing was fixed. */
  readonly medianTimeToFix: number | undefined;
}

export interface Statistics {
  readonly all: Figures;
  /** Those with the most findings first. */
  readonly rules: readonly Figures[];
  readonly repositories: readonly Figures[];
}

export function statisticsOf(outcomes: readonly Outcome[]): Statistics {
  return {
    all: figuresOf("all", outcomes),
    rules: grouped(outcomes, ({ rule }) => rule),
    repositories: grouped(outcomes, ({ repository }) => repository),
  };
}

function grouped(outcomes: readonly Outcome[], nameOf: (outcome: Outcome) => string): readonly Figures[] {
  const groups = new Map<string, Outcome[]>();
  for (const outcome of outcomes) {
    const group = groups.get(nameOf(outcome));
    if (group) group.push(outcome);
    else groups.set(nameOf(outcome), [outcome]);
  }
  return [...groups]
    .map(([name, group]) => figuresOf(name, group))
    .sort((a, b) => b.said - a.said || (a.name < b.name ? -1 : 1));
}

function figuresOf(name: string, outcomes: readonly Outcome[]): Figures {
  const count = (state: Outcome["state"]) => outcomes.filter((outcome) => outcome.state === state).length;
  const [fixed, dismissed, merged] = [count("fixed"), count("dismissed"), count("merged")];
  const ended = fixed + dismissed + merged;
  const times = outcomes.flatMap(({ state, time }) =>
    state === "fixed" && time !== undefined ? [time] : [],
  );
  return {
    name,
    said: outcomes.length,
    fixed,
    dismissed,
    merged,
    fixRate: ended === 0 ? undefined : fixed / ended,
    dismissalRate: ended === 0 ? undefined : dismissed / ended,
    medianTimeToFix: median(times),
  };
}

/** The mean of the middle two when there are two. */
function median(values: readonly number[]): number | undefined {
  if (values.length === 0) return undefined;
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[middle] : (sorted[middle - 1]! + sorted[middle]!) / 2;
}
