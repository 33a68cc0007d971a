// The proof of a finding as a small Mermaid picture: a cycle of locks, or the way of the data when it is long.
import type { LockWait } from "../../rules/finding.js";
import type { ReportedFinding, ReportedStep } from "../review.js";
import { plainLine } from "./safe.js";

/** A shorter way is clearer as a list. */
const FEWEST_STEPS = 4;
/** A longer one is no picture any more, least of all on a phone. */
const MOST_STEPS = 12;
/** UTF-16 code units of one line in a box. */
const LONGEST_LINE = 48;

/** The text of a Mermaid diagram, without its fence; undefined when there is nothing that a list does not say. */
export function picture({ evidence, cycle }: ReportedFinding): string | undefined {
  if (cycle !== undefined) return cyclePicture(cycle);
  return evidence.length >= FEWEST_STEPS && evidence.length <= MOST_STEPS ? wayPicture(evidence) : undefined;
}

/** An arrow from each lock that is held to the one that is waited for. */
function cyclePicture(cycle: readonly LockWait[]): string {
  const locks = [...new Set(cycle.flatMap(({ holds, waitsFor }) => [holds, waitsFor]))];
  const name = (lock: string) => `lock${locks.indexOf(lock) + 1}`;
  return [
    "flowchart LR",
    ...locks.map((lock) => `  ${name(lock)}[${quoted([lock])}]`),
    ...cycle.map(({ holds, waitsFor, where }) => {
      const who = where === "" ? "then waits for" : `${where} then waits for`;
      return `  ${name(holds)} -->|${quoted([who])}| ${name(waitsFor)}`;
    }),
  ].join("\n");
}

function wayPicture(evidence: readonly ReportedStep[]): string {
  const boxes = evidence.map((step, index) => {
    const file = step.path.slice(step.path.lastIndexOf("/") + 1);
    const before = step.side === "LEFT" ? " before this change" : "";
    return `  step${index + 1}[${quoted([`${file}:${step.line}${before}`, plainLine(step.note)])}]`;
  });
  const ways = evidence.map((_, index) => `step${index + 1}`).join(" --> ");
  return ["flowchart TD", ...boxes, `  ${ways}`].join("\n");
}

/** Lines of any text as one label: every character that could mean something to Mermaid or HTML is an entity. */
function quoted(lines: readonly string[]): string {
  return `"${lines.map((line) => escaped(short(line))).join("<br/>")}"`;
}

function short(line: string): string {
  const characters = [...line];
  return characters.length <= LONGEST_LINE ? line : `${characters.slice(0, LONGEST_LINE - 1).join("")}…`;
}

function escaped(line: string): string {
  return line.replace(/[^\p{L}\p{N} .,:/_…]/gu, (character) => `#${character.codePointAt(0)};`);
}
