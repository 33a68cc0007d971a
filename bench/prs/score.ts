// Verdicts. A reversed fix is detected by a comment of its family that overlaps a vulnerable range by two lines more or
// less, or lies in the function around it. The pair is correct when the same change, applied forwards, gets no such
// comment there. Comments on ordinary commits are counted per 1,000 added lines. Comments on tests never count.
import type { Bench, Fix, Place } from "./facts.js";
import { type Comment, type Result, resultKey } from "./results.js";

export interface FixVerdict {
  readonly fix: Fix;
  readonly detected: boolean;
  /** The lines themselves were met, not only their function. */
  readonly lineHit: boolean;
  /** Right lines, another family, and not detected. */
  readonly otherFamily: boolean;
  /** Forwards, the defect is still said to be there. */
  readonly forwardLoud: boolean;
  /** Undefined when the fix is no fair pair. */
  readonly pairCorrect: boolean | undefined;
}

export interface Score {
  readonly fixes: readonly FixVerdict[];
  /** By id of the commit, those without any too. */
  readonly ordinary: ReadonlyMap<string, readonly Comment[]>;
  /** In all ordinary commits. */
  readonly ordinaryLines: number;
}

const TEST_PATH =
  /(^|\/)(tests?|testing|unit_tests?|functional_tests?|specs?)(\/|$)|(^|\/)test_|_test\.py$|(^|\/)tests\.py$|(^|\/)testsuite\/|(^|\/)testcases?\.py$|^Tests\/|conftest|(^|\/)docs?\/|migrations\/|\/locale/;

/** What would be a comment counts; with `all`, what is said in the summary too. */
export function counts({ file, placement }: Comment, all: boolean): boolean {
  return (all || placement !== "summary") && !TEST_PATH.test(file);
}

/** @param results by `resultKey`; one that is missing counts as a review that said nothing */
export function score(
  { fixes, ordinary }: Pick<Bench, "fixes" | "ordinary">,
  results: ReadonlyMap<string, Result>,
  all: boolean,
): Score {
  const commentsOn = (id: string, direction: Result["direction"]) =>
    (results.get(resultKey({ id, direction }))?.comments ?? []).filter((comment) => counts(comment, all));
  return {
    fixes: fixes.map((fix) => verdictOn(fix, commentsOn(fix.id, "reverse"), commentsOn(fix.id, "forward"))),
    ordinary: new Map(ordinary.map(({ id }) => [id, commentsOn(id, "ordinary")])),
    ordinaryLines: ordinary.reduce((sum, commit) => sum + commit.added_lines, 0),
  };
}

function verdictOn(fix: Fix, reversed: readonly Comment[], forward: readonly Comment[]): FixVerdict {
  const met = reversed.flatMap((comment) => fix.vulnerable.map((place) => meets(comment, place, fix)));
  const detected = met.some((meeting) => meeting === "lines" || meeting === "function");
  const forwardLoud = forward.some((comment) =>
    fix.vulnerable.some((place) => isStillSaid(comment, place, fix)),
  );
  return {
    fix,
    detected,
    lineHit: met.includes("lines"),
    otherFamily: !detected && met.includes("other family"),
    forwardLoud,
    pairCorrect: fix.weak_pair ? undefined : detected && !forwardLoud,
  };
}

type Meeting = "lines" | "function" | "other family" | undefined;

function meets(comment: Comment, place: Place, fix: Fix): Meeting {
  if (comment.file !== place.file) return undefined;
  const onLines = overlaps(comment, place.lines, 2);
  if (!isOfFamily(comment, fix)) return onLines ? "other family" : undefined;
  if (onLines) return "lines";
  return overlaps(comment, place.function_lines, 0) ? "function" : undefined;
}

function isStillSaid(comment: Comment, place: Place, fix: Fix): boolean {
  if (comment.file !== place.file || !isOfFamily(comment, fix)) return false;
  if (place.fixed_function_lines) return overlaps(comment, place.fixed_function_lines, 0);
  return overlaps(comment, place.fixed_lines, 2);
}

function isOfFamily({ family }: Comment, fix: Fix): boolean {
  return family === fix.family || (fix.also ?? []).includes(family);
}

function overlaps(
  { line, end_line }: Comment,
  range: readonly [number, number] | null | undefined,
  margin: number,
): boolean {
  return range ? line - margin <= range[1] && end_line + margin >= range[0] : false;
}
