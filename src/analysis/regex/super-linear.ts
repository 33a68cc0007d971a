// Does matching a pattern take more than linear time on some text, and which? Answered by scslre, which finds attack
// texts that repeat one character: what it reports is right, what needs a longer period is not found.
import { TooManyNodesError } from "refa";
import { analyse, type Report } from "scslre";
import { type Flags, translate } from "./translate.js";

export interface SuperLinear {
  /** "exponential": each character doubles the time. "polynomial": twice the text takes at least four times as long. */
  readonly growth: "exponential" | "polynomial";
  /** In how many ways repetitions share characters: of two texts of one pattern's growth, the more the slower. */
  readonly ways: number;
  /** The character that an attack text repeats. */
  readonly repeats: string;
  /** The part of the pattern, as written in JavaScript, that repeats ambiguously. */
  readonly part: string;
}

/** Where matching may begin and must end. */
export type Anchors = "none" | "start" | "both";

/** Beyond this, in characters, the search for an attack takes longer than it is worth. */
const LONGEST_PATTERN = 600;

/** The worst that a text can do to the pattern; undefined when nothing is found, or the pattern cannot be read. */
export function superLinear(pattern: string, flags: Flags, anchors: Anchors): SuperLinear | undefined {
  if (pattern.length > LONGEST_PATTERN || !/[*+{]/.test(pattern)) return undefined;
  const translated = translate(pattern, flags);
  if (!translated) return undefined;
  const source = anchors === "both" ? `^(?:${translated.source})$` : translated.source;
  // Sticky: the match begins where the text does.
  const reports = reportsOf(source, translated.flags + (anchors === "none" ? "" : "y"));
  const worst = reports.find(({ exponential }) => exponential) ?? reports[0];
  if (!worst) return undefined;
  return {
    growth: worst.exponential ? "exponential" : "polynomial",
    ways: reports.length,
    repeats: worst.character.pick,
    part: partOf(worst),
  };
}

function reportsOf(source: string, flags: string): readonly Report[] {
  try {
    // A report of type Move only says that a search starts anew at each place: so do most patterns in use.
    return analyse({ source, flags }, { reportTypes: { Move: false } }).reports;
  } catch (error) {
    // Both are answers: it is no pattern, or too large to be searched.
    if (error instanceof SyntaxError || error instanceof TooManyNodesError) return [];
    throw error;
  }
}

function partOf(report: Report): string {
  switch (report.type) {
    case "Self":
      return report.parentQuant.raw;
    case "Trade":
      return `${report.startQuant.raw} … ${report.endQuant.raw}`;
    case "Move":
      return report.quant.raw;
  }
}
