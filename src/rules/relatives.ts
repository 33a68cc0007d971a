// The rules of other tools that report the same as one of ours.

/** Tools whose comments can ignore a finding on a line. */
export const TOOLS = ["bandit", "ruff", "codeql", "semgrep"] as const;
export type Tool = (typeof TOOLS)[number];

/**
 * Rule ids as each tool writes them: "B608", "S608" (also of the flake8 plugins that Ruff reimplements),
 * "py/sql-injection", and of Semgrep's dotted ids the last part, "tainted-sql-string".
 */
export interface Relatives extends Readonly<Partial<Record<Tool, readonly string[]>>> {
  /** For readers only: other tools, named with their rule ("Sonar S2092"). */
  readonly others?: readonly string[];
}
