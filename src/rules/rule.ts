// A rule: what it is called, what its documentation page says, and the check that finds it in a program.
import type { Loss } from "../analysis/protection/loss.js";
import type { Family, Finding } from "./finding.js";
import type { Relatives } from "./relatives.js";

export type RuleContext = import("./context.js").RuleContext;

/** The text of the rule's page in docs/rules; every field is Markdown but the two examples, which are Python. */
export interface RuleDocs {
  readonly what: string;
  readonly why: string;
  /** Of a rule that compares: the base version of both examples. */
  readonly before?: string;
  /** A complete Python example on which exactly this rule reports. */
  readonly bad: string;
  /** The example, mended: nothing is reported. */
  readonly good: string;
  /** How it decides. */
  readonly decides: string;
  /** What it does not flag. */
  readonly silent: string;
  /** The rules of other tools that report the same: their comments that ignore a line are honoured for this rule. */
  readonly relatives?: Relatives;
}

export interface Rule {
  /** Says what is wrong, in kebab case. */
  readonly id: string;
  readonly family: Family;
  /** For instance "CWE-89". */
  readonly cwe: string;
  /** A few words, capitalised, without a full stop: the heading of a comment. */
  readonly title: string;
  readonly docs: RuleDocs;
  /** Every finding of this rule in the roots of `context`, in any order. */
  check(context: RuleContext): readonly Finding[];
  /** Every finding about what the head no longer has; steps of the evidence name their side. */
  compare?(losses: readonly Loss[]): readonly Finding[];
}
