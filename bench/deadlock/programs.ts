// Small programs in Markdown: one section each, with the program that stands still (or leaks) and a twin that does not.
//
//   ## Two locks in opposite orders
//   ```python blocks     runs for ever             `# finding: [rule-id]` stands on the lines to be found
//   ```python leaks      ends with something held: python says ResourceWarning
//   ```python ends       the twin: ends, and nothing is said about it

export type Outcome = "blocks" | "leaks" | "ends";

export interface Program {
  readonly title: string;
  readonly outcome: Outcome;
  readonly source: string;
  /** What a review must say, in this order; lines are 1-based. */
  readonly expected: readonly { readonly line: number; readonly rule: string }[];
}

const FENCE = /^```python (blocks|leaks|ends)\n([\s\S]*?)^```$/gm;
const MARK = /#\s*finding: \[([a-z-]+)\]/;

/** @throws Error when a section lacks a program that stands still or leaks, or its twin. */
export function programsIn(markdown: string): readonly Program[] {
  return markdown
    .split(/^## /m)
    .slice(1)
    .flatMap((section) => {
      const title = section.slice(0, section.indexOf("\n")).trim();
      const programs = [...section.matchAll(FENCE)].map(([, outcome, source]) => ({
        title,
        outcome: outcome as Outcome,
        source: source!,
        expected: expectedIn(source!),
      }));
      const bad = programs.filter(({ outcome }) => outcome !== "ends");
      if (bad.length === 0 || bad.length === programs.length)
        throw new Error(`"${title}" lacks a program or its twin`);
      return programs;
    });
}

function expectedIn(source: string): Program["expected"] {
  return source.split("\n").flatMap((line, index) => {
    const rule = MARK.exec(line)?.[1];
    return rule === undefined ? [] : [{ line: index + 1, rule }];
  });
}
