// Figures as a table for a terminal.
import type { Figures, Statistics } from "./statistics.js";
import { duration, percent } from "./words.js";

const HEAD = ["findings", "fixed", "dismissed", "merged over", "fix rate", "dismissal rate", "time to fix"];

/** Plain text, ending with a newline. Times are medians. */
export function statisticsTable({ all, rules, repositories }: Statistics): string {
  if (all.said === 0) return "No findings were said in this time.\n";
  const blocks = [table("rule", [...rules, all]), table("repository", [...repositories, all])];
  return `${blocks.join("\n\n")}\n`;
}

function table(what: string, figures: readonly Figures[]): string {
  const rows = [[what, ...HEAD], ...figures.map(cells)];
  const widths = rows[0]!.map((_, column) => Math.max(...rows.map((row) => row[column]!.length)));
  const padded = ([name, ...numbers]: readonly string[]) =>
    [name!.padEnd(widths[0]!), ...numbers.map((text, index) => text.padStart(widths[index + 1]!))].join("  ");
  return rows.map((row) => padded(row).trimEnd()).join("\n");
}

function cells(figures: Figures): readonly string[] {
  const { name, said, fixed, dismissed, merged, fixRate, dismissalRate, medianTimeToFix } = figures;
  const rates = [percent(fixRate), percent(dismissalRate), duration(medianTimeToFix)];
  return [name, ...[said, fixed, dismissed, merged].map(String), ...rates];
}
