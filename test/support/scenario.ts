// Rule tests written as Markdown: one "## …" section per scenario, one ```diff block per file, and on the lines
// themselves what the review must say there:
//   # finding: [rule-id]   on a line of the head      # removed: [rule-id]   on a deleted line
//   # summary: [rule-id]   the same of the head, but not sure enough for a comment: only the summary says it
// ' ' lines are in both versions, '-' only in the base, '+' only in the head. Anything unexpected fails.
//
// A file may begin with an app: files in ```python fences, before the first section. Then the diffs are hunks of it, parted
// by lines "@@", each standing where the lines that it takes from the app are.

export interface Scenario {
  readonly title: string;
  readonly base: Readonly<Record<string, string>>;
  readonly head: Readonly<Record<string, string>>;
  readonly expected: readonly Expectation[];
  /** It changes an app: what is found must be said just as expected, in a comment or in the summary. */
  readonly isOfApp: boolean;
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

const FENCE_START = /^`{3,}diff \S+$/m;
const FENCE = /^(`{3,})diff (\S+)\n([\s\S]*?)^\1$/gm;
const APP_FILE = /^```python (\S+)\n([\s\S]*?)^```$/gm;
const MARK = /#\s*(finding|removed|summary): \[([a-z0-9-]+)\]/g;

/** @throws Error when a section has no diff, a diff line does not start with ' ', '-' or '+', or a hunk is not of the app. */
export function parseScenarios(markdown: string): readonly Scenario[] {
  const [preamble = "", ...sections] = markdown.split(/^## /m);
  const app = Object.fromEntries([...preamble.matchAll(APP_FILE)].map(([, path, text]) => [path!, text!]));
  return sections.map((section) => {
    const title = section.slice(0, section.indexOf("\n")).trim();
    const base: Record<string, string> = { ...app };
    const head: Record<string, string> = { ...app };
    const expected: Expectation[] = [];
    for (const [, , path, diff] of section.matchAll(FENCE)) {
      const sides = sidesOf(title, path!, wholeDiff(title, app[path!], diff!));
      if (sides.base.length > 0) base[path!] = `${sides.base.join("\n")}\n`;
      if (sides.head.length > 0) head[path!] = `${sides.head.join("\n")}\n`;
      expected.push(...sides.expected);
    }
    if (!FENCE_START.test(section)) throw new Error(`scenario "${title}" has no diff`);
    return { title, base, head, expected, isOfApp: preamble.includes("```python ") };
  });
}

/** `hunks` with the rest of the app's file around them. */
function wholeDiff(title: string, file: string | undefined, hunks: string): string {
  if (file === undefined) return hunks;
  const rest = file.split("\n").slice(0, -1);
  const whole: string[] = [];
  for (const hunk of hunks.split(/^@@.*\n/m)) {
    const lines = hunk.split("\n").slice(0, -1);
    const taken = lines.filter((line) => !line.startsWith("+")).map((line) => unmarked(line.slice(1)));
    const at = rest.findIndex((_, index) => taken.every((text, offset) => rest[index + offset] === text));
    if (taken.length === 0 || at < 0) throw new Error(`scenario "${title}": no such lines:\n${hunk}`);
    const before = rest.splice(0, at + taken.length).slice(0, at);
    whole.push(...before.map((text) => ` ${text}`), ...lines);
  }
  return `${[...whole, ...rest.map((text) => ` ${text}`)].join("\n")}\n`;
}

const unmarked = (text: string): string => text.replace(/\s*# (finding|removed|summary): .*$/, "");

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
