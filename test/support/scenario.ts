// Rule tests written as Markdown: one "## …" section per scenario, one ```diff block per file, and on the lines
// themselves what the review must say there:
//   # finding: [rule-id]   on a line of the head      # removed: [rule-id]   on a deleted line
//   # summary: [rule-id]   the same of the head, but not sure enough for a comment: only the summary says it
// ' ' lines are in both versions, '-' only in the base, '+' only in the head. Anything unexpected fails.

export interface Scenario {
  readonly title: string;
  readonly base: Readonly<Record<string, string>>;
  readonly head: Readonly<Record<string, string>>;
  readonly expected: readonly Expectation[];
}

export interface Expectation {
  readonly path: string;
  /** 1-based, on `side`. */
  readonly line: number;
  readonly side: "LEFT" | "RIGHT";
  readonly rule: string;
  /** It must be said in the summary alone; otherwise it may be said anywhere. */
  readonly summaryOnly: boolean;
}

const FENCE = /^(`{3,})diff (\S+)\n([\s\S]*?)^\1$/gm;
const MARK = /#\s*(finding|removed|summary): \[([a-z0-9-]+)\]/g;

/** @throws Error when a section has no diff, or a diff line does not start with ' ', '-' or '+'. */
export function parseScenarios(markdown: string): readonly Scenario[] {
  const sections = markdown.split(/^## /m).slice(1);
  return sections.map((section) => {
    const title = section.slice(0, section.indexOf("\n")).trim();
    const base: Record<string, string> = {};
    const head: Record<string, string> = {};
    const expected: Expectation[] = [];
    for (const [, , path, diff] of section.matchAll(FENCE)) {
      const sides = sidesOf(title, path!, diff!);
      if (sides.base.length > 0) base[path!] = `${sides.base.join("\n")}\n`;
      if (sides.head.length > 0) head[path!] = `${sides.head.join("\n")}\n`;
      expected.push(...sides.expected);
    }
    if (Object.keys({ ...base, ...head }).length === 0) throw new Error(`scenario "${title}" has no diff`);
    return { title, base, head, expected };
  });
}

function sidesOf(
  title: string,
  path: string,
  diff: string,
): { base: string[]; head: string[]; expected: Expectation[] } {
  const base: string[] = [];
  const head: string[] = [];
  const expected: Expectation[] = [];
  for (const line of diff.split("\n").slice(0, -1)) {
    const sign = line[0] ?? " ";
    const text = line.slice(1);
    if (!" +-".includes(sign)) throw new Error(`scenario "${title}", ${path}: "${line}" has no sign`);
    if (sign !== "+") base.push(text);
    if (sign !== "-") head.push(text);
    for (const [, said, rule] of text.matchAll(MARK)) {
      const left = said === "removed";
      expected.push({
        path,
        line: left ? base.length : head.length,
        side: left ? "LEFT" : "RIGHT",
        rule: rule!,
        summaryOnly: said === "summary",
      });
    }
  }
  return { base, head, expected };
}
