// `hognose stats`: what became of the findings that the app has said.
import { type Command, InvalidArgumentError } from "commander";
import type { Outcome } from "../../store/outcomes.js";
import { statisticsPage } from "./page.js";
import { type Statistics, statisticsOf } from "./statistics.js";
import { statisticsTable } from "./table.js";

interface StatsOptions {
  readonly days: number;
  readonly repository?: string;
  readonly html?: string;
}

/** Where the figures come from and go to. */
export interface StatsDesk {
  /** Milliseconds since 1970. */
  now(): number;
  /** Of findings first said at `since` (milliseconds since 1970) or later. */
  outcomes(since: number): Promise<readonly Outcome[]>;
  out(text: string): void;
  write(file: string, text: string): void;
}

const DAY = 86_400_000;

/** @param start what is done with the work of the command */
export function addStats(program: Command, start: (options: StatsOptions) => void): void {
  program
    .command("stats")
    .description(
      "per rule and repository: how many findings were fixed, dismissed or merged over, and how soon",
    )
    .option("--days <number>", "findings first said in the last days", wholeNumber, 90)
    .option("--repository <owner/name>", "of one repository only")
    .option("--html <file>", "write a page with charts instead of printing a table")
    .action(start);
}

function wholeNumber(text: string): number {
  if (!/^[1-9]\d{0,5}$/.test(text)) throw new InvalidArgumentError("It must be a whole number.");
  return Number(text);
}

export async function tellStats(options: StatsOptions, desk: StatsDesk): Promise<void> {
  const { days, repository, html } = options;
  const outcomes = await desk.outcomes(desk.now() - days * DAY);
  const own = outcomes.filter((each) => repository === undefined || each.repository === repository);
  const statistics = statisticsOf(own);
  if (html === undefined) desk.out(statisticsTable(statistics));
  else desk.write(html, pageOf(statistics, days, desk.now()));
}

function pageOf(statistics: Statistics, days: number, now: number): string {
  const period = days === 1 ? "The last day" : `The last ${days} days`;
  return statisticsPage(statistics, period, new Date(now).toISOString().slice(0, 10));
}
