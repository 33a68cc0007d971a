// Verdicts as Markdown: a table by family, and what people read to judge and to mend.
import { FAMILIES } from "../../src/rules/finding.js";
import { share, table } from "../table.js";
import type { Bench, Direction } from "./facts.js";
import { type Comment, type Result, resultKey } from "./results.js";
import { counts, type FixVerdict, type Score } from "./score.js";

export interface Shown {
  readonly score: Score;
  /** Families to show, 1 to 7. */
  readonly families: readonly number[];
  /** The directions that were run: what follows from another one is shown as "-". */
  readonly ran: ReadonlySet<Direction>;
}

const HEADING = [
  "family",
  "cases",
  "detected",
  "pair-correct",
  "without semantic-only",
  "detected",
  "pair-correct",
  "forward loud",
  "ordinary",
  "per 1,000 lines",
];

/** A row for each family, one for all, and one for defects on lines that the change leaves as they are. */
export function familyTable({ score, families, ran }: Shown): string {
  const comments = [...score.ordinary.values()].flat();
  const row = (name: string, fixes: readonly FixVerdict[], said: readonly Comment[]) => {
    const visible = fixes.filter(({ fix }) => fix.needs !== "semantic-only");
    const per1000 = score.ordinaryLines === 0 ? "-" : ((1000 * said.length) / score.ordinaryLines).toFixed(2);
    return [
      name,
      ...group(fixes, ran),
      ...group(visible, ran),
      ran.has("forward") ? `${fixes.filter(({ forwardLoud }) => forwardLoud).length}` : "-",
      ran.has("ordinary") ? `${said.length}` : "-",
      ran.has("ordinary") ? per1000 : "-",
    ];
  };
  const rows = families.map((family) =>
    row(
      `${family} ${FAMILIES[family - 1]}`,
      score.fixes.filter(({ fix }) => fix.family === family),
      comments.filter((comment) => comment.family === family),
    ),
  );
  const shown = comments.filter(({ family }) => families.includes(family));
  const unchanged = score.fixes.filter(({ fix }) => fix.vulnerable.every(({ anchor }) => anchor !== "added"));
  return table([
    HEADING,
    ...rows,
    row("all", score.fixes, shown),
    row("defect on unchanged lines", unchanged, []).with(-2, "-").with(-1, "-"),
  ]);
}

function group(fixes: readonly FixVerdict[], ran: ReadonlySet<Direction>): readonly string[] {
  const pairs = fixes.filter(({ pairCorrect }) => pairCorrect !== undefined);
  const correct = pairs.filter(({ pairCorrect }) => pairCorrect).length;
  return [
    `${fixes.length}`,
    ran.has("reverse") ? share(fixes.filter(({ detected }) => detected).length, fixes.length) : "-",
    ran.has("reverse") && ran.has("forward") ? share(correct, pairs.length) : "-",
  ];
}

/** What was not detected, and what was still said to be there after the fix. */
export function missList({ score, ran }: Shown): string {
  const line = ({ fix }: FixVerdict, note = "") =>
    `- ${fix.id} (family ${fix.family}, ${fix.cwe ?? "no CWE"}, ${fix.needs})${note}: ${fix.vulnerable[0]?.what ?? ""}`;
  const missed = ran.has("reverse") ? score.fixes.filter(({ detected }) => !detected) : [];
  const loud = score.fixes.filter(({ forwardLoud }) => forwardLoud);
  const note = ({ otherFamily }: FixVerdict) => (otherFamily ? ", said in another family" : "");
  return [
    `### Not detected: ${missed.length}`,
    ...missed.map((verdict) => line(verdict, note(verdict))),
    `### Said to be there after the fix: ${loud.length}`,
    ...loud.map((verdict) => line(verdict)),
  ].join("\n");
}

/** Each comment that counts, with its place and text, by pull request. */
export function commentList(
  { pulls }: Bench,
  results: ReadonlyMap<string, Result>,
  families: readonly number[],
  all: boolean,
): string {
  const lines = pulls.flatMap((pull) => {
    const comments = results.get(resultKey(pull))?.comments ?? [];
    const shown = comments.filter((each) => counts(each, all) && families.includes(each.family));
    return shown.map(
      ({ file, line, rule, confidence, side, placement, message }) =>
        `- ${pull.direction} ${pull.id} ${file}:${line} ${side} ${placement} [${rule}, ${confidence}] ${message}`,
    );
  });
  return [`### Comments: ${lines.length}`, ...lines].join("\n");
}

/** How long reviews took, in milliseconds, and which failed. */
export function runSummary(results: readonly Result[], engine: string): string {
  const times = results.map(({ ms }) => ms).sort((a, b) => a - b);
  const at = (part: number) => times[Math.min(times.length - 1, Math.floor(times.length * part))] ?? 0;
  const failed = results.filter((each) => each.failed !== undefined);
  return [
    `Engine ${engine}: ${results.length} reviews, median ${at(0.5)} ms, p95 ${at(0.95)} ms, ${failed.length} failed.`,
    ...failed.map(
      ({ id, direction, failed: reason }) => `- failed: ${direction} ${id}: ${reason?.split("\n")[0]}`,
    ),
  ].join("\n");
}
