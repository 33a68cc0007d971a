// Findings against the comments that ignore them: which count, which do not, and what is wrong with the comments.
import type { IgnorePolicy } from "../../config/configuration.js";
import type { Finding } from "../../rules/finding.js";
import type { Rule } from "../../rules/rule.js";
import { type DiffIndex, spanLines } from "../diff-index.js";
import type { Ignore } from "./ignore.js";

/** A finding and the comment that asks to ignore it. */
interface Matched {
  readonly finding: Finding;
  readonly ignore: Ignore;
}

/** A comment of ours that does not do what its author wants; `what` is a phrase in Markdown. */
export interface IgnoreFault {
  readonly path: string;
  /** 1-based, of the comment. */
  readonly line: number;
  readonly what: string;
}

export interface Sifted {
  /** What is still reported, in the given order. */
  readonly kept: readonly Finding[];
  readonly ignored: readonly Matched[];
  /** Kept although a comment asks to ignore it: the change itself adds the comment. */
  readonly overruled: readonly Matched[];
  readonly faults: readonly IgnoreFault[];
}

export interface Sieve {
  /** What would be reported. */
  readonly findings: readonly Finding[];
  /** Everything that is wrong in the head, old findings and unreported ones included: what a comment can be about. */
  readonly present: readonly Finding[];
  /** The changed files of the head that were reviewed wholly: there a comment about nothing is a fault. */
  readonly reviewed: readonly string[];
  /** Every rule there is. */
  readonly rules: readonly Rule[];
  /** Of these rules the ones that report. */
  readonly reporting: readonly Rule[];
  readonly policy: IgnorePolicy;
  readonly diff: DiffIndex;
  /** The ignoring comments of a file of the head. */
  ignoresOf(path: string): readonly Ignore[];
}

export function sift(sieve: Sieve): Sifted {
  const kept: Finding[] = [];
  const ignored: Matched[] = [];
  const overruled: Matched[] = [];
  for (const finding of sieve.findings) {
    const matching = ignoresFor(finding, sieve);
    const counting = matching.find((ignore) => sieve.policy.added || !isAdded(ignore, sieve.diff));
    if (counting) ignored.push({ finding, ignore: counting });
    else {
      kept.push(finding);
      if (matching[0]) overruled.push({ finding, ignore: matching[0] });
    }
  }
  return { kept, ignored, overruled, faults: faultsOf(sieve) };
}

/** The comments about the lines of the defect that name its rule, or a relative of it. */
function ignoresFor(finding: Finding, { rules, policy, ignoresOf }: Sieve): readonly Ignore[] {
  const lines = linesOf(finding);
  if (!lines) return [];
  const rule = rules.find(({ id }) => id === finding.ruleId);
  return ignoresOf(lines.path).filter((ignore) => {
    if (ignore.about < lines.start || ignore.about > lines.end) return false;
    if (ignore.tool === "hognose") return names(ignore, finding.ruleId) && ignore.reason !== "";
    const relatives = rule?.docs.relatives?.[ignore.tool] ?? [];
    if (!policy.tools.includes(ignore.tool) || relatives.length === 0) return false;
    return ignore.ids === "all" || relatives.some((id) => names(ignore, id));
  });
}

function names({ ids }: Ignore, id: string): boolean {
  return ids !== "all" && ids.includes(id);
}

/** The head lines of the defect, or of the last step before it that the head still has. 1-based, inclusive. */
function linesOf(finding: Finding): { path: string; start: number; end: number } | undefined {
  const step = finding.evidence.findLast(({ side }) => side === "head");
  return step && { path: step.span.path, ...spanLines(step) };
}

/** Whether the change writes the comment; one on a line that is only moved or indented was there before. */
function isAdded({ path, line }: Ignore, diff: DiffIndex): boolean {
  return isWritten(path, line, diff, (text) => text.trim());
}

/** Whether the change writes the code that the comment is about, and not only the comment. */
function isAboutNewCode({ path, about }: Ignore, diff: DiffIndex): boolean {
  return isWritten(path, about, diff, (text) => text.replace(/#.*/, "").trim());
}

/** Whether the head line is an added one, and no deleted line of the file is the same to `essence`. */
function isWritten(path: string, line: number, diff: DiffIndex, essence: (text: string) => string): boolean {
  const at = diff.fileAt(path, "head");
  if (!at?.lines.head.changed.has(line)) return false;
  const lines = at.file.hunks.flatMap((hunk) => hunk.lines);
  const added = lines.find((each) => each.kind === "added" && each.head === line);
  const own = essence(added?.text ?? "");
  return !lines.some((each) => each.kind === "deleted" && essence(each.text) === own);
}

/** Only of our own comments: other tools check theirs. */
function faultsOf(sieve: Sieve): readonly IgnoreFault[] {
  const { present, reviewed, rules, reporting, diff, ignoresOf } = sieve;
  const faults: IgnoreFault[] = [];
  for (const path of reviewed) {
    for (const ignore of ignoresOf(path)) {
      if (ignore.tool !== "hognose" || ignore.ids === "all") continue;
      const tell = (what: string) => faults.push({ path, line: ignore.line, what });
      const isNew = diff.fileAt(path, "head")?.lines.head.changed.has(ignore.line) === true;
      if (isNew && ignore.ids.length === 0) tell("names no rule: write `# hognose: ignore[rule-id] reason`");
      if (isNew && ignore.reason === "") tell("gives no reason, and does not count");
      for (const id of ignore.ids) {
        if (!rules.some((rule) => rule.id === id)) {
          if (isNew) tell(`names \`${id}\`, which is no rule`);
        } else if (
          isAboutNewCode(ignore, diff) &&
          reporting.some((rule) => rule.id === id) &&
          !present.some((finding) => finding.ruleId === id && isAbout(ignore, finding))
        )
          tell(`ignores nothing: \`${id}\` has nothing to report there`);
      }
    }
  }
  return faults;
}

function isAbout({ path, about }: Ignore, finding: Finding): boolean {
  const lines = linesOf(finding);
  return lines?.path === path && about >= lines.start && about <= lines.end;
}
