// What the maintainers of a repository ask of its reviews, as data.
import type { SymbolModel } from "../models/model.js";
import type { Confidence, Family, Severity } from "../rules/finding.js";
import { TOOLS, type Tool } from "../rules/relatives.js";
import { type Baseline, NO_BASELINE } from "./baseline.js";

/** What a finding does to the merge: fails the check, is a comment, or stands in the summary only. */
export type GateAction = "block" | "comment" | "monitor";

/** What findings do by how bad and how sure they are; the weaker of the two counts. What is absent stays as it is. */
export interface Gate {
  /** Whether a review fails the check that could not look at all of the change. */
  readonly failsIncomplete?: boolean;
  readonly severity: Readonly<Partial<Record<Severity, GateAction>>>;
  readonly confidence: Readonly<Partial<Record<Confidence, GateAction>>>;
}

/** Who may give commands: everybody of at least this role. */
export type CommandRole = "write" | "maintain" | "admin";

export interface CommandRules {
  readonly role: CommandRole;
  /** Whether the author of a pull request may dismiss its findings. */
  readonly authorDismisses: boolean;
}

/** How the findings of one rule, or one family, are treated. What is absent stays as it is. */
export interface Treatment {
  readonly enabled?: boolean;
  readonly severity?: Severity;
  /** What is less sure than this is not reported. */
  readonly confidence?: Confidence;
  /** In place of what their severity says. */
  readonly gate?: GateAction;
}

/** Which comments in the code make findings ignored. */
export interface IgnorePolicy {
  /** Whether one counts that the reviewed change itself adds. */
  readonly added: boolean;
  /** Of which other tools comments count, for the rules that correspond to theirs. */
  readonly tools: readonly Tool[];
}

export interface Configuration {
  /** What the organisation says in its `.github` repository counts, too; what is said here is stronger. */
  readonly extendsShared?: true;
  /** Globs of the files to review, from the top of the repository; all when empty. */
  readonly include: readonly string[];
  /** Globs of files that are not reviewed. They are still read to understand others. */
  readonly exclude: readonly string[];
  /** The lowest severity that fails the check. */
  readonly failOn?: Severity | "none";
  readonly gate: Gate;
  /** Nothing fails the check; undefined: as the app is set up. */
  readonly advisory?: boolean;
  readonly commands: CommandRules;
  /** Of all findings; what is less sure is not reported. */
  readonly confidence?: Confidence;
  readonly families: Readonly<Partial<Record<Family, Treatment>>>;
  /** By rule id; stronger than the family's. */
  readonly rules: Readonly<Record<string, Treatment>>;
  /** How many findings become comments, at most. */
  readonly maxComments?: number;
  readonly ignores: IgnorePolicy;
  /** Names of variables, attributes and keys whose values are secret. */
  readonly sensitiveNames: readonly string[];
  /** The file of the findings that are known and left alone, from the top of the repository. */
  readonly baseline?: string;
  /** What the repository's own code, and libraries that no model knows, do; by dotted name. Stronger than built-in models. */
  readonly models: Readonly<Record<string, SymbolModel>>;
}

export const NOTHING_CONFIGURED: Configuration = {
  include: [],
  exclude: [],
  gate: { severity: {}, confidence: {} },
  commands: { role: "write", authorDismisses: true },
  families: {},
  rules: {},
  ignores: { added: false, tools: TOOLS },
  sensitiveNames: [],
  models: {},
};

/** Something in the file that is not followed, and where. */
export interface ConfigurationProblem {
  readonly path: string;
  /** 1-based. */
  readonly line: number;
  /** A phrase, plain text. */
  readonly what: string;
}

/** What a revision asks for. What has a problem is left out of the configuration; the rest counts. */
export interface Configured {
  /** The file that was read; undefined when there is none. */
  readonly path: string | undefined;
  readonly configuration: Configuration;
  /** What is in the baseline that the configuration names. */
  readonly baseline: Baseline;
  /** It extends the organisation's file, which was not given: what is here is not all. */
  readonly isPartial: boolean;
  readonly problems: readonly ConfigurationProblem[];
}

export const UNCONFIGURED: Configured = {
  path: undefined,
  configuration: NOTHING_CONFIGURED,
  baseline: NO_BASELINE,
  isPartial: false,
  problems: [],
};
